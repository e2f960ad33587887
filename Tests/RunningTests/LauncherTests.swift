import Subprocess
import SystemPackage
import Testing

/// Runs the launcher by itself, with nothing on its standard input: its lifeline is cut from the start.
private func launch(_ arguments: [String]) async throws -> (status: TerminationStatus, output: String, errors: String) {
    let result = try await run(
        .path(launcher), arguments: Arguments(arguments), output: .string(limit: 10_000),
        error: .string(limit: 10_000))
    return (result.terminationStatus, result.standardOutput, result.standardError)
}

private let options = [
    "--time-limit-nanoseconds", "60000000000", "--grace-nanoseconds", "1000000000", "--output-limit-bytes", "1000",
    "--output", "/dev/null", "--errors", "/dev/null",
]

@Suite("The launcher", .timeLimit(.minutes(5)))
struct LauncherTests {
    static let range = "expected a whole number from 0 to 2305843009213693951"
    static let end = ["--", "/bin/true"]
    static func environment(interval: String, rows: String) -> [String] {
        ["--environment", "/dev/null", "--environment-interval-nanoseconds", interval]
            + ["--environment-rows", rows, "--machine", "/"]
    }
    static let withoutLimit = Array(options.dropFirst(2)) + ["--", "/bin/true"]

    static let refusals: [(arguments: [String], complaint: String)] = [
        ([], "--time-limit-nanoseconds is missing"),
        (withoutLimit, "--time-limit-nanoseconds is missing"),
        (options, "the program is missing: put it after --"),
        (["--speed", "9"] + withoutLimit, "unknown or incomplete option --speed"),
        (["--output"], "unknown or incomplete option --output"),
        (["--time-limit-nanoseconds", "-1"] + withoutLimit, "--time-limit-nanoseconds -1: \(range)"),
        (["--time-limit-nanoseconds", "5s"] + withoutLimit, "--time-limit-nanoseconds 5s: \(range)"),
        (options + ["--environment", "file"] + end, "--environment-interval-nanoseconds is missing"),
        (options + ["--machine", "/"] + end, "--environment is missing"),
        (
            options + environment(interval: "999999", rows: "16") + end,
            "--environment-interval-nanoseconds 999999: expected a whole number from 1000000 to 2305843009213693951"
        ),
        (
            options + environment(interval: "1000000", rows: "4097") + end,
            "--environment-rows 4097: expected a whole number from 4 to 4096"
        ),
    ]

    @Test("refuses a wrong command line with status 64 and a sentence", arguments: refusals)
    func refuses(arguments: [String], complaint: String) async throws {
        let (status, output, errors) = try await launch(arguments)
        #expect(status == .exited(64))
        #expect(output == "")
        #expect(errors == "assay-launcher: \(complaint)\n")
    }

    @Test("refuses to run a program whose output it cannot store, with status 71")
    func noOutputFile() async throws {
        var arguments = options
        arguments[7] = "/nonexistent/output"
        let (status, _, errors) = try await launch(arguments + ["--", "/bin/true"])
        #expect(status == .exited(71))
        #expect(errors == "assay-launcher: /nonexistent/output: No such file or directory\n")
    }

    @Test("ends the program when its lifeline is cut, and reports that all the same")
    func lifeline() async throws {
        let (status, output, _) = try await launch(options + ["--", "/bin/sleep", "1000"])
        #expect(status == .exited(0))
        #expect(output.contains("\"end\":\"signaled\",\"code\":15,"))
        #expect(output.contains("\"cause\":\"lifeline\""))
    }
}
