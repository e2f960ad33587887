// Warm-up is found, not set. Two methods of unlike nature look for it, one at the error of the mean
// (`MarginalStandardError`), one at changes of level (`ChangePoints`); the later cut of both counts, and a test asks
// whether the rest still moves (`Trend`). The classes are those of Barrett et al. 2017 (doi:10.1145/3133876).
//
// Outliers are never dropped, so neither method may cut them away as a start-up:
// - A stretch that differs between two that are equivalent, such as a pause, is an excursion. As long as excursions are
//   at most 5 % of the batches, they belong to the steady part.
// - MSER-5 cuts behind a single slow batch, because its loss makes the rest look more certain. Its cut counts where the
//   median of the batches before it differs: then they have another level, and not one of them another value.
//
// Two levels differ where they are apart by more than the tolerance, which alone would find noise, and by more than
// three standard errors, which alone would find what is nobody's warm-up. Neighbouring segments pass the second by the
// search that found them; those with an excursion between were never compared.

/// Where a process became steady, if it did.
public struct WarmUpAnalysis: Sendable, Equatable {
    /// What counts as the same level: the larger of a share of the level and an absolute difference.
    public struct Tolerance: Sendable, Equatable {
        /// 0.05 is 5 % of the final level; 0 or more.
        public var share: Double
        /// In nanoseconds, 0 or more: what is too little to matter, however small the level.
        public var floorNanoseconds: Double

        public init(share: Double = 0.05, floorNanoseconds: Double = 0) {
            precondition(share >= 0 && floorNanoseconds >= 0, "tolerance \(share), \(floorNanoseconds) ns below 0")
            self.share = share
            self.floorNanoseconds = floorNanoseconds
        }
    }

    /// How the level of a process moves.
    public enum Course: String, Sendable, Equatable, CaseIterable {
        /// The change points show no change of level that matters.
        case flat
        /// The last level is the fastest, or equal to it.
        case warmUp
        /// An earlier level was faster.
        case slowDown
        /// The level changes in the second half, or what remains after the cut still moves.
        case neverSteady
    }

    /// A movement with a smaller probability than this is one, if it is also larger than the tolerance.
    public static let significance = 0.01
    /// Up to this share of the batches, what differs from the level is an excursion and not a level of its own.
    public static let largestExcursionShare = 0.05

    public let course: Course
    /// How many batches belong to the start-up: the later of both methods' cuts. In a flat process that of MSER-5 may
    /// still leave out a few.
    public let cutIndex: Int
    /// How many values that are.
    public let cutValueCount: Int
    /// The instant of the last value of the start-up; nil where nothing is cut.
    public let cutNanoseconds: Int64?
    /// The mean of the last segment that is long enough to be a level, in nanoseconds.
    public let finalLevel: Double
    /// Two levels that differ by at most so much are the same, in nanoseconds.
    public let toleranceNanoseconds: Double
    public let marginalStandardError: MarginalStandardError
    /// Whether the cut of MSER-5 took part: it is trusted, and there is another level before it.
    public let countsMarginalStandardError: Bool
    public let changePoints: ChangePoints
    /// How many batches precede the steady part by the change points alone.
    public let changePointCutIndex: Int
    /// Of what remains after the cut; nil where fewer than 10 batches do.
    public let trend: Trend?

    /// Nil below 20 batches, 100 values. O(n²) at worst for n batches, at most 2,047.
    ///
    /// - Parameters:
    ///   - series: Of durations in nanoseconds.
    ///   - tolerance: What is too little to matter.
    public init?(of series: BatchSeries, tolerance: Tolerance = Tolerance()) {
        let means = series.means
        guard means.count >= ChangePoints.smallestBatchCount,
            let marginalStandardError = MarginalStandardError(of: means)
        else { return nil }
        // A quarter of what matters: fluctuations below it need not be told apart.
        let roughLevel = Moments(means[(means.count / 2)...]).mean
        let roughTolerance = max(tolerance.share * abs(roughLevel), tolerance.floorNanoseconds)
        guard
            let changePoints = ChangePoints(
                of: means, varianceFloor: roughTolerance * roughTolerance / 16)
        else { return nil }

        let steady = SteadyPart(of: changePoints, in: means, tolerance: tolerance)
        let limit = steady.final.tolerance
        let counts =
            marginalStandardError.isTrusted
            && Self.levelsDiffer(before: marginalStandardError.cutIndex, in: means, by: steady.final)
        let cut = max(counts ? marginalStandardError.cutIndex : 0, steady.start)
        let trend = Trend(of: means[cut...])

        if 2 * cut > means.count || Self.matters(trend, tolerance: limit) {
            course = .neverSteady
        } else if steady.start == 0 {
            course = .flat
        } else {
            course = steady.followsFaster ? .slowDown : .warmUp
        }
        cutIndex = cut
        cutValueCount = cut * series.batchSize
        cutNanoseconds = cut > 0 ? series.endNanoseconds[cut - 1] : nil
        finalLevel = steady.final.mean
        toleranceNanoseconds = limit
        self.marginalStandardError = marginalStandardError
        countsMarginalStandardError = counts
        self.changePoints = changePoints
        changePointCutIndex = steady.start
        self.trend = trend
    }

    private static func levelsDiffer(before cut: Int, in means: [Double], by final: FinalLevel) -> Bool {
        guard cut > 0 else { return false }
        return final.isExceeded(
            by: abs(means[..<cut].median - means[cut...].median), between: Double(cut), and: Double(means.count - cut))
    }

    private static func matters(_ trend: Trend?, tolerance: Double) -> Bool {
        guard let trend else { return false }
        return trend.probability < significance && abs(trend.change) > tolerance
    }
}

/// The level that a process ends at, and what is another one.
private struct FinalLevel {
    let mean: Double
    let tolerance: Double
    private let median: Double
    private let count: Double
    /// Of one batch, as if those joined were all alike.
    private let variance: Double
    private let joinedBatches: Int

    init(
        _ segment: ChangePoints.Segment, in means: [Double], joinedBatches: Int, tolerance: WarmUpAnalysis.Tolerance
    ) {
        mean = segment.mean
        median = means[segment.batches].median
        self.tolerance = max(tolerance.share * abs(segment.mean), tolerance.floorNanoseconds)
        self.joinedBatches = joinedBatches
        count = Double(segment.batches.count)
        variance = Self.variance(segment, joinedBatches: joinedBatches)
    }

    private static func variance(_ segment: ChangePoints.Segment, joinedBatches: Int) -> Double {
        let deviation = segment.standardDeviation ?? 0
        return deviation * deviation * Double(joinedBatches)
    }

    /// Whether a difference between the medians of so many batches is one of level.
    func isExceeded(by difference: Double, between count: Double, and otherCount: Double) -> Bool {
        // The variance of a median is π/2 that of a mean.
        let standardError = (.pi / 2 * variance * (1 / count + 1 / otherCount)).squareRoot()
        return difference > tolerance && difference > 3 * standardError
    }

    /// Whether the level of the first segment, or of one no longer than an excursion, is another one. A start-up of a batch or
    /// two is all of its segment's deviation, and of few batches nobody knows it: so it gets that of the end.
    func isExceeded(byStart segment: ChangePoints.Segment) -> Bool {
        let difference = abs(segment.mean - mean)
        let otherCount = Double(segment.batches.count)
        return difference > tolerance && difference > 3 * (variance / count + variance / otherCount).squareRoot()
    }

    /// Whether the level of another segment is another one: its median, or its mean with the error of its own batches
    /// (Welch). A few long values among many raise a mean by chance, and the calm end would make that look certain.
    func isExceeded(by segment: ChangePoints.Segment, in means: [Double]) -> Bool {
        let otherCount = Double(segment.batches.count)
        if isExceeded(by: abs(means[segment.batches].median - median), between: count, and: otherCount) { return true }
        let difference = abs(segment.mean - mean)
        let other = Self.variance(segment, joinedBatches: joinedBatches)
        return difference > tolerance && difference > 3 * (variance / count + other / otherCount).squareRoot()
    }
}

extension ArraySlice<Double> {
    /// Of a slice that is not empty.
    fileprivate var median: Double {
        let sorted = sorted()
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }
}

/// The longest end of a series that keeps its final level but for short excursions.
private struct SteadyPart {
    let final: FinalLevel
    /// How many batches precede it.
    let start: Int
    /// Whether more than an excursion of what precedes it was faster.
    let followsFaster: Bool

    init(of changePoints: ChangePoints, in means: [Double], tolerance: WarmUpAnalysis.Tolerance) {
        let segments = changePoints.segments
        let count = segments[segments.count - 1].batches.upperBound
        let largestExcursion = WarmUpAnalysis.largestExcursionShare * Double(count)
        let last = segments.last { Double($0.batches.count) > largestExcursion } ?? segments[segments.count - 1]
        let final = FinalLevel(last, in: means, joinedBatches: changePoints.joinedBatches, tolerance: tolerance)
        func differs(_ segment: ChangePoints.Segment) -> Bool {
            segment.batches.lowerBound > 0 && Double(segment.batches.count) > largestExcursion
                ? final.isExceeded(by: segment, in: means) : final.isExceeded(byStart: segment)
        }
        var (start, excursion) = (count, 0)
        for segment in segments.reversed() {
            if differs(segment) {
                excursion += segment.batches.count
                if Double(excursion) > largestExcursion { break }
            } else {
                start = segment.batches.lowerBound
            }
        }
        let faster = segments.filter {
            $0.batches.upperBound <= start && $0.mean < final.mean && differs($0)
        }
        self.final = final
        self.start = start
        followsFaster = Double(faster.reduce(0) { $0 + $1.batches.count }) > largestExcursion
    }
}
