import Analysis
import Experiments
import Testing
import TraceModel

@testable import Comparing

@Suite("PairReader")
struct PairReaderTests {
    @Test("why a side has no value of a metric depends on the metric")
    func obstacles() {
        let p99 = ProcessValues.Key(.stage(.request, .all, .p99), .request)
        let count = ProcessValues.Key(.stage(.request, .all, .count), .request)
        let peak = ProcessValues.Key(.peakMemory, nil)
        var values = ProcessValues()
        values.add(block: 0, values: [peak: 9e6, count: 900, p99: 5e6])
        values.add(block: 1, values: [count: 37])
        #expect(
            PairReader.obstacle(values, peak, .candidate)
                == "peak-memory is known of 1 of the 2 processes of the candidate: a peak that is not clearly above the 2 MB or "
                + "so that a program is started from is not its own (docs/other-programs.md); gate on another metric.")
        #expect(
            PairReader.obstacle(values, p99, .baseline)
                == "request.p99 needs 662 spans in each process, and of the baseline the one with the fewest has 37; measure for "
                + "longer, or gate on a lower percentile.")
        let mean = ProcessValues.Key(.stage(.persist, .all, .mean), .request)
        #expect(
            PairReader.obstacle(values, mean, .candidate)
                == "persist.mean is known of 0 of the 2 processes of the candidate, since some have no span of it; measure for "
                + "longer.")
    }
}
