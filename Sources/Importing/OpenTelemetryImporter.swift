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
            for scope in elements(of: resource, "scopeSpans", line: line, &events) {
                for span in elements(of: scope, "spans", line: line, &events) { take(span: span, line: line, &events) }
            }
        }
    }

    /// The elements of a member that may be left out; none, and a complaint, where it is something else than an array.
    private func elements(
        of value: JSONValue, _ name: String, line: Int, _ events: inout ImportedEvents
    ) -> [JSONValue] {
        guard let member = value[name] else { return [] }
        if let elements = member.elements { return elements }
        events.complain("expected '\(name)' as an array, found \(member.kind)", line: line)
        return []
    }

    private func take(span: JSONValue, line: Int, _ events: inout ImportedEvents) {
        let name = span["name"]?.string ?? ""
        guard let role = names[name] else { return events.skipLine() }
        do throws(Complaint) {
            for event in try Self.events(of: span, as: role) { events.append(event, line: line) }
        } catch {
            events.complain("span '\(name)': \(error.sentence)", line: line)
        }
    }

    private static func events(of span: JSONValue, as role: SpanRole) throws(Complaint) -> [Event] {
        guard let start = span["startTimeUnixNano"]?.whole(Int64.self),
            let end = span["endTimeUnixNano"]?.whole(Int64.self), start > 0, end > 0
        else {
            throw Complaint(
                sentence:
                    "expected startTimeUnixNano and endTimeUnixNano as nanoseconds; a span that has not ended has no "
                    + "place here")
        }
        guard end >= start else { throw Complaint(sentence: "it ends \(start - end) ns before it starts") }
        let attributes = try Attributes(span["attributes"])
        guard let request = try attributes.whole("assay.request", UInt64.self) ?? Self.request(span["traceId"]?.string)
        else { throw Complaint(sentence: "expected a traceId of 32 hexadecimal digits") }
        let thread = try attributes.whole("thread.id", UInt32.self) ?? 0
        let doneThread = try attributes.whole("assay.done-thread", UInt32.self) ?? thread
        let begun = Event(
            nanoseconds: start, kind: .requestStart, request: request,
            client: try attributes.whole("assay.client", UInt32.self) ?? 0, thread: thread,
            cpu: try attributes.whole("assay.cpu", UInt16.self) ?? 0)
        func event(_ kind: EventKind, at time: Int64, on thread: UInt32, value: Int64 = 0) -> Event {
            var event = begun
            (event.kind, event.nanoseconds, event.thread, event.value) = (kind, time, thread, value)
            return event
        }
        switch role {
        case .request:
            return [event(.requestStart, at: start, on: thread), event(.requestDone, at: end, on: doneThread)]
        case .queueWait:
            let isBlocked = try attributes.boolean("assay.blocked") ?? (end > start)
            return [event(isBlocked ? .requestBlock : .requestNonblock, at: start, on: thread)]
        case .persist:
            let delay = try attributes.whole("assay.drawn-delay", Int64.self) ?? 0
            return [
                event(.persistStart, at: start, on: thread, value: delay),
                event(.persistDone, at: end, on: doneThread),
            ]
        case .persistAsync: return [event(.persistAsyncStart, at: start, on: thread)]
        }
    }

    private static func request(_ trace: String?) -> UInt64? {
        guard let trace, trace.utf8.count == 32, trace.allSatisfy(\.isHexDigit) else { return nil }
        return UInt64(trace.suffix(16), radix: 16)
    }

    /// Why a span is none.
    private struct Complaint: Error { var sentence: String }

    /// `[{"key": …, "value": {"intValue": "7"}}, …]`. What is absent is nil, and what is there and does not fit is refused: as 0
    /// it would be another client or thread.
    private struct Attributes {
        private let members: [JSONValue]

        init(_ value: JSONValue?) throws(Complaint) {
            guard let value else {
                members = []
                return
            }
            guard let elements = value.elements else {
                throw Complaint(sentence: "expected 'attributes' as an array of keys and values, found \(value.kind)")
            }
            members = elements
        }

        private func value(_ key: String) throws(Complaint) -> JSONValue? {
            let found = members.filter { $0["key"]?.string == key }
            guard found.count < 2 else {
                throw Complaint(sentence: "'\(key)' stands there twice; write each attribute once")
            }
            return found.first.map { $0["value"] ?? .null }
        }

        func whole<Number: FixedWidthInteger>(
            _ key: String, _ type: Number.Type
        ) throws(Complaint) -> Number? {
            guard let value = try value(key) else { return nil }
            guard let number = value["intValue"]?.whole(type) else {
                throw Complaint(
                    sentence: "expected '\(key)' as an intValue from \(Number.min) to \(Number.max)")
            }
            return number
        }

        func boolean(_ key: String) throws(Complaint) -> Bool? {
            guard let value = try value(key) else { return nil }
            guard case .boolean(let truth)? = value["boolValue"] else {
                throw Complaint(sentence: "expected '\(key)' as a boolValue")
            }
            return truth
        }
    }
}
