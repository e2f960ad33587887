// OTLP/JSON (https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding): a document with `resourceSpans`, or one a line, as
// the collector's file exporter writes them. A span is a stage that began and ended: its two times become the events of that stage
// (see `SpanRole`), and what a stage shares with the next one is taken from that one. docs/traces.md has the rule in words.
//
// A span does not say on which thread it ended: it is taken to be the one of `thread.id`, unless the attribute
// `assay.done-thread` says otherwise. A trace's identifier has 128 bits and a request's has 64: the lower half is taken, as by
// the systems that have 64 bits alone.

import TraceModel

/// Reads events from spans of OpenTelemetry.
public struct OpenTelemetryImporter: EventImporter {
    /// A document that goes over several lines is kept whole, and may be so long.
    public static let documentBytesMaximum = 512 << 20

    private let names: SpanNames
    private var document: [UInt8] = []
    private var isOneDocument = false
    private var isTooLong = false

    public init(names: SpanNames) { self.names = names }

    public mutating func add(_ line: ArraySlice<UInt8>, number: Int, to events: inout ImportedEvents) {
        guard !isOneDocument else { return keep(line) }
        guard line.contains(where: { $0 != 0x20 && $0 != 0x09 }) else { return events.skipLine() }
        do {
            take(try JSONParser.value(of: line), line: number, &events)
        } catch {
            // A document over several lines does not end on its first one; later on a line that is none is a loss.
            if number == 1 {
                isOneDocument = true
                keep(line)
            } else {
                events.complain("\(error)", line: number)
            }
        }
    }

    public mutating func finish(_ events: inout ImportedEvents) {
        if isTooLong {
            events.complain(
                "the document is longer than \(Self.documentBytesMaximum >> 20) MiB; write one document a line", line: 1
            )
        } else if isOneDocument {
            do {
                take(try JSONParser.value(of: document[...]), line: 1, &events)
            } catch {
                events.complain("\(error)", line: 1)
            }
        }
        document = []
        events.countTimesFromFirst()
    }

    private mutating func keep(_ line: ArraySlice<UInt8>) {
        isTooLong = isTooLong || document.count + line.count > Self.documentBytesMaximum
        if isTooLong {
            document = []
        } else {
            document += line
            document.append(UInt8(ascii: "\n"))
        }
    }

    private func take(_ value: JSONValue, line: Int, _ events: inout ImportedEvents) {
        guard let resources = value["resourceSpans"]?.elements else {
            return events.complain("expected an object with 'resourceSpans', an array", line: line)
        }
        for resource in resources {
            for scope in resource["scopeSpans"]?.elements ?? [] {
                for span in scope["spans"]?.elements ?? [] { take(span: span, line: line, &events) }
            }
        }
    }

    private func take(span: JSONValue, line: Int, _ events: inout ImportedEvents) {
        let name = span["name"]?.string ?? ""
        guard let role = names[name] else { return events.skipLine() }
        let attributes = Attributes(span["attributes"])
        guard let start = span["startTimeUnixNano"]?.whole(Int64.self),
            let end = span["endTimeUnixNano"]?.whole(Int64.self), start > 0, end > 0
        else {
            return events.complain(
                "span '\(name)': expected startTimeUnixNano and endTimeUnixNano as nanoseconds; a span that has not ended "
                    + "has no place here", line: line)
        }
        guard end >= start else {
            return events.complain("span '\(name)': it ends \(start - end) ns before it starts", line: line)
        }
        guard let request = attributes.whole("assay.request", UInt64.self) ?? Self.request(span["traceId"]?.string)
        else {
            return events.complain("span '\(name)': expected a traceId of 32 hexadecimal digits", line: line)
        }
        let thread = attributes.whole("thread.id", UInt32.self) ?? 0
        let begun = Event(
            nanoseconds: start, kind: .requestStart, request: request,
            client: attributes.whole("assay.client", UInt32.self) ?? 0, thread: thread,
            cpu: attributes.whole("assay.cpu", UInt16.self) ?? 0)
        func append(_ kind: EventKind, at time: Int64, on thread: UInt32, value: Int64 = 0) {
            var event = begun
            (event.kind, event.nanoseconds, event.thread, event.value) = (kind, time, thread, value)
            events.append(event, line: line)
        }
        let doneThread = attributes.whole("assay.done-thread", UInt32.self) ?? thread
        switch role {
        case .request:
            append(.requestStart, at: start, on: thread)
            append(.requestDone, at: end, on: doneThread)
        case .queueWait:
            let isBlocked = attributes.boolean("assay.blocked") ?? (end > start)
            append(isBlocked ? .requestBlock : .requestNonblock, at: start, on: thread)
        case .persist:
            append(
                .persistStart, at: start, on: thread,
                value: attributes.whole("assay.drawn-delay", Int64.self) ?? 0)
            append(.persistDone, at: end, on: doneThread)
        case .persistAsync:
            append(.persistAsyncStart, at: start, on: thread)
        }
    }

    private static func request(_ trace: String?) -> UInt64? {
        guard let trace, trace.utf8.count == 32, trace.allSatisfy(\.isHexDigit) else { return nil }
        return UInt64(trace.suffix(16), radix: 16)
    }

    /// `[{"key": …, "value": {"intValue": "7"}}, …]`.
    private struct Attributes {
        private let members: [JSONValue]

        init(_ value: JSONValue?) { members = value?.elements ?? [] }

        private func value(_ key: String) -> JSONValue? { members.last { $0["key"]?.string == key }?["value"] }

        func whole<Number: FixedWidthInteger>(_ key: String, _ type: Number.Type) -> Number? {
            value(key)?["intValue"]?.whole(type)
        }

        func boolean(_ key: String) -> Bool? {
            if case .boolean(let value)? = value(key)?["boolValue"] { value } else { nil }
        }
    }
}
