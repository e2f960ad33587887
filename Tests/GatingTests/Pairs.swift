import Experiments
import TestSupport

@testable import Gating

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Pairs whose ratio has a lognormal spread, for tests of what a gate makes of them.
struct Pairs {
    var generator: SeededGenerator
    /// The effect as a share: 0.05 for 5 % more.
    var effect = 0.0
    /// Of one process, on the logarithm.
    var deviation = 0.01
    var hasControl = false
    /// What the control has more than the baseline, as a share.
    var controlEffect = 0.0

    init(seed: UInt64, effect: Double = 0, deviation: Double = 0.01) {
        generator = SeededGenerator(state: seed)
        self.effect = effect
        self.deviation = deviation
    }

    mutating func pair(_ block: Int) -> PairedSeries.Pair {
        let level = 50e6 * exp(0.2 * normal())
        let baseline = level * exp(deviation * normal())
        let candidate = level * (1 + effect) * exp(deviation * normal())
        let control = level * (1 + controlEffect) * exp(deviation * normal())
        return .init(block: block, baseline: baseline, candidate: candidate, control: hasControl ? control : nil)
    }

    mutating func pairs(_ count: Int) -> [PairedSeries.Pair] { (0..<count).map { pair($0) } }

    private mutating func normal() -> Double {
        let radius = (-2 * log(Double.random(in: .leastNonzeroMagnitude..<1, using: &generator))).squareRoot()
        return radius * cos(2 * .pi * Double.random(in: 0..<1, using: &generator))
    }
}

extension PairedSeries {
    /// A duration for which higher is worse, with a band of 1 %.
    init(
        _ metric: String, cell: String = "", direction: Metric.Direction = .higherIsWorse,
        band: Band = Band(.relative(0.01)), _ pairs: [Pair], invalidity: String? = nil
    ) {
        self.init(
            cell: cell, metric: metric, direction: direction, dimension: .duration, band: band, pairs: pairs,
            invalidity: invalidity)
    }

    /// The same for a metric that needs no name of its own.
    init(
        cell: String = "", band: Band = Band(.relative(0.01)), _ pairs: [Pair], invalidity: String? = nil
    ) {
        self.init("request.p50", cell: cell, band: band, pairs, invalidity: invalidity)
    }

    /// The same value in every pair.
    static func constant(_ baseline: Double, _ candidate: Double, count: Int) -> [Pair] {
        (0..<count).map { Pair(block: $0, baseline: baseline, candidate: candidate) }
    }
}

extension GateSession {
    /// Runs the session on pairs that are all there, giving it no more than it asks for.
    ///
    /// - Returns: Its decision, and how many pairs it asked for, each time.
    mutating func run(_ series: [PairedSeries]) -> (decision: GateDecision, asked: [Int]) {
        var (blocks, asked) = (0, [Int]())
        // A session asks less often than there are looks in it.
        for _ in 0..<1000 {
            let shown = series.map { series in
                var shown = series
                shown.pairs = series.pairs.filter { $0.block < blocks }
                return shown
            }
            switch next(after: shown, blocks: blocks) {
            case .finished(let decision): return (decision, asked)
            case .run(let pairs, _):
                precondition(pairs > blocks, "asked for \(pairs) after \(blocks)")
                asked.append(pairs)
                blocks = pairs
            }
        }
        preconditionFailure("a session without an end")
    }
}
