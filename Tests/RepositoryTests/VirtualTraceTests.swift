import Foundation
import Subprocess
import SystemPackage
import Testing

/// In virtual time the same seed and parameters write the same trace, byte for byte, in every process and on every
/// machine.
@Suite("Traces in virtual time", .timeLimit(.minutes(10)))
struct VirtualTraceTests {
    /// Between them they draw all that can be drawn: normal, uniform and exponential delays, and arrivals.
    static let loads: [(options: [String], digest: String)] = [
        (
            ["--clients", "40", "--think-time", "200ms"],
            "db45b48f3a479569ae9df6e107dc9bce5d2ce924df486574c018fb75034c268a"
        ),
        (
            [
                "--clients", "200", "--arrivals", "poisson(150/s)", "--write-delay",
                "uniform(10ms, 40ms) + exponential(25ms)", "--stall", "100ms/1s", "--seed", "18446744073709551615",
            ],
            "c2af43a586ed965d0063ef85a113d3f6b6a53ba064a464e8c520109991959a90"
        ),
    ]

    // The digest is of the bytes that docs/trace-format.md describes, and of debug and optimised builds alike. It changes
    // with the version of the format, and where the model takes other steps or draws otherwise: then the new one is
    // written here. Where it differs on some machine only, a draw depends on the machine: on a function of its C library,
    // the order of a hash, a clock.
    @Test("the trace is the one that was written down here, on whichever machine", arguments: loads)
    func golden(options: [String], digest: String) async throws {
        let trace = try await Self.trace(options)
        #expect(try await Self.sha256(of: trace) == digest, "\(trace.count) bytes")
    }

    @Test("neither language nor time zone, environment nor number of CPUs changes a byte", arguments: loads)
    func surroundings(options: [String], digest: String) async throws {
        let plain = try await Self.trace(options)
        let odd = try await Self.trace(
            options,
            environment: [
                "LC_ALL": "tr_TR.UTF-8", "LANG": "de_DE.UTF-8", "TZ": "Pacific/Kiritimati",
                "SWIFT_DETERMINISTIC_HASHING": "1", "MALLOC_CONF": "narenas:1",
            ])
        #expect(odd == plain)
        let pinned = try await Self.trace(options, through: ["taskset", "--cpu-list", try Self.firstCPU()])
        #expect(pinned == plain)
    }

    @Test("another seed writes another trace")
    func otherSeed() async throws {
        let one = try await Self.trace(["--seed", "1"])
        let two = try await Self.trace(["--seed", "2"])
        #expect(one != two)
    }

    /// The bytes that a process of its own writes.
    ///
    /// - Parameter launcher: A program with its arguments that starts the simulator.
    private static func trace(
        _ options: [String], environment: [Environment.Key: String?] = [:], through launcher: [String] = []
    ) async throws -> Data {
        let file = URL(filePath: NSTemporaryDirectory()).appending(path: "assay-virtual-\(UUID().uuidString)")
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: file) } }
        let command =
            launcher + [Repository.programs.appending(path: "system-simulator").path, "--clock", "virtual"]
            + ["--warm-up", "500ms", "--measure", "2s", "--trace", file.path] + options
        let result = try await run(
            command[0].contains("/") ? .path(FilePath(command[0])) : .name(command[0]),
            arguments: Arguments(Array(command.dropFirst())), environment: .inherit.updating(environment),
            output: .string(limit: 1 << 16), error: .string(limit: 1 << 16))
        try #require(result.terminationStatus == .exited(0), "\(result.standardError)")
        return try Data(contentsOf: file)
    }

    /// The first CPU that this process may run on.
    private static func firstCPU() throws -> String {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("Cpus_allowed_list:") })
        return String(line.drop { !$0.isNumber }.prefix { $0.isNumber })
    }

    /// As `sha256sum` prints it.
    private static func sha256(of data: Data) async throws -> String {
        let result = try await run(
            .name("sha256sum"), input: .data(data), output: .string(limit: 1000), error: .string(limit: 1000))
        return String(result.standardOutput.prefix(64))
    }
}
