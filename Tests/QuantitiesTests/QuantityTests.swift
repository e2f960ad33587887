import Quantities
import Testing

@Suite("Quantities")
struct QuantityTests {
    @Test(
        "the unit says what is meant",
        arguments: [
            ("50ms", .duration(.milliseconds(50))), ("133.24/s", .rate(perSecond: 133.24)),
            ("31%", .percentage(0.31)), ("31 %", .percentage(0.31)), ("5 points", .points(0.05)),
            ("1 point", .points(0.01)), ("64MiB", .bytes(67_108_864)), ("512 B", .bytes(512)), ("2KiB", .bytes(2048)),
            ("1GiB", .bytes(1_073_741_824)), ("1976", .number(1976)), (" 0.5 ", .number(0.5)),
        ] as [(String, Quantity)])
    func reads(text: String, quantity: Quantity) throws {
        #expect(try Quantity(text: text) == quantity)
    }

    @Test(
        "what is no quantity is refused with what is allowed",
        arguments: [
            ("soon", "'soon' is not a quantity: write a number and its unit, as in 50ms, 133.24/s or 31%"),
            ("", "'' is not a quantity: write a number and its unit, as in 50ms, 133.24/s or 31%"),
            ("-1", "'-1' is negative: write a number from 0 up"),
            ("-5ms", "'-5ms' is negative: a duration is zero or more"),
            ("1.2.3", "'1.2.3' does not start with a decimal number"),
            ("9999999999999999", "'9999999999999999' is larger than 1e15, the most allowed"),
            (
                "5 apples",
                "'5 apples' has the unit 'apples', which is none of ns, us, ms, s, min, h, /s, %, points, "
                    + "B, KiB, MiB, GiB"
            ),
            (
                "1e3",
                "'1e3' has the unit 'e3', which is none of ns, us, ms, s, min, h, /s, %, points, B, KiB, MiB, GiB"
            ),
        ])
    func refuses(text: String, description: String) {
        let error = #expect(throws: QuantityError.self) { try Quantity(text: text) }
        #expect(error?.description == description)
    }

    @Test("each kind has a name of its own for errors")
    func names() throws {
        let texts = ["1s", "1/s", "1%", "1 point", "1B", "1"]
        let kinds = try texts.map { try Quantity(text: $0).kind }
        #expect(
            kinds == [
                "a duration", "a rate", "a percentage", "a difference in percentage points", "a number of bytes",
                "a plain number",
            ])
    }
}
