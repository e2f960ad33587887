import Quantities
import Testing

@Suite("Durations as people write them")
struct DurationTextTests {
    @Test(
        "a number and a unit are read to the nanosecond",
        arguments: [
            ("50ms", 50_000_000), ("1.5 s", 1_500_000_000), ("60us", 60_000), ("60µs", 60_000), ("60μs", 60_000),
            ("7ns", 7), ("0s", 0), ("2min", 120_000_000_000), ("1h", 3_600_000_000_000), (" 1ms ", 1_000_000),
            ("0.1ns", 0), ("0.5ns", 1), (".5s", 500_000_000), ("+3s", 3_000_000_000), ("1000h", 3_600_000_000_000_000),
        ] as [(String, Int64)])
    func reads(text: String, nanoseconds: Int64) throws {
        #expect(try Duration(text: text).inNanoseconds == nanoseconds)
    }

    @Test(
        "what is no duration is refused with what is allowed",
        arguments: [
            ("50", "'50' has no unit: write one of ns, us, ms, s, min, h, as in 50ms"),
            ("", "'' is not a duration: write a number and a unit, as in 50ms"),
            ("soon", "'soon' is not a duration: write a number and a unit, as in 50ms"),
            ("5 parsecs", "'5 parsecs' has the unit 'parsecs', which is none of ns, us, ms, s, min, h"),
            ("5 m s", "'5 m s' has the unit 'm s', which is none of ns, us, ms, s, min, h"),
            ("1e3ms", "'1e3ms' has the unit 'e3ms', which is none of ns, us, ms, s, min, h"),
            ("-5ms", "'-5ms' is negative: a duration is zero or more"),
            ("1.2.3ms", "'1.2.3ms' does not start with a decimal number"),
            ("1001h", "'1001h' is longer than 1000 h, the longest duration allowed"),
            ("٣ms", "'٣ms' is not a duration: write a number and a unit, as in 50ms"),
        ])
    func refuses(text: String, description: String) {
        let error = #expect(throws: QuantityError.self) { try Duration(text: text) }
        #expect(error?.description == description)
    }

    @Test(
        "the text of a duration is the shortest exact one",
        arguments: [
            (0, "0s"), (1, "1ns"), (1_500, "1500ns"), (60_000, "60us"), (50_000_000, "50ms"), (1_500_000_000, "1500ms"),
            (90_000_000_000, "90s"),
        ] as [(Int64, String)])
    func writes(nanoseconds: Int64, text: String) throws {
        #expect(Duration.nanoseconds(nanoseconds).text == text)
        #expect(try Duration(text: text).inNanoseconds == nanoseconds)
    }

    @Test("seconds and nanoseconds agree")
    func converts() {
        let duration = Duration.milliseconds(1_500)
        #expect(duration.inSeconds == 1.5)
        #expect(duration.inNanoseconds == 1_500_000_000)
    }
}
