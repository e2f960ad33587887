import Statistics
import TestSupport
import Testing

// Requests of one run are correlated, so a mean over them has no simple interval. Runs of different seeds are
// independent: the mean over them and Student's t make one (Law 2015, *Simulation Modeling and Analysis*, 5th edition,
// chapter 9.5.2: replication and deletion).
//
// Each interval is at 99 %. There are some fifty of them in this room's tests: at every second seed about one would miss the
// truth by chance. At this one, the first that was tried, none does.

/// Independent runs of one system, each with a seed of its own.
enum Replications {
    /// What all seeds are derived from.
    static let seed: UInt64 = 1

    /// One value for each of so many seeds.
    static func run<Value>(_ count: Int = 30, _ body: (_ seed: UInt64) -> Value) -> [Value] {
        var generator = SeededGenerator(state: seed)
        return (0..<count).map { _ in body(generator.next()) }
    }
}

/// Where the mean of a distribution lies, by values drawn from it independently.
struct MeanInterval: CustomStringConvertible {
    let mean: Double
    /// Of the two-sided 99 % interval by Student's t.
    let halfWidth: Double

    init(_ values: [Double]) {
        let count = Double(values.count)
        let mean = values.reduce(0, +) / count
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
        self.mean = mean
        halfWidth = StudentT(degreesOfFreedom: count - 1).quantile(0.995) * (variance / count).squareRoot()
    }

    var description: String { "\(mean) ± \(halfWidth)" }
}

/// Expects the value of a closed form in the 99 % interval of the replications' mean, and the interval narrow enough to
/// tell it from a wrong one.
func expect(
    _ values: [Double], toAgreeWith closedForm: Double, within precision: Double = 0.03, _ name: Comment,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    let interval = MeanInterval(values)
    // A billionth more, for constants: their interval has no width, and their sum is rounded.
    if abs(interval.mean - closedForm) > interval.halfWidth + 1e-9 * closedForm {
        Issue.record(
            "\(name): \(closedForm) is not in \(interval), seed \(Replications.seed)", sourceLocation: sourceLocation)
    }
    #expect(interval.halfWidth <= precision * closedForm, name, sourceLocation: sourceLocation)
}
