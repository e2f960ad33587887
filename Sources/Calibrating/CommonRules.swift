// The rules of common tools, to stand beside the gate on the same data. They ask whether the two sides differ at all, at 5 %,
// and take what they are given for independent.

import Statistics

/// What a rule that knows no band says of two samples.
enum RuleFinding: Sendable, Equatable {
    case slower, faster, same

    /// - Parameters:
    ///   - difference: Candidate less baseline, or whatever has its sign.
    ///   - isSignificant: At the rule's 5 %.
    init(difference: Double, isSignificant: Bool) {
        self = !isSignificant ? .same : difference > 0 ? .slower : .faster
    }
}

enum CommonRules {
    static let level = 0.05

    /// Welch's t test (1947, doi:10.1093/biomet/34.1-2.28), as hyperfine's script and others apply it to runs.
    static func welch(baseline: Moments, candidate: Moments) -> RuleFinding {
        guard let found = MeanDifference(of: candidate, and: baseline, confidence: 1 - level) else { return .same }
        return RuleFinding(difference: found.difference, isSignificant: !found.holdsZero)
    }

    /// The test of Mann and Whitney (1947, doi:10.1214/aoms/1177730491), as benchstat applies it to runs, by its normal
    /// approximation, which is good from some ten values a side on. Ties are broken by order of the sides, half each way: of
    /// durations in nanoseconds there are hardly any.
    static func mannWhitney(baseline: [Int64], candidate: [Int64]) -> RuleFinding {
        let (left, right) = (baseline.sorted(), candidate.sorted())
        var (below, upTo, doubled) = (0, 0, 0)
        for value in right {
            while below < left.count, left[below] < value { below += 1 }
            while upTo < left.count, left[upTo] <= value { upTo += 1 }
            // Pairs in which the baseline is less count twice, equal ones once.
            doubled += below + upTo
        }
        let (n, m) = (Double(left.count), Double(right.count))
        let deviation = (n * m * (n + m + 1) / 12).squareRoot()
        guard deviation > 0 else { return .same }
        let z = (Double(doubled) / 2 - n * m / 2) / deviation
        return RuleFinding(difference: z, isSignificant: StandardNormal.twoSidedProbability(z) < level)
    }
}
