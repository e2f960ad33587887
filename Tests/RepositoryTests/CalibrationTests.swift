import Subprocess
import Testing

/// The figures in `docs/calibration.md` are output of `assay-benchmark calibrate`; this keeps their conditions from going stale
/// unseen.
@Suite("Calibration tables", .timeLimit(.minutes(10)))
struct CalibrationTests {
    @Test("the document says of the machine, the design and the tables what a calibration says")
    func conditionsAgree() async throws {
        let text = try Repository.text("docs/calibration.md")
        let lines = text.split(separator: "\n")
        let begin = try #require(lines.firstIndex { $0.hasPrefix("<!-- calibration: ") })
        let end = try #require(lines.firstIndex(of: "<!-- end of calibration -->"))
        try #require(begin < end)
        let outcome = try await ProgramTests.launch("assay-benchmark", ["calibrate", "--sessions", "2"])
        // 1 where a claim is missed: two sessions are no calibration.
        #expect(outcome.status == .exited(0) || outcome.status == .exited(1), "\(outcome.errors)")
        func fixed(_ lines: some Sequence<Substring>) -> [Substring] {
            // What stands before the figures: the conditions, the tables' heads, the names of rows.
            lines.filter { !$0.hasPrefix("- ") && !$0.hasPrefix("The null control") }.map { line in
                line.hasPrefix("| ") && line.contains(" % [") ? line.dropFirst(2).prefix { $0 != "|" } : line
            }
        }
        #expect(
            fixed(lines[(begin + 1)..<end]) == fixed(outcome.output.split(separator: "\n")), "run `make calibrate`")
    }

    @Test(
        "what cannot be calibrated is refused with a sentence and status 64",
        arguments: [["--sessions", "0"], ["--sessions"], ["--pairs", "3"]])
    func refusals(options: [String]) async throws {
        let outcome = try await ProgramTests.launch("assay-benchmark", ["calibrate"] + options)
        #expect(outcome.status == .exited(64))
        #expect(outcome.errors.contains("calibrate: "))
        #expect(outcome.output.isEmpty)
    }
}
