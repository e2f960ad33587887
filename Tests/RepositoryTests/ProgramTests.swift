import Foundation
import Subprocess
import SystemPackage
import Testing

/// The programs as a user meets them: bad command lines end with one clear sentence, the documented status, and nothing
/// written; a short run ends with figures that agree with its own trace.
@Suite("Programs")
struct ProgramTests {
    struct Outcome {
        var status: TerminationStatus
        var output: String
        var errors: String
        /// What the program left in its working directory.
        var written: [String]
    }

    /// Runs a built program in an empty folder.
    static func launch(_ program: String, _ arguments: [String]) async throws -> Outcome {
        let folder = URL(filePath: NSTemporaryDirectory()).appending(path: "assay-program-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: folder) } }
        let result = try await run(
            .path(FilePath(Repository.programs.appending(path: program).path)), arguments: Arguments(arguments),
            workingDirectory: FilePath(folder.path), output: .string(limit: 1 << 22), error: .string(limit: 1 << 20))
        let written = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        return Outcome(
            status: result.terminationStatus, output: result.standardOutput, errors: result.standardError,
            written: written)
    }

    @Test(
        "a simulator option that cannot be is refused with status 64, a sentence, and nothing written",
        arguments: [
            ["--clients", "0"], ["--clients", "-1"], ["--clients", "many"], ["--clients", "1.5"], ["--clients"],
            ["--clients", "99999999999999999999"], ["--clients", "100001"], ["--permits", "0"], ["--permits", "-8"],
            ["--permits", "8 per"], ["--permits", "8 per customer"], ["--permits", "eight"],
            ["--writes", "sometimes"], ["--writes", ""], ["--write-delay", "50"], ["--write-delay", "50 parsecs"],
            ["--write-delay", "-5ms"], ["--write-delay", "unifrm(1ms, 2ms)"], ["--write-delay", "uniform(2ms, 1ms)"],
            ["--write-delay", "normal(5ms"], ["--write-delay", "50ms +"], ["--write-delay", ""],
            ["--network-delay", "exponential(-1ms)"], ["--think-time", "1e400s"], ["--think-time", "soon"],
            ["--start", "together"], ["--runtime", "task"], ["--workers", "0"], ["--workers", "2000"],
            ["--runtime", "threads", "--workers", "4"], ["--runtime", "dispatch", "--workers", "4"],
            ["--runtime", "threads", "--clients", "100000"], ["--warm-up", "-1s"], ["--warm-up", "5"],
            ["--measure", "0s"], ["--measure", "9999999999h"], ["--seed", "-1"], ["--seed", "x"],
            ["--seed", "99999999999999999999999"], ["--no-such-option"], ["stray"],
            ["--write-delay", "0s", "--network-delay", "0s", "--think-time", "0s"],
        ])
    func simulatorRefuses(options: [String]) async throws {
        let outcome = try await Self.launch("system-simulator", options + ["--trace", "t"])
        #expect(outcome.status == .exited(64), "\(outcome.status): \(outcome.errors)")
        #expect(outcome.errors.hasPrefix("system-simulator: "), "\(outcome.errors)")
        #expect(outcome.output.isEmpty)
        #expect(outcome.written.isEmpty, "\(outcome.written)")
    }

    @Test(
        "an assay command line that cannot be is refused with its documented status, and nothing is written",
        arguments: [
            (["run"], 64), (["run", "--profile"], 64), (["run", "x.yaml", "--seed", "-3"], 64), (["fly"], 64),
            (["run", "--no-such-option", "x.yaml"], 64), (["plan"], 64), (["trace"], 0), (["trace", "summary"], 64),
            (["run", "absent.yaml"], 66), (["plan", "absent.yaml"], 66), (["trace", "summary", "absent"], 66),
            (["report", "absent.yaml"], 66), (["trace", "summary", "/dev/null"], 65), (["plan", "/tmp"], 65),
            (["trace", "summary", "/tmp"], 66), (["plan", "/dev/null"], 65),
            (["doctor", "--results", ""], 64), (["doctor"], 0),
        ] as [([String], Int32)])
    func assayRefuses(arguments: [String], status: Int32) async throws {
        let outcome = try await Self.launch("assay", arguments)
        #expect(outcome.status == .exited(status), "\(outcome.status): \(outcome.errors)")
        #expect(status == 0 || !outcome.errors.isEmpty)
        #expect(outcome.written.isEmpty, "\(outcome.written)")
    }

    @Test(
        "a simulator option that is refused is told of in the words of the help",
        arguments: [
            (
                ["--runtime", "dispatch", "--spin", "60us"],
                "--spin does nothing with --runtime dispatch, whose threads do not watch the clock; leave it out"
            ),
            (
                ["--runtime", "threads", "--workers", "3"],
                "--workers does nothing with --runtime threads, which has no workers to count; leave it out"
            ),
            (["--measure", "25h"], "--measure: '25h' is not from 1ns to 24h"),
            (["--warm-up", "24.5h"], "--warm-up: '24.5h' is not from 0s to 24h"),
            (["--think-time", "90min"], "--think-time: '90min' has a mean of 5400s, and 1h is the most allowed"),
            (
                ["--arrivals", "paced(100/min)"],
                "--arrivals: 'paced(100/min)' has a rate that cannot be read: write requests a second, as in paced(100/s)"
            ),
        ])
    func simulatorSays(options: [String], sentence: String) async throws {
        let outcome = try await Self.launch("system-simulator", options)
        #expect(outcome.errors == "system-simulator: \(sentence)\n")
    }

    @Test("every example in the simulator's help can be pasted from a terminal of 80 columns")
    func examples() async throws {
        let help = try await Self.launch("system-simulator", ["--help"]).output
        let section = try #require(help.components(separatedBy: "EXAMPLES\n").dropFirst().first)
        let lines = section.components(separatedBy: "\n\n")[0].split(separator: "\n")
        #expect(lines.count > 3)
        for (line, next) in zip(lines, lines.dropFirst()) {
            #expect(line.count <= 80)
            #expect(next.hasPrefix("  system-simulator") != line.hasSuffix(" \\"), "\(line)")
        }
    }

    @Test("a short run reports counts that agree with the books", arguments: ["tasks", "dispatch", "threads"])
    func shortRun(runtime: String) async throws {
        let outcome = try await Self.launch(
            "system-simulator",
            [
                "--runtime", runtime, "--clients", "20", "--write-delay", "2ms", "--network-delay", "1ms",
                "--think-time", "10ms", "--warm-up", "50ms", "--measure", "300ms", "--json", "--trace", "t",
            ])
        #expect(outcome.status == .exited(0), "\(outcome.errors)")
        #expect(outcome.written == ["t"])
        let last = try #require(outcome.output.split(separator: "\n").last)
        let figures = try #require(
            try JSONSerialization.jsonObject(with: Data(last.utf8)) as? [String: Double], "\(last)")
        for name in [
            "requestsStarted", "requestsDone", "requestsOpen", "blocked", "nonblocked", "writesStarted", "writesDone",
            "measuredSeconds", "cpuSeconds", "seed", "allocations", "allocatedBytes", "negativeDraws",
        ] {
            #expect(figures[name] != nil, "\(name) is missing in \(last)")
        }
        #expect(figures["eventsDropped"] == 0)
        #expect((figures["requestsOpen"] ?? -1) <= 20)
        #expect((figures["measuredSeconds"] ?? 0) >= 0.3)
        #expect((figures["recordingNanoseconds"] ?? 0) > 0)
    }

    @Test(
        "what recording an event costs is null where no real time is recorded",
        arguments: [["--clock", "virtual", "--trace", "t"], ["--clock", "virtual"], ["--measure", "10ms"]])
    func recordingCost(options: [String]) async throws {
        let outcome = try await Self.launch(
            "system-simulator", ["--warm-up", "0s", "--measure", "1s", "--json"] + options)
        #expect(outcome.output.contains("\"recordingNanoseconds\":null}"), "\(outcome.output)")
        #expect(outcome.errors == "")
    }
}
