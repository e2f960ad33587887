// Requests that are open when the window closes are slow ones more often than not. Leaving them out makes an overloaded
// system look fast; counting their age as their duration does so too. The product-limit estimator takes from them what
// they tell, that they lasted at least so long: S(t) = Π (1 − d/n) over the instants at which d of the n durations that
// were still at risk ended (Kaplan & Meier 1958, doi:10.1080/01621459.1958.10501452). A duration that ended at the very
// age at which another was cut off ended before it.
//
// It is right where being cut off has nothing to do with the duration that would have been: a window that closes at its
// time, for requests that began in it. The intervals are those of independent durations.
//
// The steps between two censorings telescope, so the product is taken once for each censoring and not for each step:
// without any, S is (n − k)/n to the last digit.

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How durations are distributed where some were cut off before their end.
public struct KaplanMeier: Sendable, Equatable {
    /// The curve's value from one finished duration up to the next.
    struct Step: Sendable, Equatable {
        var nanoseconds: Int64
        var survival: Double
        /// How many of all observations each duration that ended here stands for: 1, and more behind each censoring.
        var weight: Double
        /// Greenwood's sum of d/(n·(n − d)), infinite where none is left.
        var relativeVariance: Double
    }

    /// Ascending, one for each distinct finished duration.
    let steps: [Step]
    public let finishedCount: Int
    public let censoredCount: Int
    /// The largest duration or age; beyond it nothing is known while the curve is above 0.
    public let largestNanoseconds: Int64

    /// Nil where there is neither a finished nor a censored duration. O(n) for n distinct values.
    ///
    /// - Parameters:
    ///   - finished: Durations that ended and how often each occurred, ascending; counts of 0 or more.
    ///   - censored: Ages at which durations were cut off, likewise.
    public init?(finished: [DurationCount], censored: [DurationCount]) {
        let (ends, cuts) = (Self.ascending(finished), Self.ascending(censored))
        finishedCount = ends.reduce(0) { $0 + $1.count }
        censoredCount = cuts.reduce(0) { $0 + $1.count }
        guard let largest = [ends.last?.nanoseconds, cuts.last?.nanoseconds].compactMap(\.self).max() else {
            return nil
        }
        largestNanoseconds = largest
        steps = Self.steps(ends, cuts, atRisk: finishedCount + censoredCount)
    }

    /// S(t): the share of durations longer than t. O(log n).
    ///
    /// - Returns: 0…1; nil beyond the largest observation while the curve is above 0.
    public func survival(at nanoseconds: Int64) -> Double? {
        let survival = step(at: nanoseconds)?.survival ?? 1
        return nanoseconds > largestNanoseconds && survival > 0 ? nil : survival
    }

    /// The variance of S(t): S² Σ d/(n·(n − d)) (Greenwood 1926).
    ///
    /// - Returns: Nil where ``survival(at:)`` is, and where none is left at risk.
    public func variance(at nanoseconds: Int64) -> Double? {
        guard let survival = survival(at: nanoseconds), survival > 0 else { return nil }
        return survival * survival * (step(at: nanoseconds)?.relativeVariance ?? 0)
    }

    /// The interval of S(t), symmetric in ln(−ln S), so that it stays within 0…1 (Kalbfleisch & Prentice 1980).
    ///
    /// - Parameter confidence: Between 0 and 1, both excluded.
    /// - Returns: Nil where S is 0 or 1, which leave no spread to measure, and where ``survival(at:)`` is nil.
    public func survivalInterval(at nanoseconds: Int64, confidence: Double = 0.95) -> Interval? {
        guard survival(at: nanoseconds) != nil, let step = step(at: nanoseconds) else { return nil }
        return Self.band(step, deviations: Self.deviations(confidence))
    }

    /// The smallest duration t with S(t) ≤ 1 − q; where the curve is flat at exactly 1 − q, the middle of that stretch.
    ///
    /// Without censoring it is the inverse of the empirical distribution, averaged at its jumps: definition 2 of Hyndman
    /// & Fan 1996 (doi:10.2307/2684934). The project's own definition on the curve is ``quantile(_:)``. O(log n).
    ///
    /// - Parameter quantile: Above 0, at most 1.
    /// - Returns: In nanoseconds; nil where the curve does not come down so far: the quantile is beyond the largest
    ///   observation. A flat stretch that nothing ends counts from its beginning.
    public func crossing(_ quantile: Double) -> Double? {
        precondition(quantile > 0 && quantile <= 1, "quantile \(quantile) outside 0…1")
        // 1 − 0.99 is not 0.01 in binary: what differs by rounding alone is equal.
        let target = (1 - quantile) + 1e-12
        let low = steps.partitioningIndex { $0.survival <= target }
        guard low < steps.count else { return nil }
        let value = Double(steps[low].nanoseconds)
        guard steps[low].survival >= (1 - quantile) - 1e-12, low + 1 < steps.count else { return value }
        return (value + Double(steps[low + 1].nanoseconds)) / 2
    }

    /// The interval of a quantile: the durations around it at which the interval of S holds 1 − q (Brookmeyer & Crowley 1982,
    /// doi:10.2307/2530286), with that of ``survivalInterval(at:confidence:)``. O(log n) and the steps inside.
    ///
    /// - Parameters:
    ///   - quantile: Between 0 and 1, both excluded.
    ///   - confidence: Between 0 and 1, both excluded.
    /// - Returns: Nil where the curve does not come down far enough even for a lower bound. The last step to 0, after
    ///   which none is at risk, bounds nothing.
    public func quantileInterval(_ quantile: Double, confidence: Double = 0.95) -> QuantileInterval? {
        precondition(quantile > 0 && quantile < 1, "quantile \(quantile) outside 0…1")
        let (target, deviations) = (1 - quantile, Self.deviations(confidence))
        func reaches(_ step: Step, _ bound: (Interval) -> Double) -> Bool {
            Self.band(step, deviations: deviations).map { bound($0) <= target } ?? false
        }
        // The interval of S holds S: before the curve comes down to 1 − q only its lower bound can have.
        let crossing = steps.partitioningIndex { $0.survival <= target }
        var first = crossing
        while first > 0, reaches(steps[first - 1], \.lowerBound) { first -= 1 }
        guard first < crossing || crossing < steps.count && reaches(steps[crossing], \.lowerBound) else { return nil }
        let last = steps[crossing...].first { reaches($0, \.upperBound) }
        return QuantileInterval(
            lowerBound: Double(steps[first].nanoseconds), upperBound: last.map { Double($0.nanoseconds) })
    }

    /// The mean of min(duration, horizon): the area under the curve up to there. O(n).
    ///
    /// - Parameter horizonNanoseconds: Where to stop; ``largestNanoseconds`` is as far as the data go.
    /// - Returns: In nanoseconds; nil beyond the largest observation while the curve is above 0.
    public func restrictedMean(to horizonNanoseconds: Int64) -> Double? {
        guard survival(at: horizonNanoseconds) != nil else { return nil }
        let horizon = Double(horizonNanoseconds)
        var position = min(0, horizon, steps.first.map { Double($0.nanoseconds) } ?? 0)
        var (mean, survival) = (position, 1.0)
        for step in steps where step.nanoseconds < horizonNanoseconds {
            mean += survival * (Double(step.nanoseconds) - position)
            (position, survival) = (Double(step.nanoseconds), step.survival)
        }
        return mean + survival * (horizon - position)
    }

    /// The last step at or before t; nil before the first.
    private func step(at nanoseconds: Int64) -> Step? {
        let next = steps.partitioningIndex { $0.nanoseconds > nanoseconds }
        return next > 0 ? steps[next - 1] : nil
    }
}

extension KaplanMeier {
    /// Where a quantile lies, in nanoseconds.
    public struct QuantileInterval: Sendable, Equatable {
        public let lowerBound: Double
        /// Nil where the observations end before there is one.
        public let upperBound: Double?
    }

    private static func steps(
        _ finished: [DurationCount], _ censored: [DurationCount], atRisk: Int
    ) -> [Step] {
        var steps: [Step] = []
        steps.reserveCapacity(finished.count)
        let whole = atRisk
        var (atRisk, nextCensored, relativeVariance, survival) = (atRisk, 0, 0.0, 1.0)
        // Since the last censoring: what was left of the curve, and how many were at risk.
        var (startSurvival, startAtRisk) = (1.0, atRisk)
        for end in finished {
            let (nanoseconds, count) = (end.nanoseconds, end.count)
            while nextCensored < censored.count, censored[nextCensored].nanoseconds < nanoseconds {
                atRisk -= censored[nextCensored].count
                nextCensored += 1
                (startSurvival, startAtRisk) = (survival, atRisk)
            }
            let weight = survival * Double(whole) / Double(atRisk)
            relativeVariance += Double(count) / (Double(atRisk) * Double(atRisk - count))
            atRisk -= count
            survival = startSurvival * (Double(atRisk) / Double(startAtRisk))
            steps.append(
                Step(
                    nanoseconds: nanoseconds, survival: survival, weight: weight, relativeVariance: relativeVariance))
        }
        return steps
    }

    /// Without counts of zero, and with equal neighbours as one.
    private static func ascending(_ values: [DurationCount]) -> [DurationCount] {
        var result: [DurationCount] = []
        result.reserveCapacity(values.count)
        for value in values {
            precondition(value.count >= 0, "count \(value.count) of \(value.nanoseconds) ns below 0")
            guard value.count > 0 else { continue }
            if let last = result.last {
                precondition(
                    last.nanoseconds <= value.nanoseconds, "\(value.nanoseconds) ns after \(last.nanoseconds) ns")
                if last.nanoseconds == value.nanoseconds {
                    result[result.count - 1].count += value.count
                    continue
                }
            }
            result.append(value)
        }
        return result
    }

    private static func deviations(_ confidence: Double) -> Double {
        precondition(confidence > 0 && confidence < 1, "confidence \(confidence) outside 0…1")
        return StandardNormal.quantile(0.5 + confidence / 2)
    }

    private static func band(_ step: Step, deviations: Double) -> Interval? {
        guard step.survival > 0, step.survival < 1 else { return nil }
        let margin = exp(deviations * step.relativeVariance.squareRoot() / abs(log(step.survival)))
        return Interval(lowerBound: pow(step.survival, margin), upperBound: pow(step.survival, 1 / margin))
    }
}
