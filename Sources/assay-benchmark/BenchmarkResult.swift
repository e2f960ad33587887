import Quantities
import Statistics

// What a benchmark found, as a value: each prints its own table from these, and the summary takes them together. The same
// code makes them without figures, so that the names of all measures are known before, and without, any measuring.

/// One measure beside its floor or peer, taken in the same run in turn with it.
struct BenchmarkResult {
    /// What the measure has to keep.
    enum Bound {
        case none
        case ratioAtMost(Double)
        case ratioAtLeast(Double)
        /// Of the medians, measured less reference, in the measure's unit.
        case differenceAtMost(Double)
        /// Of the median, in the measure's unit.
        case valueAtMost(Double)
        /// The interval of the difference of the two means, at this confidence, holds zero.
        case sameMean(confidence: Double)
    }

    /// The median over the repetitions, and their range.
    struct Figure {
        let repetitions: [Double]
        let median: Double

        /// Nil if there are no repetitions.
        init?(_ repetitions: [Double]) {
            guard !repetitions.isEmpty else { return nil }
            self.repetitions = repetitions
            median = repetitions.sorted()[repetitions.count / 2]
        }

        func text(decimals: Int) -> String {
            guard repetitions.count > 1, let least = repetitions.min(), let most = repetitions.max() else {
                return median.fixed(decimals)
            }
            return "\(median.fixed(decimals)) (\(least.fixed(decimals))–\(most.fixed(decimals)))"
        }
    }

    /// What is measured, and under which circumstances.
    var name: String
    var unit: String
    /// Nil if it was not measured.
    var measured: Figure?
    /// What it is measured against; nil if there is nothing of the kind.
    var referenceName: String?
    var reference: Figure?
    var bound: Bound
    var decimals = 1
    /// Whether it stands in the summary without a bound, too.
    var isNoteworthy = false

    var isInSummary: Bool {
        if case .none = bound { isNoteworthy } else { true }
    }

    /// Measured over reference, of the medians.
    var ratio: Double? {
        guard let measured, let reference else { return nil }
        return measured.median / reference.median
    }

    /// Measured less reference, of the medians.
    private var excess: Double? {
        guard let measured, let reference else { return nil }
        return measured.median - reference.median
    }

    /// Nil if there is no bound, or not what it takes to judge it.
    var isMet: Bool? {
        switch bound {
        case .none: nil
        case .ratioAtMost(let limit): ratio.map { $0 <= limit }
        case .ratioAtLeast(let limit): ratio.map { $0 >= limit }
        case .differenceAtMost(let limit): excess.map { $0 <= limit }
        case .valueAtMost(let limit): measured.map { $0.median <= limit }
        case .sameMean(let confidence): difference(confidence).map(\.holdsZero)
        }
    }

    static func printTable(_ results: [BenchmarkResult]) {
        print("| measure | unit | measured | floor or peer | its figure | ratio | bound | |")
        print("|---|---|--:|---|--:|--:|--:|---|")
        for result in results { print(result.line) }
    }

    private var line: String {
        let cells = [
            name, unit, text(measured), referenceName ?? "—", text(reference), ratio?.fixed(2) ?? "—", boundText,
            verdict,
        ]
        return "| \(cells.joined(separator: " | ")) |"
    }

    private func text(_ figure: Figure?) -> String { figure?.text(decimals: decimals) ?? "—" }

    private var verdict: String {
        if case .none = bound { return "" }
        return isMet.map { $0 ? "met" : "missed" } ?? "not measured"
    }

    private var boundText: String {
        switch bound {
        case .none:
            return "—"
        case .ratioAtMost(let limit):
            return "≤ \(limit.fixed(1)) ×"
        case .ratioAtLeast(let limit):
            return "≥ \(limit.fixed(1)) ×"
        case .differenceAtMost(let limit):
            let found = excess.map { ": \($0.fixed(decimals))" } ?? ""
            return "≤ \(limit.fixed(0)) \(unit) more\(found)"
        case .valueAtMost(let limit):
            return "≤ \(limit.fixed(limit == limit.rounded() ? 0 : 1)) \(unit)"
        case .sameMean(let confidence):
            let what = "\((confidence * 100).fixed(0)) % interval of the difference of means holds 0"
            guard let interval = difference(confidence)?.interval else { return what }
            return "\(what): \(interval.lowerBound.fixed(1)) to \(interval.upperBound.fixed(1))"
        }
    }

    private func difference(_ confidence: Double) -> MeanDifference? {
        guard let measured, let reference else { return nil }
        return MeanDifference(
            of: Moments(measured.repetitions), and: Moments(reference.repetitions), confidence: confidence)
    }
}

extension Int {
    /// The number with a gap between groups of three digits, as in 12 345.
    var grouped: String {
        var text = ""
        for (index, digit) in String(self).reversed().enumerated() {
            if index > 0 && index % 3 == 0 { text.append(" ") }
            text.append(digit)
        }
        return String(text.reversed())
    }
}
