/// A benchmark that could not be run to its end.
struct BenchmarkFailure: Error {
    /// What, where, and the next step.
    var sentence: String
}
