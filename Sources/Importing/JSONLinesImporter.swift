// The schema that `assay trace export --format json` writes, version 1; docs/traces.md has it in words. A first line with
// `schema` says what the source says of itself and may be left out. Unknown members are refused by name, as unknown keys of a
// declaration are: a misspelt `client` would otherwise be client 0.

import Quantities
import TraceModel

/// Reads events as JSON lines.
public struct JSONLinesImporter: EventImporter {
    static let schema = "assay-events"
    static let version = 1
    private static let members = ["nanoseconds", "kind", "request", "client", "thread", "cpu", "value"]
    private static let headerMembers = [
        "schema", "version", "clock", "process", "startNanosecondsSinceEpoch", "eventsDropped", "description",
    ]

    private static let kinds = Dictionary(uniqueKeysWithValues: EventKind.allCases.map { ($0.name, $0) })

    /// Why a line is no event.
    private struct Complaint: Error { var sentence: String }

    public init() {}

    public mutating func add(_ line: ArraySlice<UInt8>, number: Int, to events: inout ImportedEvents) {
        guard line.contains(where: { $0 != 0x20 && $0 != 0x09 }) else { return events.skipLine() }
        do {
            let value = try JSONParser.value(of: line)
            guard case .object(let members) = value else {
                throw Complaint(sentence: "expected an object, found \(value.kind)")
            }
            if let name = value.repeatedMember {
                throw Complaint(sentence: "'\(name)' stands there twice; write each member once")
            }
            if value["schema"] != nil {
                try takeHeader(value, members.map(\.name), &events)
            } else {
                events.append(try event(value, members.map(\.name)), line: number)
            }
        } catch let complaint as Complaint {
            events.complain(complaint.sentence, line: number)
        } catch {
            events.complain("\(error)", line: number)
        }
    }

    public mutating func finish(_ events: inout ImportedEvents) {}

    private func event(_ value: JSONValue, _ names: [String]) throws -> Event {
        try refuseUnknown(names, known: Self.members)
        guard let name = value["kind"]?.string else {
            throw Complaint(sentence: "expected 'kind' with the name of an event, as in \"request-start\"")
        }
        guard let kind = Self.kinds[name] else {
            let nearest = nearestName(to: name, among: EventKind.allCases.map(\.name))
            throw Complaint(
                sentence: "'\(name)' is no kind of event"
                    + (nearest.map { "; did you mean '\($0)'?" } ?? "; the kinds are those of docs/trace-format.md"))
        }
        guard value["nanoseconds"] != nil else {
            throw Complaint(sentence: "expected 'nanoseconds', the time of the event")
        }
        return Event(
            nanoseconds: try whole("nanoseconds", value), kind: kind, request: try whole("request", value),
            client: try whole("client", value), thread: try whole("thread", value), cpu: try whole("cpu", value),
            value: try whole("value", value))
    }

    private func takeHeader(_ value: JSONValue, _ names: [String], _ events: inout ImportedEvents) throws {
        guard value["schema"]?.string == Self.schema, value["version"] == .number(String(Self.version)) else {
            throw Complaint(
                sentence:
                    "expected the schema '\(Self.schema)' of version \(Self.version); export the trace with a harness of "
                    + "the same release")
        }
        guard events.source == nil, events.events.isEmpty else {
            throw Complaint(sentence: "expected the line with 'schema' before all events; import one file at a time")
        }
        try refuseUnknown(names, known: Self.headerMembers)
        var source = ImportedEvents.Source()
        switch value["clock"]?.string {
        case nil, "monotonic": source.clock = .monotonic
        case "virtual": source.clock = .virtual
        case let other?: throw Complaint(sentence: "'\(other)' is no clock; the clocks are monotonic and virtual")
        }
        source.process = try whole("process", value)
        source.startNanosecondsSinceEpoch = try whole("startNanosecondsSinceEpoch", value)
        source.description = value["description"]?.string ?? ""
        guard source.description.utf8.count <= TraceFormat.descriptionBytesMaximum else {
            throw Complaint(
                sentence:
                    "the description is longer than \(TraceFormat.descriptionBytesMaximum) bytes, the most of a trace")
        }
        if source.clock == .virtual, source.process != 0 || source.startNanosecondsSinceEpoch != 0 {
            throw Complaint(sentence: "in virtual time process and start are 0")
        }
        events.lostBySource = try whole("eventsDropped", value)
        events.source = source
    }

    private func refuseUnknown(_ names: [String], known: [String]) throws {
        guard let unknown = names.first(where: { !known.contains($0) }) else { return }
        let nearest = nearestName(to: unknown, among: known).map { "; did you mean '\($0)'?" }
        throw Complaint(
            sentence: "'\(unknown)' is no member of an event" + (nearest ?? ": \(known.joined(separator: ", "))"))
    }

    /// The member as a whole number; 0 where it is absent.
    private func whole<Number: FixedWidthInteger>(_ name: String, _ value: JSONValue) throws -> Number {
        guard let member = value[name] else { return 0 }
        guard case .number = member, let number = member.whole(Number.self) else {
            throw Complaint(sentence: "expected '\(name)' as a whole number from \(Number.min) to \(Number.max)")
        }
        return number
    }
}
