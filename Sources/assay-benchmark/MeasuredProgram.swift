import CProbes
import Foundation
import Subprocess
import SystemPackage

/// A program that a benchmark runs as a process of its own, for the figures that it reports of itself.
struct MeasuredProgram {
    let path: FilePath
    /// What stands before the arguments of each run.
    var firstArguments: [String] = []

    /// What a run took, from before the process was made until it had ended, and the last line that it printed.
    struct Outcome {
        var seconds: Double
        var lastLine: String

        /// The line, read as JSON.
        func figures<Figures: Decodable>(_ type: Figures.Type) throws(BenchmarkFailure) -> Figures {
            do {
                return try JSONDecoder().decode(type, from: Data(lastLine.utf8))
            } catch {
                throw BenchmarkFailure(
                    sentence: "'\(lastLine)' does not have the figures that were expected: build both anew (\(error))")
            }
        }
    }

    /// Runs the program to its end, which must be a success.
    func run(_ arguments: [String]) async throws(BenchmarkFailure) -> Outcome {
        let words = firstArguments + arguments
        let status: TerminationStatus
        let (output, errors): (String, String)
        let start = isim_clock_monotonic_nanoseconds()
        do {
            let result = try await Subprocess.run(
                .path(path), arguments: Arguments(words), output: .string(limit: 1 << 20),
                error: .string(limit: 1 << 20))
            (status, output, errors) = (result.terminationStatus, result.standardOutput, result.standardError)
        } catch {
            throw BenchmarkFailure(sentence: "\(path) cannot be run: \(error)")
        }
        let seconds = Double(isim_clock_monotonic_nanoseconds() - start) / 1e9
        guard status.isSuccess else {
            throw BenchmarkFailure(sentence: "\(path) \(words.joined(separator: " ")): \(status): \(errors)")
        }
        return Outcome(seconds: seconds, lastLine: output.split(separator: "\n").last.map(String.init) ?? "")
    }
}
