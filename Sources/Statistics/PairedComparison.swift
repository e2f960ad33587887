// Two arms that ran side by side, compared block by block. What the machine did to a block it did to both arms, so it
// cancels in the difference; tests that pool or treat the arms as independent call two runs of the same program
// different in a fifth to four fifths of the cases (A/A pairs on a contended 2-core machine; paired: 0 to 3 %).
// Method: Student's paired t on the processes' values, on the logarithm for the ratio.

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// One arm against another, from the values of processes that ran in the same blocks.
public struct PairedComparison: Sendable, Equatable {
    /// A value of one process and the block that it ran in.
    public struct BlockValue: Sendable, Equatable {
        public var block: Int
        public var value: Double

        public init(block: Int, value: Double) {
            self.block = block
            self.value = value
        }
    }

    /// Candidate minus baseline, one value a block, with the 95 % interval of the mean.
    public let difference: Estimate
    /// Candidate over baseline: the geometric mean of the blocks' ratios with its 95 % interval, and the ratios; nil
    /// where a value is zero or negative.
    public let ratio: Estimate?
    /// The two-sided probability of a mean difference at least this large if there was none; nil below two blocks, and
    /// where all differences are equal, so that there is no spread to measure them by.
    public let probabilityOfNoDifference: Double?
    /// Blocks in which only one arm has a value; they take no part.
    public let unmatchedBlocks: Int

    /// Nil where no block has both arms.
    ///
    /// - Parameters:
    ///   - baseline: At most one value a block, finite.
    ///   - candidate: At most one value a block, finite.
    public init?(baseline: [BlockValue], candidate: [BlockValue]) {
        let candidates = Dictionary(uniqueKeysWithValues: candidate.map { ($0.block, $0.value) })
        let pairs = baseline.sorted { $0.block < $1.block }.compactMap { value in
            candidates[value.block].map { (baseline: value.value, candidate: $0) }
        }
        guard !pairs.isEmpty else { return nil }
        unmatchedBlocks = baseline.count + candidate.count - 2 * pairs.count
        let differences = pairs.map { $0.candidate - $0.baseline }
        difference = Estimate(processValues: differences)
        ratio = Self.ratio(pairs)
        probabilityOfNoDifference = Moments(differences).probabilityOfZeroMean
    }

    /// The interval of the mean difference at another confidence than 95 %; nil below two blocks.
    public func differenceInterval(confidence: Double) -> Interval? { difference.interval(confidence: confidence) }

    /// The interval of the ratio at another confidence than 95 %; nil below two blocks or without a ratio.
    public func ratioInterval(confidence: Double) -> Interval? {
        guard let ratio else { return nil }
        return Interval(of: Moments(ratio.processValues.map { log($0) }), confidence: confidence).map {
            Interval(lowerBound: exp($0.lowerBound), upperBound: exp($0.upperBound))
        }
    }

    private static func ratio(_ pairs: [(baseline: Double, candidate: Double)]) -> Estimate? {
        guard pairs.allSatisfy({ $0.baseline > 0 && $0.candidate > 0 }) else { return nil }
        let logarithms = Moments(pairs.map { log($0.candidate / $0.baseline) })
        let interval = Interval(of: logarithms).map {
            Interval(lowerBound: exp($0.lowerBound), upperBound: exp($0.upperBound))
        }
        return Estimate(
            value: exp(logarithms.mean), interval: interval, processValues: pairs.map { $0.candidate / $0.baseline })
    }
}
