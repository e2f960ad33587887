// What `bpftrace -f json` prints: one JSON object a line, with its kind and its data. At its end it prints every map that is
// left, the name with its `@`. Its text form is for people, and is not read here: it is laid out otherwise from release to release.
//
//     {"type": "map", "data": {"@events_request_start": 1494}}
//     {"type": "stats", "data": {"@times_persist": {"count": 1494, "average": 60042000, "total": 89702748000}}}
//     {"type": "printf", "data": "…"}
//     {"type": "lost_events", "data": {"events": 17}}

import Foundation
import SystemPackage

/// The maps that a bpftrace script left, what it lost, and how much it printed.
public struct TracerOutput: Sendable, Equatable {
    /// Durations as `stats()` keeps them.
    public struct Times: Sendable, Equatable {
        public var count: Int
        /// Their sum in nanoseconds.
        public var totalNanoseconds: Int64

        public init(count: Int, totalNanoseconds: Int64) {
            self.count = count
            self.totalNanoseconds = totalNanoseconds
        }

        /// Nil where there is none.
        public var meanNanoseconds: Double? { count > 0 ? Double(totalNanoseconds) / Double(count) : nil }
    }

    /// Maps of one number, by their names without the `@`. Maps with keys are not taken up.
    public var counts: [String: Int] = [:]
    /// Maps of one `stats()`, likewise.
    public var times: [String: Times] = [:]
    /// Lines that the script printed.
    public var printedLines = 0
    /// What bpftrace says it could not read in time.
    public var lostEvents = 0

    public init() {}

    /// Reads all of what bpftrace wrote to its standard output. Lines that are no JSON object are bpftrace's own words and are
    /// left out; kinds of object that are not known, too.
    ///
    /// - Throws: ``TracerOutputError`` for a line that begins as an object does and is none, or of an object that is not what
    ///   its kind says: what was cut off would else be read as counts that are too small.
    public init(bytes: [UInt8]) throws(TracerOutputError) {
        for (index, line) in bytes.split(separator: UInt8(ascii: "\n")).enumerated()
        where line.first == UInt8(ascii: "{") {
            do {
                let message = try JSONDecoder().decode(Message.self, from: Data(line))
                guard add(message) else { throw TracerOutputError(line: index + 1, complaint: "is no \(message.type)") }
            } catch let error as TracerOutputError {
                throw error
            } catch {
                throw TracerOutputError(line: index + 1, complaint: "is no JSON object as bpftrace prints them")
            }
        }
    }

    /// Returns whether it is what its kind says.
    private mutating func add(_ message: Message) -> Bool {
        switch message.type {
        case "printf":
            printedLines += 1
            return true
        case "lost_events":
            guard case .object(let data) = message.data, case .integer(let count)? = data["events"] else {
                return false
            }
            lostEvents += count
            return true
        case "map", "stats":
            guard case .object(let maps) = message.data else { return false }
            for (name, value) in maps {
                let name = String(name.drop { $0 == "@" })
                if case .integer(let number) = value { counts[name] = number }
                if let found = value.times { times[name] = found }
            }
            return true
        default: return true
        }
    }

    private struct Message: Decodable {
        var type: String
        var data: Value
    }

    private enum Value: Decodable, Equatable {
        case integer(Int)
        case object([String: Value])
        case other

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            do {
                self = .integer(try container.decode(Int.self))
            } catch {
                do {
                    self = .object(try container.decode([String: Value].self))
                } catch {
                    // The text is JSON, or decoding would not have come this far.
                    self = .other
                }
            }
        }

        var times: Times? {
            guard case .object(let members) = self, case .integer(let count)? = members["count"],
                case .integer(let total)? = members["total"]
            else { return nil }
            return Times(count: count, totalNanoseconds: Int64(total))
        }
    }
}

/// A line of a tracer's output that cannot be read.
public struct TracerOutputError: Error, Equatable, CustomStringConvertible {
    /// From 1, counting lines that are not empty.
    public var line: Int
    public var complaint: String

    public var description: String { "line \(line) of the tracer's output \(complaint)" }
}
