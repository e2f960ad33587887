// How many of n independent values lie at or below the quantile q is binomial, whatever their distribution. So the r-th
// and the s-th smallest hold the quantile between them with the probability P(r ≤ Binomial(n, q) ≤ s − 1): David &
// Nagaraja 2003, Order Statistics, section 7.1, doi:10.1002/0471722162. For a distribution with atoms, such as
// durations read from a coarse clock, it is at least that (ibid., 7.1).
//
// The ranks are chosen so that neither tail exceeds half of what may be missed; where the sample ends before that, the
// outermost value is taken and the other tail has the rest. Then either end moves inwards as long as the confidence
// asked for is kept, the end that loses less first. The confidence reached is stored: it is never below the asked one.
//
// The values must be independent. Requests of one process are not: over several processes see `PooledQuantile`.

/// Two ranks whose values hold a quantile between them, whatever the distribution of the independent values.
public struct OrderStatisticInterval: Sendable, Equatable {
    /// From 1: the smallest value has rank 1.
    public let lowerRank: Int
    /// Above the lower rank, at most the number of values.
    public let upperRank: Int
    /// The probability that the quantile lies between the two values; at least what was asked for.
    public let confidence: Double

    /// Nil where even the smallest and the largest value together hold the quantile too rarely: qⁿ + (1 − q)ⁿ must not
    /// exceed 1 − confidence.
    ///
    /// The probabilities are exact to 7 digits at 10⁷ values and to 12 at 1,000. O(√n · log n).
    ///
    /// - Parameters:
    ///   - count: How many independent values there are; 0 or more.
    ///   - quantile: Between 0 and 1, both excluded; 0.99 is p99.
    ///   - confidence: Between 0 and 1, both excluded.
    public init?(count: Int, quantile: Double, confidence: Double = 0.95) {
        precondition(count >= 0, "count \(count) below 0")
        precondition(quantile > 0 && quantile < 1, "quantile \(quantile) outside 0…1")
        precondition(confidence > 0 && confidence < 1, "confidence \(confidence) outside 0…1")
        guard count >= 2 else { return nil }
        let tails = Tails(count: count, quantile: quantile)
        let missed = 1 - confidence
        guard tails.below(1) + tails.above(count) <= missed else { return nil }
        let upperShare = max(missed / 2, tails.above(count))
        let lowerShare = max(min(missed / 2, missed - upperShare), tails.below(1))
        // A lower tail that the sample cannot make small leaves less for the upper one.
        let upperRest = max(min(upperShare, missed - lowerShare), tails.above(count))
        var lower = Self.lastRank(to: count - 1) { tails.below($0) <= lowerShare }
        var upper = count + 1 - Self.lastRank(to: count - lower) { tails.above(count + 1 - $0) <= upperRest }
        var (below, above) = (tails.below(lower), tails.above(upper))
        while upper - lower > 1 {
            let (nextBelow, nextAbove) = (tails.below(lower + 1), tails.above(upper - 1))
            if nextBelow - below <= nextAbove - above, nextBelow + above <= missed {
                (lower, below) = (lower + 1, nextBelow)
            } else if below + nextAbove <= missed {
                (upper, above) = (upper - 1, nextAbove)
            } else if nextBelow + above <= missed {
                (lower, below) = (lower + 1, nextBelow)
            } else {
                break
            }
        }
        lowerRank = lower
        upperRank = upper
        self.confidence = 1 - below - above
    }

    /// The values at the two ranks.
    ///
    /// - Parameter sorted: As many values as the interval was made for, ascending.
    public func interval(ofSorted sorted: some RandomAccessCollection<Int64>) -> Interval {
        precondition(sorted.count >= upperRank, "rank \(upperRank) of \(sorted.count) values")
        func value(_ rank: Int) -> Double {
            Double(sorted[sorted.index(sorted.startIndex, offsetBy: rank - 1)])
        }
        return Interval(lowerBound: value(lowerRank), upperBound: value(upperRank))
    }

    /// The largest rank from 1 up to `last` that holds; rank 1 does, and none after one that does not.
    private static func lastRank(to last: Int, where holds: (Int) -> Bool) -> Int {
        var (low, high) = (1, last + 1)
        while low + 1 < high {
            let middle = low + (high - low) / 2
            if holds(middle) { low = middle } else { high = middle }
        }
        return low
    }
}

/// How likely the quantile lies beyond the value of a rank.
private struct Tails {
    let count: Int
    let quantile: Double

    /// P(Binomial(n, q) ≤ r − 1): the quantile is below the r-th smallest value.
    func below(_ rank: Int) -> Double {
        IncompleteBeta.regularized(
            1 - quantile, complement: quantile, Double(count - rank + 1), Double(rank))
    }

    /// P(Binomial(n, q) ≥ s): the quantile is at or above the s-th smallest value.
    func above(_ rank: Int) -> Double {
        IncompleteBeta.regularized(
            quantile, complement: 1 - quantile, Double(rank), Double(count - rank + 1))
    }
}
