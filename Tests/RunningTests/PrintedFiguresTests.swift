import Experiments
import Testing

@testable import Running

@Suite("Figures that a program prints")
struct PrintedFiguresTests {
    static let declared = [
        ReportedMetric(name: "latency", unit: .milliseconds, worse: .higher),
        ReportedMetric(name: "done", unit: .count, worse: .lower),
    ]

    @Test("each declared figure is taken from whichever line has it; other lines and fields are for people")
    func reads() {
        let figures = PrintedFigures(
            output: """
                starting
                {"latency": 1.5, "name": "x", "isGood": true, "parts": {"done": 7}}
                  {"done": 3}

                """, declared: Self.declared)
        #expect(figures.complaint == nil)
        #expect(figures.values == ["latency": 1.5, "done": 3])
    }

    @Test(
        "what is missing, doubled, undeclared or no number is refused",
        arguments: [
            ("", "It did not print the figure 'latency', which 'report' declares."),
            ("{\"latency\": 1}", "It did not print the figure 'done', which 'report' declares."),
            ("{\"latency\": null, \"done\": 1}", "It did not print the figure 'latency', which 'report' declares."),
            (
                "{\"latency\": 1, \"lateness\": 2}",
                "Line 1 of its output has the figure 'lateness', which 'report' does not declare."
            ),
            (
                "{\"latency\": 1}\n{\"latency\": 2}",
                "Lines 1 and 2 of its output both have the figure 'latency': a trial has one value of each."
            ),
            (
                "{\"latency\": 3, \"latency\": 4, \"done\": 1}",
                "Line 1 of its output has 'latency' twice: a trial has one value of each."
            ),
            ("x\n{\"latency\": NaN}", "Line 2 of its output begins with '{' and is no JSON object."),
            ("{\"latency\": 1e400}", "Line 1 of its output begins with '{' and is no JSON object."),
            ("{\"latency\": 1e17}", "Line 1 of its output has 'latency' as 1e+17, which cannot be."),
        ])
    func refuses(output: String, complaint: String) {
        #expect(PrintedFigures(output: output, declared: Self.declared).complaint == complaint)
    }
}
