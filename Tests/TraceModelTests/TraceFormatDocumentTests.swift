import Foundation
import Testing

@testable import TraceModel

/// `docs/trace-format.md` against the code: its constants, its dump, its program, and what they say of one another.
@Suite struct TraceFormatDocumentTests {
    private let document: String
    private let dump: [UInt8]

    init() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../..")
        document = try String(contentsOf: root.appendingPathComponent("docs/trace-format.md"), encoding: .utf8)
        dump = try Self.bytes(ofDump: Self.block("dump", of: document))
    }

    private static func block(_ language: String, of document: String) throws -> String {
        let start = try #require(document.range(of: "```\(language)\n"))
        let end = try #require(document.range(of: "\n```", range: start.upperBound..<document.endIndex))
        return String(document[start.upperBound..<end.lowerBound])
    }

    /// Lines of offset, bytes (or one byte `×` how often) and meaning, each separated by two spaces; without a gap.
    private static func bytes(ofDump text: String) throws -> [UInt8] {
        var bytes: [UInt8] = []
        for line in text.split(separator: "\n") {
            let parts = line.components(separatedBy: "  ")
            #expect(Int(parts[0], radix: 16) == bytes.count, "\(line)")
            #expect(parts.count > 2 && !parts.last!.isEmpty, "\(line): without its meaning")
            let repeated = parts[1].components(separatedBy: " × ")
            if repeated.count == 2 {
                let count = try #require(Int(repeated[1].trimmingCharacters(in: .whitespaces)))
                bytes += [UInt8](repeating: try #require(UInt8(repeated[0], radix: 16)), count: count)
            } else {
                bytes += try parts[1].split(separator: " ").map { try #require(UInt8($0, radix: 16)) }
            }
        }
        return bytes
    }

    /// The cells of the table whose first heading is this.
    private func table(_ heading: String) throws -> [[String]] {
        let lines = document.components(separatedBy: "\n")
        let start = try #require(lines.firstIndex { $0.hasPrefix("| \(heading) |") })
        return lines[(start + 2)...].prefix { $0.hasPrefix("|") }.map { line in
            line.split(separator: "|").map { $0.trimmingCharacters(in: CharacterSet(charactersIn: " `")) }
        }
    }

    /// The events of the table above the dump.
    private func documentedEvents() throws -> [Event] {
        try table("nanoseconds").map { cells in
            Event(
                nanoseconds: try #require(Int64(cells[0])),
                kind: try #require(EventKind.allCases.first { $0.name == cells[1] }),
                request: try #require(UInt64(cells[2])), client: try #require(UInt32(cells[3])),
                thread: try #require(UInt32(cells[4])), cpu: try #require(UInt16(cells[5])),
                value: try #require(Int64(cells[6])))
        }
    }

    @Test("the constants are the code's")
    func constants() throws {
        let expected = [
            ["version", "\(TraceFormat.version)"], ["header size", "\(TraceFormat.headerBytes)"],
            ["record size", "\(TraceFormat.recordBytes)"], ["chunk size", "\(TraceFormat.chunkBytes)"],
            ["description offset", "\(TraceFormat.descriptionOffset)"],
            ["longest description", "\(TraceFormat.descriptionBytesMaximum)"],
            ["check", TraceFormat.check.hexadecimal],
        ]
        #expect(try table("constant") == expected)
    }

    @Test("the kinds are the code's, each with its number")
    func kinds() throws {
        let events = EventKind.allCases.map { ["\($0.rawValue)", $0.name] }
        let technical = TraceFormat.TechnicalKind.allCases.map { ["\($0.rawValue)", "\($0)"] }
        #expect(try table("kind").map { Array($0.prefix(2)) } == events + technical)
    }

    @Test("the dump is a whole trace of the documented events")
    func dumpIsRead() throws {
        let documented = try documentedEvents()
        try withReader(dump) { reader in
            #expect(reader.problems == [])
            #expect(reader.ending == .closed)
            #expect(reader.header.process == 4711)
            #expect(reader.header.startNanosecondsSinceEpoch == 1_700_000_000_000_000_000)
            #expect(reader.header.description == #"{"seed": 1}"#)
            #expect(Array(reader.events) == documented)
        }
    }

    @Test("the encoder makes the same bytes of the documented events")
    func encoderAgrees() throws {
        let encoder = TraceEncoder(
            description: #"{"seed": 1}"#, process: 4711, startNanosecondsSinceEpoch: 1_700_000_000_000_000_000)
        #expect(encoder.encode(try documentedEvents()) == dump)
    }

    private static let python = ProcessInfo.processInfo.environment["PATH", default: "/usr/bin"]
        .split(separator: ":").map { "\($0)/python3" }.first { FileManager.default.isExecutableFile(atPath: $0) }

    @Test(
        "the documented Python program writes the same bytes", .enabled(if: python != nil, "python3 is not installed"))
    func pythonAgrees() throws {
        let program = try Self.block("python", of: document)
        try withFile([]) { path in
            let process = Process()
            process.executableURL = URL(fileURLWithPath: try #require(Self.python))
            process.arguments = ["-c", program, path]
            try process.run()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
            #expect(try [UInt8](Data(contentsOf: URL(fileURLWithPath: path))) == dump)
        }
    }
}
