import Testing

/// The rules of style that a machine can check; each failure says the fix.
@Suite("Rules of the source")
struct SourceRuleTests {
    static let sources: [Repository.SourceFile] =
        (try? Repository.files(below: ["Sources", "Tests"], ending: ".swift")) ?? []  // empty: the first test fails

    @Test("the sources were found")
    func sourcesWereFound() {
        #expect(Self.sources.count > 50)
    }

    @Test("a file holds one idea: at most 300 lines", arguments: sources)
    func lengthIsBounded(file: Repository.SourceFile) {
        #expect(file.lines.count <= 301, "\(file.path) has \(file.lines.count) lines: move its second concern out")
    }

    @Test("no work is left as a marker", arguments: sources)
    func noMarkers(file: Repository.SourceFile) {
        guard !file.path.hasSuffix("SourceRuleTests.swift") else { return }
        let marker = /\b(TODO|FIXME|XXX|HACK)\b/
        for (index, line) in file.lines.enumerated() where line.contains(marker) {
            Issue.record("\(file.path):\(index + 1): do it, or open an issue, and remove the marker")
        }
    }

    @Test("what hides errors or unproven safety has its proof beside it", arguments: sources)
    func hazardsAreProven(file: Repository.SourceFile) {
        guard file.path.hasPrefix("Sources") else { return }
        let hazard = /try\?|catch\s*\{\s*\}|@unchecked Sendable|nonisolated\(unsafe\)|fatalError\(/
        let lines = file.lines
        for (index, line) in lines.enumerated() where line.contains(hazard) && !line.contains(/^\s*\/\//) {
            let before = lines[max(0, index - 3)..<index]
            let isProven = line.contains("//") || before.contains { $0.contains("//") }
            #expect(isProven, "\(file.path):\(index + 1): say in a comment why this is safe and loses nothing")
        }
    }

    @Test("the model is reproducible: no clock, task or randomness of its own", arguments: sources)
    func modelIsPure(file: Repository.SourceFile) {
        guard file.path.hasPrefix("Sources/Simulation/") else { return }
        let impure =
            /Task \{|Task\.sleep|Task\.detached|\bDate\b|ContinuousClock|SystemRandomNumberGenerator|\.random\(/
        for (index, line) in file.lines.enumerated() where line.contains(impure) && !line.contains(/^\s*\/\//) {
            Issue.record("\(file.path):\(index + 1): take the clock, runtime or stream as a parameter")
        }
    }

    @Test("no file names a folder of one machine")
    func noMachinePaths() throws {
        let files = try Repository.files(
            below: ["Sources", "Tests", "docs", "Experiments", "scripts"], ending: "")
        for file in files where !file.path.hasSuffix("SourceRuleTests.swift") {
            for place in ["/work/", "/home/", "/root/", "/opt/swift"] where file.text.contains(place) {
                Issue.record("\(file.path) names \(place): paths are relative, or parameters")
            }
        }
    }
}
