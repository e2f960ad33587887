import Testing

@testable import Running

@Suite("What a program reports")
struct ReportedNumbersTests {
    @Test(
        "is the numbers of the JSON object on the last line",
        arguments: [
            (
                "{\"a\": 1, \"b\": -2.5e3, \"c\": \"text\", \"d\": true, \"e\": null, \"f\": [1], \"g\": {\"h\": 1}}",
                ReportedNumbers.numbers(["a": 1, "b": -2500])
            ),
            ("  {}", .numbers([:])), ("text", .absent), ("[1]", .absent), ("12", .absent), ("", .absent),
            ("{\"a\": 1, \"a\": 2}", .repeated("a")), ("{", .malformed), ("{\"a\": 1} trailing", .malformed),
            ("{\"a\": nan}", .malformed),
        ])
    func read(line: String, expected: ReportedNumbers) {
        #expect(ReportedNumbers.read(line) == expected)
    }

    @Test("is absent where there is no line")
    func noLine() {
        #expect(ReportedNumbers.read(nil) == .absent)
    }
}
