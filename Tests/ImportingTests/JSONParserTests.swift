import Testing

@testable import Importing

@Suite("JSON")
struct JSONParserTests {
    private func parsed(_ text: String) throws(JSONError) -> JSONValue {
        try JSONParser.value(of: Array(text.utf8)[...])
    }

    @Test("values are read, and large whole numbers keep every digit")
    func values() throws {
        let value = try parsed(
            #" {"a": [1, -2.5e3, true, false, null, "x"], "b": {}, "c": 18446744073709551615, "d": [] } "#)
        #expect(
            value["a"]
                == .array([.number("1"), .number("-2.5e3"), .boolean(true), .boolean(false), .null, .text("x")]))
        #expect(value["b"] == .object([]))
        #expect(value["c"]?.whole(UInt64.self) == .max)
        #expect(value["c"]?.whole(Int64.self) == nil)
        #expect(value["d"] == .array([]))
        #expect(value["e"] == nil)
    }

    @Test(
        "escapes are what they stand for",
        arguments: [
            (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u00e4\u20AC""#, "ä€"), (#""\ud83d\ude00""#, "😀"),
            ("\"ä€😀\"", "ä€😀"),
        ])
    func escapes(text: String, expected: String) throws {
        #expect(try parsed(text) == .text(expected))
    }

    @Test(
        "what is no JSON is refused with its place",
        arguments: [
            ("", 0), ("{", 1), ("[1,]", 3), ("{\"a\":1,}", 7), ("{a:1}", 1), ("01", 1), ("1.", 2), ("-", 1), ("+1", 0),
            ("1 2", 2), ("tru", 3), ("\"a", 2), ("\"\n\"", 1), (#""\x""#, 2), (#""\ud800""#, 7), (#""\udc00""#, 7),
            ("[1 2]", 3), ("{\"a\" 1}", 5), ("nul1", 3), (#""\u12g4""#, 5),
        ])
    func refuses(text: String, place: Int) {
        do {
            _ = try parsed(text)
            Issue.record("\(text) was read")
        } catch {
            #expect(error.byteOffset == place, "\(text): \(error)")
        }
    }

    @Test("what is no UTF-8 is refused")
    func encoding() {
        #expect(throws: JSONError.self) { try JSONParser.value(of: [0x22, 0xFF, 0x22]) }
    }

    @Test("depth is bounded")
    func depth() {
        let deep = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
        #expect(throws: Never.self) { try parsed(deep) }
        #expect(throws: JSONError.self) { try parsed("[\(deep)]") }
        #expect(throws: JSONError.self) { try parsed(String(repeating: "[", count: 1_000_000)) }
    }
}

@Suite("Cutting bytes into lines")
struct LineSplitterTests {
    private func lines(_ pieces: [String], bytesMaximum: Int = 10) -> (lines: [String], tooLong: Int) {
        var (splitter, found, tooLong) = (LineSplitter(bytesMaximum: bytesMaximum), [String](), 0)
        func take(_ line: ArraySlice<UInt8>?) {
            guard let line else { return tooLong += 1 }
            found.append(String(decoding: line, as: UTF8.self))
        }
        for piece in pieces { splitter.add(Array(piece.utf8)[...], take) }
        splitter.finish(take)
        return (found, tooLong)
    }

    @Test(
        "lines are whole wherever the pieces were cut",
        arguments: [["a\nbc\n\nd"], ["a", "\nb", "c\n", "\nd"], ["a\r\nbc\r", "\n\nd"]])
    func cuts(pieces: [String]) {
        #expect(lines(pieces).lines == ["a", "bc", "", "d"])
    }

    @Test("a line that is too long is left out and counted, and the next one is read")
    func tooLong() {
        #expect(lines(["0123456789\n0123456789a\nb\n"]) == (["0123456789", "b"], 1))
        #expect(lines(["01234567", "89a", "\nb", "\n012345678901"]) == (["b"], 2))
    }
}
