// Where a process changes its pace: changes of mean or variance with the penalty 15 ln n, with which Barrett et al. 2017
// (doi:10.1145/3133876) found the warm-up of virtual machines. It supposes independent values. Batch means of a queue
// are not: on a first-order autoregression with φ = 0.9 a third of steady series would show a change, on the waits of
// an M/M/1 queue at 80 % load more than half.
//
// So neighbours are joined as long as they are clearly correlated and 20 remain. The correlation is measured by the
// medians of the absolute differences at distance 1 and 2, (m₂/m₁)² − 1 (Chakar, Lebarbier, Lévy-Leduc & Robin
// 2017, doi:10.3150/15-BEJ782): a change of level spoils a few differences and no median, while an ordinary correlation
// would take the very change for correlation and join it away. Measured beside two roads not taken: inflating the
// penalty by the correlation time (1 + φ)/(1 − φ) alarms as rarely, but misses a step of 8 standard deviations in
// three of four series at φ = 0.9 where joining misses one in a hundred; whitening misses more of the smaller steps.

/// A series of batch means as stretches of constant mean and variance.
public struct ChangePoints: Sendable, Equatable {
    /// Below so many batches nothing can be said.
    public static let smallestBatchCount = 20

    /// Neighbouring batches between two changes.
    public struct Segment: Sendable, Equatable {
        /// Which batches, from 0.
        public let batches: Range<Int>
        /// Of the batches' means.
        public let mean: Double
        /// Of the batches' means, with n − 1 in the denominator; nil for a single batch.
        public let standardDeviation: Double?
    }

    /// Ascending, without gaps, at least one.
    public let segments: [Segment]
    /// How many batches were joined to one before the search: changes are found to within that many.
    public let joinedBatches: Int

    /// Nil below 20 batches. O(n) for many changes, O(n²) for none.
    ///
    /// - Parameters:
    ///   - means: Of equally large batches in their order; finite.
    ///   - varianceFloor: What the variance of joined means is taken for where it is smaller, in the means' unit squared;
    ///     0 or more. A fluctuation that does not matter should not make a smaller one a change.
    public init?(of means: [Double], varianceFloor: Double = 0) {
        guard means.count >= Self.smallestBatchCount else { return nil }
        precondition(varianceFloor >= 0, "variance floor \(varianceFloor) below 0")
        let size = BatchJoining.size(
            for: means, leaving: Self.smallestBatchCount, correlation: Self.correlationDespiteChanges)
        let joined = BatchJoining.joined(means, by: size)
        // Nine digits of the largest mean are as many as are told apart.
        let resolution = 1e-9 * (means.map(abs).max() ?? 0)
        let changes = OptimalPartition.changes(
            in: joined, penalty: Self.penalty(joined.count),
            varianceFloor: max(varianceFloor, resolution * resolution, .leastNormalMagnitude))
        let bounds = [0] + changes.map { $0 * size } + [means.count]
        segments = zip(bounds, bounds.dropFirst()).map { start, end in
            let moments = Moments(means[start..<end])
            return Segment(batches: start..<end, mean: moments.mean, standardDeviation: moments.standardDeviation)
        }
        joinedBatches = size
    }

    /// How many batches precede each change, ascending; empty where there is none.
    public var changes: [Int] { segments.dropFirst().map(\.batches.lowerBound) }
}

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension ChangePoints {
    static func penalty(_ count: Int) -> Double { 15 * log(Double(count)) }

    /// The lag-1 correlation from the medians of |xᵢ₊₁ − xᵢ| and |xᵢ₊₂ − xᵢ|; 0 where most neighbours are equal.
    static func correlationDespiteChanges(_ values: [Double]) -> Double {
        func medianDifference(_ distance: Int) -> Double {
            let differences = zip(values, values.dropFirst(distance)).map { abs($1 - $0) }.sorted()
            let middle = differences.count / 2
            return differences.count % 2 == 1
                ? differences[middle] : (differences[middle - 1] + differences[middle]) / 2
        }
        let (near, far) = (medianDifference(1), medianDifference(2))
        return near > 0 ? far * far / (near * near) - 1 : 0
    }
}
