import Quantities

// What a benchmark found, as a value: each prints its own table from these, and whoever wants one table of all takes
// them together.

/// One measure beside its floor or peer, taken in the same run in turn with it.
struct BenchmarkResult {
    /// Whether the bound is the most or the least that is allowed.
    enum Bound {
        case none
        case ratioAtMost(Double)
        case ratioAtLeast(Double)
        case valueAtMost(Double)
    }

    /// The median over the repetitions, and their range.
    struct Figure {
        var median: Double
        var minimum: Double
        var maximum: Double

        init(_ repetitions: [Double]) {
            precondition(!repetitions.isEmpty, "a figure of nothing")
            let sorted = repetitions.sorted()
            median = sorted[sorted.count / 2]
            minimum = sorted[0]
            maximum = sorted[sorted.count - 1]
        }

        func text(decimals: Int) -> String {
            "\(median.fixed(decimals)) (\(minimum.fixed(decimals))–\(maximum.fixed(decimals)))"
        }
    }

    /// What is measured, and under which circumstances.
    var name: String
    var unit: String
    var measured: Figure
    /// What it is measured against.
    var referenceName: String
    var reference: Figure
    var bound: Bound
    var decimals = 1

    /// Measured over reference, of the medians.
    var ratio: Double { measured.median / reference.median }

    /// Nil if there is no bound.
    var isMet: Bool? {
        switch bound {
        case .none: nil
        case .ratioAtMost(let limit): ratio <= limit
        case .ratioAtLeast(let limit): ratio >= limit
        case .valueAtMost(let limit): measured.median <= limit
        }
    }

    static func printTable(_ results: [BenchmarkResult]) {
        print("| measure | unit | measured | floor or peer | its figure | ratio | bound | |")
        print("|---|---|--:|---|--:|--:|--:|---|")
        for result in results { print(result.line) }
    }

    private var line: String {
        let cells = [
            name, unit, measured.text(decimals: decimals), referenceName, reference.text(decimals: decimals),
            ratio.fixed(2), boundText, isMet.map { $0 ? "met" : "missed" } ?? "",
        ]
        return "| \(cells.joined(separator: " | ")) |"
    }

    private var boundText: String {
        switch bound {
        case .none: "—"
        case .ratioAtMost(let limit): "≤ \(limit.fixed(1)) ×"
        case .ratioAtLeast(let limit): "≥ \(limit.fixed(1)) ×"
        case .valueAtMost(let limit): "≤ \(limit.fixed(1)) \(unit)"
        }
    }
}
