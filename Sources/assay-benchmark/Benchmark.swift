import Glibc

/// Something to measure, by its name on the command line.
struct Benchmark {
    let name: String
    /// Measures, prints the tables in Markdown, and returns every result.
    let run: () async throws(BenchmarkFailure) -> [BenchmarkResult]
    /// The same results without figures.
    let unmeasured: [BenchmarkResult]

    init(
        _ name: String, _ run: @escaping () async throws(BenchmarkFailure) -> [BenchmarkResult],
        unmeasured: [BenchmarkResult] = []
    ) {
        self.name = name
        self.run = run
        self.unmeasured = unmeasured
    }

    /// The results; without figures, and with the reason on standard error, if it could not be run.
    func results() async -> (results: [BenchmarkResult], isComplete: Bool) {
        do throws(BenchmarkFailure) {
            return (try await run(), true)
        } catch {
            complain("\(name): \(error.sentence)")
            return (unmeasured, false)
        }
    }
}

/// A file of this process in the folder for temporary files, which is not there yet.
func temporaryPath() -> String {
    let path = "/tmp/assay-benchmark-\(getpid()).trace"
    unlink(path)
    return path
}
