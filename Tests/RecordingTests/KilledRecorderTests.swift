import Foundation
import Testing
import TraceModel

/// SIGKILL of a program that records: `assay-benchmark record-forever`, which says how far it has come.
@Suite struct KilledRecorderTests {
    private static let program = URL(fileURLWithPath: "/proc/self/exe".resolved).deletingLastPathComponent()
        .appendingPathComponent("assay-benchmark").path

    @Test("all that was recorded before SIGKILL is read back", arguments: [1, 50_000, 1_000_000])
    func killed(afterEvents minimum: UInt64) throws {
        let folder = try TraceFolder()
        let path = folder.file("killed.trace")
        let (process, counts) = try recordUntilKilled([Self.program, "record-forever", path], afterEvents: minimum)
        let reader = try TraceReader(path: path)
        #expect(reader.problems == [])
        #expect(reader.ending == .notClosed(process: process))
        #expect(reader.header.description == #"{"program":"record-forever"}"#)
        #expect(reader.header.eventsDropped == 0)
        #expect(reader.counts.unfinishedRecords <= 2)
        var next: [UInt64] = [0, 0]
        var latest: Int64 = .min
        var faults = 0
        for event in reader.events {
            let client = Int(event.client)
            if event.request != next[client] || event.nanoseconds < latest { faults += 1 }
            next[client] += 1
            latest = event.nanoseconds
        }
        #expect(faults == 0)
        #expect(next[0] >= counts[0])
        #expect(next[1] >= counts[1])
    }

    @Test("a killed run in virtual time loses nothing, and its trace names no process")
    func killedVirtually() throws {
        let folder = try TraceFolder()
        let path = folder.file("killed.trace")
        let command = [Self.program, "record-forever-virtually", path]
        let (_, counts) = try recordUntilKilled(command, afterEvents: 50_000)
        let reader = try TraceReader(path: path)
        #expect(reader.problems == [])
        #expect(reader.ending == .notClosed(process: 0))
        #expect(reader.header.clock == .virtual)
        #expect(reader.counts.unfinishedRecords <= 1)
        var next: UInt64 = 0
        for event in reader.events where event.request == next && event.nanoseconds == Int64(next) { next += 1 }
        #expect(next == UInt64(reader.counts.events))
        #expect(next >= counts[0])
    }

    @Test("a limit on file sizes drops events and does not kill the process")
    func sizeLimit() throws {
        let folder = try TraceFolder()
        let path = folder.file("limited.trace")
        // 16384 blocks of 512 bytes: a header and 127 chunks, one of which takes the calibrations.
        let script = "ulimit -f 16384; exec \"$0\" record-forever \"$1\""
        let (_, counts) = try recordUntilKilled(["/bin/sh", "-c", script, Self.program, path], afterEvents: 400_000)
        let reader = try TraceReader(path: path)
        #expect(reader.problems == [])
        #expect(reader.counts.events <= 126 * 2046)
        #expect(reader.header.eventsDropped + UInt64(reader.counts.events) >= counts[0] + counts[1])
    }

    /// Runs `record-forever` until its first thread has recorded so many events, and kills it.
    ///
    /// - Returns: Its process identifier, and how many events each thread had recorded when it last said so.
    private func recordUntilKilled(
        _ command: [String], afterEvents minimum: UInt64
    ) throws -> (process: UInt32, counts: [UInt64]) {
        try #require(
            FileManager.default.isExecutableFile(atPath: Self.program),
            "\(Self.program) is not built: run swift build first")
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: command[0])
        process.arguments = Array(command.dropFirst())
        process.standardOutput = pipe
        try process.run()
        let identifier = process.processIdentifier
        var said = ""
        while (Self.counts(said)?.first ?? 0) < minimum {
            let bytes = pipe.fileHandleForReading.availableData
            if bytes.isEmpty { break }
            said += String(decoding: bytes, as: UTF8.self)
        }
        kill(identifier, SIGKILL)
        said += String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationReason == .uncaughtSignal && process.terminationStatus == SIGKILL)
        return (UInt32(identifier), try #require(Self.counts(said), "record-forever said nothing before it was killed"))
    }

    /// The last whole line of what the program said: how many events each thread had recorded.
    private static func counts(_ said: String) -> [UInt64]? {
        guard let end = said.lastIndex(of: "\n") else { return nil }
        let numbers = said[..<end].split(separator: "\n").last?.split(separator: " ").compactMap { UInt64($0) }
        return numbers?.count == 2 ? numbers : nil
    }
}
