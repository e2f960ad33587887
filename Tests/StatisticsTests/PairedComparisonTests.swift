import Statistics
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite("Two arms in the same blocks")
struct PairedComparisonTests {
    private func blocks(_ values: [Double]) -> [PairedComparison.BlockValue] {
        values.enumerated().map { PairedComparison.BlockValue(block: $0.offset, value: $0.element) }
    }

    @Test("difference, ratio and probability are SciPy's paired t test, in whatever order the values come")
    func scipy() throws {
        let comparison = try #require(
            PairedComparison(
                baseline: blocks(ScipyValues.baseline), candidate: blocks(ScipyValues.candidate).reversed()))
        let difference = try #require(comparison.difference.interval)
        #expect(agree(difference.lowerBound, ScipyValues.pairedInterval.0, within: 1e-11))
        #expect(agree(difference.upperBound, ScipyValues.pairedInterval.1, within: 1e-11))
        let ratio = try #require(comparison.ratio?.interval)
        #expect(agree(ratio.lowerBound, ScipyValues.ratioInterval.0, within: 1e-12))
        #expect(agree(ratio.upperBound, ScipyValues.ratioInterval.1, within: 1e-12))
        let probability = try #require(comparison.probabilityOfNoDifference)
        #expect(agree(probability, ScipyValues.pairedProbability, within: 1e-11))
        #expect(comparison.unmatchedBlocks == 0)
    }

    @Test("blocks with one arm take no part and are counted; without a common block there is no comparison")
    func unmatched() throws {
        let baseline = [PairedComparison.BlockValue(block: 1, value: 2), .init(block: 2, value: 4)]
        let candidate = [PairedComparison.BlockValue(block: 2, value: 5), .init(block: 3, value: 9)]
        let comparison = try #require(PairedComparison(baseline: baseline, candidate: candidate))
        #expect(comparison.difference == Estimate(value: 1, interval: nil, processValues: [1]))
        #expect(comparison.ratio?.processValues == [1.25])
        #expect(comparison.unmatchedBlocks == 2)
        #expect(comparison.probabilityOfNoDifference == nil)
        #expect(PairedComparison(baseline: [baseline[0]], candidate: candidate) == nil)
    }

    @Test("a value of zero has a difference but no ratio")
    func zero() throws {
        let comparison = try #require(PairedComparison(baseline: blocks([0, 1]), candidate: blocks([1, 2])))
        #expect(comparison.ratio == nil)
        #expect(comparison.difference.value == 1)
        #expect(comparison.probabilityOfNoDifference == nil)
    }

    @Test("the 95 % interval of the ratio holds the truth in 93–97 % of 2,000 samples", arguments: [4, 10])
    func coverage(blockCount: Int) {
        var generator = SeededGenerator(state: UInt64(blockCount))
        let truth = 1.07
        var held = 0
        for _ in 0..<2000 {
            var (baseline, candidate): ([Double], [Double]) = ([], [])
            for _ in 0..<blockCount {
                // What the machine does to a block it does to both arms; each process adds its own.
                let block = generator.normal(mean: 4, deviation: 0.5)
                baseline.append(exp(block + generator.normal(deviation: 0.05)))
                candidate.append(truth * exp(block + generator.normal(deviation: 0.05)))
            }
            let ratio = PairedComparison(baseline: blocks(baseline), candidate: blocks(candidate))?.ratio
            if let interval = ratio?.interval, interval.contains(truth) { held += 1 }
        }
        #expect((1860...1940).contains(held))
    }
}
