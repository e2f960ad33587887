import Analysis
import Auditing
import Experiments
import Foundation
import Testing
import TraceModel

@testable import Reporting

/// `docs/results.md` against the files that it describes, and the links of reports against the documentation.
@Suite("docs/results.md, and links to the documentation")
struct ResultsDocumentTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    private func file(_ path: String, of summary: ExperimentSummary) throws -> String {
        let file = try #require(Report(of: summary).files.first { $0.path == path })
        return String(decoding: file.bytes, as: UTF8.self)
    }

    /// The rows of the section's table that begins with the title.
    private func rows(of section: String, under title: String) throws -> [[String]] {
        let text = try Self.text("docs/results.md")
        let section = try #require(text.components(separatedBy: "\n## \(section)\n").dropFirst().first)
        let lines = section.components(separatedBy: "\n## ")[0].components(separatedBy: "\n")
        let start = try #require(lines.firstIndex { $0.hasPrefix("| \(title) |") })
        return lines[(start + 2)...].prefix { $0.hasPrefix("|") }.map { line in
            line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        }
    }

    /// What stands in code spans.
    private func names(_ cell: String) -> [String] {
        cell.matches(of: /`([^`]+)`/).map { String($0.output.1) }
    }

    @Test("every column of the CSV files is in it, in the files' order", arguments: ["summary.csv", "histograms.csv"])
    func columns(path: String) throws {
        let header = try #require(try file(path, of: SummaryBuilder.puzzle).split(separator: "\n").first)
        let documented = try rows(of: path, under: "column").flatMap { names($0[0]) }
        // The puzzle's one factor stands first.
        #expect(documented == header.split(separator: ",").dropFirst().map(String.init))
    }

    @Test("every statistic and estimator of summary.csv is in it, and together")
    func statistics() throws {
        let documented = try rows(of: "summary.csv", under: "statistic").map { (names($0[0]), names($0[1])) }
        let estimators = try rows(of: "summary.csv", under: "estimator").flatMap { names($0[0]) }
        #expect(Set(documented.flatMap(\.1)) == Set(estimators))
        var used: Set<String> = []
        for summary in [SummaryBuilder.judged, SummaryBuilder.large] {
            let lines = try file("summary.csv", of: summary).split(separator: "\n", omittingEmptySubsequences: false)
            let header = lines[0].split(separator: ",")
            let place = try #require(header.firstIndex(of: "statistic"))
            for line in lines.dropFirst() where !line.isEmpty {
                let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
                let (statistic, estimator) = (fields[place], fields[place + 1])
                used.insert(estimator)
                let isThere = documented.contains { names, estimators in
                    estimators.contains(estimator) && names.contains { Self.matches($0, statistic) }
                }
                #expect(isThere, "\(statistic), \(estimator) is not in docs/results.md")
            }
        }
        #expect(used == Set(estimators))
    }

    /// Whether the name is that of the pattern, in which a last part in capitals stands for any.
    private static func matches(_ pattern: String, _ name: String) -> Bool {
        let parts = pattern.split(separator: ".")
        guard let last = parts.last, parts.count > 1, last.allSatisfy(\.isUppercase) else { return pattern == name }
        return name.hasPrefix(pattern.dropLast(last.count)) && name.count > pattern.count - last.count
    }

    @Test("every key of verdict.json is in it, in ascending order, and no other")
    func keys() throws {
        var summary = SummaryBuilder.judged
        summary.findings.append(
            Finding(
                audit: "environment", severity: .doubtful, subject: "by request", cell: summary.cells[0].cell.title,
                stage: .persist, sentence: "Somebody else ran.", figures: [.init("steal", 0.03, .ratio)],
                remedy: "Run alone."))
        let json = try JSONSerialization.jsonObject(with: Data(try file("verdict.json", of: summary).utf8))
        #expect(
            try rows(of: "verdict.json", under: "key").flatMap { names($0[0]) } == Set(Self.paths(in: json)).sorted())
    }

    @Test("every key of comparison.json is in it, in ascending order, and no other")
    func comparisonKeys() throws {
        let stored = StoredOutcome(of: GateSamples.unconfirmed)
        let json = try JSONSerialization.jsonObject(with: Data(stored.json.utf8))
        #expect(
            try rows(of: "comparison.json", under: "key").flatMap { names($0[0]) } == Set(Self.paths(in: json)).sorted()
        )
    }

    /// The paths of all values that are neither objects nor lists.
    private static func paths(in value: Any) -> [String] {
        switch value {
        case let object as [String: Any]:
            object.flatMap { key, value in
                paths(in: value).map { $0.isEmpty ? key : key + ($0.hasPrefix("[") ? "" : ".") + $0 }
            }
        case let list as [Any]:
            list.flatMap { paths(in: $0).map { $0.isEmpty ? "[]" : "[]." + $0 } }
        default: [""]
        }
    }

    @Test("the links of a report lead to a page and a heading of the documentation")
    func links() throws {
        var summary = SummaryBuilder.judged
        summary.declaration.stages += [.request, .response]
        for index in summary.cells.indices {
            summary.cells[index].stages += [Stage.request, .response].map {
                SummaryBuilder.stage($0, .request, SummaryBuilder.fixedByRequest)
            }
        }
        let report = try file("report.md", of: summary)
        let links = report.matches(of: /\]\(\.\.\/\.\.\/([^)#]+)(?:#([^)]+))?\)/)
        #expect(
            Set(links.map { String($0.output.1) }).isSuperset(of: [
                "docs/audits.md", "docs/statistics.md", "docs/results.md",
            ]))
        #expect(links.count > 10)
        for link in links {
            let headings = try Self.text(String(link.output.1)).split(separator: "\n").filter { $0.hasPrefix("#") }
            let anchors = headings.map { heading in
                heading.drop { $0 == "#" }.dropFirst().lowercased().filter {
                    $0.isLetter || $0.isNumber || $0 == " " || $0 == "-"
                }
                .replacing(" ", with: "-")
            }
            if let anchor = link.output.2 { #expect(anchors.contains(String(anchor)), "\(link.output.0)") }
        }
    }
}
