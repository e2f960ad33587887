// Events as lines that other programs read: CSV, or JSON lines (https://jsonlines.org). `docs/traces.md` documents both;
// `assay import --from json-lines` reads the latter back to the same events.

import TraceModel

/// Writes each event as a line of CSV, behind a line of titles.
public struct CSVEvents: EventExporter {
    public var bytes: [UInt8] = []

    public init() { bytes.append("nanoseconds,kind,request,client,thread,cpu,value\n") }

    public mutating func add(_ event: Event) {
        bytes.append(decimal: event.nanoseconds)
        bytes.append(UInt8(ascii: ","))
        bytes.append(event.kind.name)
        for number in [event.request, UInt64(event.client), UInt64(event.thread), UInt64(event.cpu)] {
            bytes.append(UInt8(ascii: ","))
            bytes.append(decimal: number)
        }
        bytes.append(UInt8(ascii: ","))
        bytes.append(decimal: event.value)
        bytes.append(UInt8(ascii: "\n"))
    }

    public mutating func finish() {}
}

/// Writes each event as a JSON object on a line of its own, behind one with what the trace says of itself.
///
/// History of the schema. 1: the first.
public struct JSONLinesEvents: EventExporter {
    public static let schema = "assay-events"
    public static let version = 1

    public var bytes: [UInt8] = []

    /// - Parameter header: Of the trace; nil for events without a line before them.
    public init(header: TraceHeader?) {
        guard let header else { return }
        bytes.append(#"{"schema":"\#(Self.schema)","version":\#(Self.version),"clock":"#)
        bytes.append(json: header.clock == .virtual ? "virtual" : "monotonic")
        bytes.append(
            #","process":\#(header.process),"startNanosecondsSinceEpoch":\#(header.startNanosecondsSinceEpoch)"#)
        bytes.append(#","eventsDropped":\#(header.eventsDropped),"description":"#)
        bytes.append(json: header.description)
        bytes.append("}\n")
    }

    public mutating func add(_ event: Event) {
        bytes.append(#"{"nanoseconds":"#)
        bytes.append(decimal: event.nanoseconds)
        bytes.append(#","kind":"#)
        bytes.append(json: event.kind.name)
        member("request", event.request)
        member("client", event.client)
        member("thread", event.thread)
        member("cpu", event.cpu)
        member("value", event.value)
        bytes.append("}\n")
    }

    private mutating func member(_ name: StaticString, _ number: some BinaryInteger) {
        bytes.append(UInt8(ascii: ","))
        bytes.append(UInt8(ascii: "\""))
        name.withUTF8Buffer { bytes.append(contentsOf: $0) }
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
        bytes.append(decimal: number)
    }

    public mutating func finish() {}
}
