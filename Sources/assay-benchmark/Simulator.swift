import Running

/// `system-simulator`, which lies beside this program.
struct Simulator {
    private let program: MeasuredProgram

    /// What it reports of itself with `--json`, as far as it is looked at here.
    struct Figures: Decodable {
        var requestsDone: Int
        var requestsOpen: Int
        var writesDone: Int
        var eventsDropped: Int
        /// Nil where the kernel does not tell.
        var peakResidentBytes: Double?
    }

    init() throws(BenchmarkFailure) {
        do throws(RunningError) {
            program = MeasuredProgram(path: try ProgramLocator().path(ofProgram: "system-simulator"))
        } catch {
            throw BenchmarkFailure(sentence: "\(error)")
        }
    }

    /// Runs it without a warm-up, and returns the wall time of the whole process beside its figures.
    func run(_ arguments: [String]) async throws(BenchmarkFailure) -> (seconds: Double, figures: Figures) {
        let outcome = try await program.run(arguments + ["--warm-up", "0s", "--json"])
        return (outcome.seconds, try outcome.figures(Figures.self))
    }
}
