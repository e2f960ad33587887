import Testing

@testable import Analysis

@Suite("The parameters in a trace's header")
struct TraceParametersTests {
    @Test("are the members of its object by name, each as it was written")
    func named() {
        let text = #"{"seed": "18446744073709551615", "clients": 18446744073709551615, "spin": "60µs", "herd": true}"#
        #expect(
            TraceParameters(description: text)
                == .named([
                    .init("clients", "18446744073709551615"), .init("herd", "true"),
                    .init("seed", "18446744073709551615"),
                    .init("spin", "60µs"),
                ]))
        #expect(TraceParameters(description: "{}") == .named([]))
    }

    @Test(
        "are its text where that is no such object",
        arguments: [
            "", "free text", "[1, 2]", #"{"clients": 1"#, #"{"clients": {"count": 1}}"#, #"{"clients": [1]}"#,
            #"{"clients": null}"#, String(repeating: "[", count: 4000),
        ])
    func text(description: String) {
        #expect(TraceParameters(description: description) == .text(description))
    }
}
