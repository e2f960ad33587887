import Testing
import TraceModel

@testable import Importing

@Suite("Importing spans of OpenTelemetry")
struct OpenTelemetryImporterTests {
    /// The fields that the specification's own example has, as `Examples/trace.json` in opentelemetry-proto, with spans of ours.
    private func document(_ spans: [String]) -> String {
        """
        {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}}]},\
        "scopeSpans":[{"scope":{"name":"lib","version":"1.0.0"},"spans":[\(spans.joined(separator: ","))]}]}]}
        """
    }

    private func span(_ name: String, _ start: Int64, _ end: Int64, _ attributes: String = "") -> String {
        """
        {"traceId":"5B8EFFF798038103D269B633813FC60C","spanId":"EEE19B7EC3C1B174","parentSpanId":"EEE19B7EC3C1B173",\
        "name":"\(name)","startTimeUnixNano":"\(1_544_712_660_000_000_000 + start)",\
        "endTimeUnixNano":"\(1_544_712_660_000_000_000 + end)","kind":2,"attributes":[\(attributes)]}
        """
    }

    private func whole(_ key: String, _ value: String) -> String {
        #"{"key":"\#(key)","value":{"intValue":\#(value)}}"#
    }

    private func read(_ text: String, _ mappings: [String] = []) throws -> ImportedEvents {
        imported(text, OpenTelemetryImporter(names: try SpanNames(mappings)))
    }

    @Test("a span is the events at its ends, and the request is the lower half of the trace's identifier")
    func mapping() throws {
        let text = document([
            span("request", 0, 3000, "\(whole("thread.id", "\"11\"")),\(whole("assay.client", "4"))"),
            span("queue-wait", 1000, 1000),
            span(
                "persist", 1000, 9000,
                "\(whole("thread.id", "11")),\(whole("assay.done-thread", "12")),\(whole("assay.drawn-delay", "7000"))"),
            span("persist-async", 1100, 9000), span("GET /", 0, 5),
        ])
        let events = try read(text)
        let request: UInt64 = 0xD269_B633_813F_C60C
        #expect(
            events.sorted() == [
                Event(nanoseconds: 0, kind: .requestStart, request: request, client: 4, thread: 11),
                Event(nanoseconds: 1000, kind: .requestNonblock, request: request),
                Event(nanoseconds: 1000, kind: .persistStart, request: request, thread: 11, value: 7000),
                Event(nanoseconds: 1100, kind: .persistAsyncStart, request: request),
                Event(nanoseconds: 3000, kind: .requestDone, request: request, client: 4, thread: 11),
                Event(nanoseconds: 9000, kind: .persistDone, request: request, thread: 12),
            ])
        #expect(events.source?.startNanosecondsSinceEpoch == 1_544_712_660_000_000_000)
        #expect(events.otherLineCount == 1)
        #expect(events.lostCount == 0)
    }

    @Test("a wait for a permit blocks where it took time, unless it says otherwise")
    func blocked() throws {
        let no = #"{"key":"assay.blocked","value":{"boolValue":false}}"#
        let events = try read(
            document([span("queue-wait", 0, 5), span("queue-wait", 0, 0), span("queue-wait", 0, 5, no)]))
        #expect(events.events.map(\.kind) == [.requestBlock, .requestNonblock, .requestNonblock])
    }

    @Test("other names are mapped, and the request's number may be given")
    func names() throws {
        let events = try read(
            document([span("db.insert", 0, 5, whole("assay.request", "\"9\""))]), ["persist=db.insert"])
        #expect(events.events.map(\.kind) == [.persistStart, .persistDone])
        #expect(events.events.map(\.request) == [9, 9])
        #expect(throws: SpanRoleError.self) { try SpanNames(["think=x"]) }
        #expect(throws: SpanRoleError.self) { try SpanNames(["persist"]) }
    }

    @Test("a document a line, or one over several lines")
    func documents() throws {
        let one = document([span("request", 0, 5)])
        #expect(try read("\(one)\n\(one)\n").events.count == 4)
        #expect(try read(one.replacing(",\"scopeSpans\"", with: ",\n\"scopeSpans\"")).events.count == 2)
        #expect(try read("\(one)\n{\"resourceSpans\":\n").complaints.map(\.line) == [2])
    }

    @Test(
        "what is no span is refused with its reason",
        arguments: [
            (#"{"spans":[]}"#, "expected an object with 'resourceSpans', an array"),
            ("{", "byte 2: expected a member's name in quotes"),
        ])
    func refusesDocuments(text: String, sentence: String) throws {
        #expect(try read(text).complaints.map(\.sentence) == [sentence])
    }

    @Test("a span without its end, before its start or without a trace is refused by name")
    func refusesSpans() throws {
        let open = span("request", 0, 5).replacing("\"endTimeUnixNano\":\"1544712660000000005\",", with: "")
        let backwards = span("request", 9, 5)
        let stranger = span("request", 0, 5).replacing("5B8EFFF798038103D269B633813FC60C", with: "5B8E")
        let events = try read(document([open, backwards, stranger]))
        #expect(
            events.complaints.map(\.sentence) == [
                "span 'request': expected startTimeUnixNano and endTimeUnixNano as nanoseconds; a span that has not ended has "
                    + "no place here",
                "span 'request': it ends 4 ns before it starts",
                "span 'request': expected a traceId of 32 hexadecimal digits",
            ])
        #expect(events.events.isEmpty)
    }

    @Test(
        "an attribute that does not fit is refused with its name, and is not taken for 0",
        arguments: [
            ("request", "assay.client", #""intValue":4294967296"#, "an intValue from 0 to 4294967295"),
            ("request", "thread.id", #""intValue":"1099511627776""#, "an intValue from 0 to 4294967295"),
            ("request", "assay.request", #""intValue":-1"#, "an intValue from 0 to 18446744073709551615"),
            ("request", "assay.request", #""doubleValue":7.5"#, "an intValue from 0 to 18446744073709551615"),
            ("request", "assay.request", #""stringValue":"7""#, "an intValue from 0 to 18446744073709551615"),
            (
                "persist", "assay.drawn-delay", #""intValue":18446744073709551616"#,
                "an intValue from -9223372036854775808 to 9223372036854775807"
            ),
            ("queue-wait", "assay.blocked", #""stringValue":"false""#, "a boolValue"),
        ])
    func unfit(name: String, key: String, value: String, expected: String) throws {
        let events = try read(document([span(name, 0, 5, #"{"key":"\#(key)","value":{\#(value)}}"#)]))
        #expect(events.complaints.map(\.sentence) == ["span '\(name)': expected '\(key)' as \(expected)"])
        #expect(events.events.isEmpty)
        #expect(events.lostCount == 1)
    }

    @Test("what should be an array and is none is refused")
    func arrays() throws {
        let attributes = span("request", 0, 5).replacing("\"attributes\":[]", with: "\"attributes\":{}")
        #expect(
            try read(document([attributes])).complaints.map(\.sentence) == [
                "span 'request': expected 'attributes' as an array of keys and values, found an object"
            ])
        #expect(
            try read(#"{"resourceSpans":[{"scopeSpans":{}}]}"#).complaints.map(\.sentence) == [
                "expected 'scopeSpans' as an array, found an object"
            ])
    }
}
