import Subprocess
import SystemPackage

/// A program of the system that is asked a question, such as `git` or `sha256sum`.
enum Tool {
    /// What the tool prints on standard output, without the line break at its end; nil where it is missing, fails, or
    /// takes more than a minute or prints more than a mebibyte. The question then has no answer, which is no error.
    ///
    /// - Parameter input: What the tool reads, closed afterwards; nothing if nil.
    static func answer(_ name: String, _ arguments: [String], input: FileDescriptor? = nil) async -> String? {
        do {
            return try await limited(to: .seconds(60)) { await run(name, arguments, input: input) } ?? nil
        } catch {
            // The body throws nothing, and a cancelled one gives no answer.
            return nil
        }
    }

    /// What the body gives; nil if it takes longer than the limit, and is cancelled for that.
    static func limited<Value: Sendable>(
        to limit: Duration, _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value? {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await body() }
            group.addTask {
                do {
                    try await Task.sleep(for: limit)
                } catch {
                    // Cancelled, since the body has ended; what this task returns is not looked at.
                    return nil
                }
                return nil
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
    }

    private static func run(_ name: String, _ arguments: [String], input: FileDescriptor?) async -> String? {
        do {
            // The user's own environment: git looks there for its settings, and PATH leads to the toolchain.
            let environment = Environment.inherit.updating(["LC_ALL": "C"])
            let limit = 1 << 20
            let status: TerminationStatus
            let output: String
            if let input {
                let result = try await Subprocess.run(
                    .name(name), arguments: Arguments(arguments), environment: environment,
                    input: .fileDescriptor(input, closeAfterSpawningProcess: true), output: .string(limit: limit))
                (status, output) = (result.terminationStatus, result.standardOutput)
            } else {
                let result = try await Subprocess.run(
                    .name(name), arguments: Arguments(arguments), environment: environment,
                    output: .string(limit: limit))
                (status, output) = (result.terminationStatus, result.standardOutput)
            }
            guard status.isSuccess else { return nil }
            return output.hasSuffix("\n") ? String(output.dropLast()) : output
        } catch {
            // Not there, or not willing: there is no answer, and nil says so.
            return nil
        }
    }
}
