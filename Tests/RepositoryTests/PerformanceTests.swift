import Subprocess
import Testing

/// The README's performance table is output of `make benchmark`; these keep it from going stale unseen.
@Suite("Performance table")
struct PerformanceTests {
    /// The first cells of the rows between the README's two markers.
    private static func measuresInReadme() throws -> [String] {
        let lines = try Repository.text("README.md").split(separator: "\n", omittingEmptySubsequences: false)
        let begin = try #require(lines.firstIndex { $0.hasPrefix("<!-- benchmark: ") })
        let end = try #require(lines.firstIndex(of: "<!-- end of benchmark -->"))
        try #require(begin < end)
        return lines[begin..<end].filter { $0.hasPrefix("| ") }.dropFirst()
            .map { String($0.dropFirst(2).prefix { $0 != "|" }.dropLast()) }
    }

    @Test("the README has the measures that the benchmark has, in its order")
    func measuresAgree() async throws {
        let outcome = try await ProgramTests.launch("assay-benchmark", ["--list-measures"])
        #expect(outcome.status == .exited(0), "\(outcome.errors)")
        let measures = outcome.output.split(separator: "\n").map(String.init)
        #expect(measures.count > 10)
        let inReadme = try Self.measuresInReadme()
        #expect(inReadme == measures, "run `make benchmark` and then `make benchmark-readme`")
    }

    @Test("the benchmark refuses what it does not know, with a sentence and status 64")
    func refusesUnknown() async throws {
        let outcome = try await ProgramTests.launch("assay-benchmark", ["sleeping"])
        #expect(outcome.status == .exited(64))
        #expect(outcome.errors.contains("there are: recorder, "))
        #expect(outcome.output.isEmpty)
    }
}
