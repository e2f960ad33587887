import Subprocess
import Testing

/// The tables in `docs/selftest.md` are output of `assay selftest`; these keep them from going stale unseen.
@Suite("Self-test tables", .timeLimit(.minutes(10)))
struct SelftestTests {
    private static let remedy: Comment = "run `make selftest-docs`"

    /// The cells of the tables' rows between the document's two markers, without headers and rules.
    private static func documentedRows() throws -> [[String]] {
        let lines = try Repository.text("docs/selftest.md").split(separator: "\n", omittingEmptySubsequences: false)
        let begin = try #require(lines.firstIndex { $0.hasPrefix("<!-- selftest: ") })
        let end = try #require(lines.firstIndex(of: "<!-- end of selftest -->"))
        try #require(begin < end)
        return rows(lines[begin..<end].map(String.init))
    }

    private static func rows(_ lines: [String]) -> [[String]] {
        lines.filter { $0.hasPrefix("| `") }.map { line in
            line.split(separator: "|").map { $0.trimmingPrefix(" ").trimmed }
        }
    }

    @Test("the document has the faults that there are, in their order, with their sizes")
    func faultsAgree() async throws {
        let outcome = try await ProgramTests.launch("assay", ["selftest", "--list"])
        #expect(outcome.status == .exited(0), "\(outcome.errors)")
        let listed = outcome.output.split(separator: "\n").dropFirst().map { $0.split(separator: " ")[0] }
        #expect(listed.count > 30)
        let documented = try Self.documentedRows().filter { $0.count == 5 && $0[1].contains("#") }
        #expect(documented.map(\.[0]) == listed.map { "`\($0)`" }, Self.remedy)
        for row in documented {
            #expect(outcome.output.contains("  \(row[2])  "), "\(row[0]): \(Self.remedy)")
            #expect(!row[4].contains("NOT CAUGHT"))
        }
    }

    // Specimens do not depend on how many clean runs there are, so that a short self-test prints the same rows.
    @Test("the document says of some faults what a self-test of them says")
    func rowsAgree() async throws {
        let faults = ["swap-thread", "uneven-clock", "mixed-provenance"]
        let outcome = try await ProgramTests.launch(
            "assay", ["selftest", "--markdown", "--clean-runs", "12"] + faults.flatMap { ["--fault", $0] })
        #expect(outcome.status == .exited(0), "\(outcome.errors)")
        let printed = Self.rows(outcome.output.split(separator: "\n").map(String.init)).filter { row in
            faults.contains { row[0] == "`\($0)`" }
        }
        #expect(printed.count > 2 * faults.count)
        let documented = try Self.documentedRows()
        for row in printed { #expect(documented.contains(row), "\(row): \(Self.remedy)") }
    }

    @Test(
        "what cannot be tested is refused with a sentence and status 64",
        arguments: [["--fault", "drop-event"], ["--clean-runs", "11"], ["--clean-runs", "-1"], ["--seed", "-1"]])
    func refusals(options: [String]) async throws {
        let outcome = try await ProgramTests.launch("assay", ["selftest"] + options)
        #expect(outcome.status == .exited(64))
        #expect(!outcome.errors.isEmpty)
        #expect(outcome.output.isEmpty)
    }
}

extension Substring {
    fileprivate var trimmed: String {
        String(reversed().drop { $0 == " " }.reversed())
    }
}
