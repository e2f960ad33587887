import Experiments
import Gating

/// The pairs of a synthetic session so far, as a gate is given them.
struct SyntheticPairs {
    /// One for each metric of a process, all with the same band.
    private(set) var series: [PairedSeries]
    private(set) var baseline: [SyntheticSession.Process] = []
    private(set) var candidate: [SyntheticSession.Process] = []
    private var session: SyntheticSession
    private let hasControl: Bool

    init(_ session: SyntheticSession, band: Band, hasControl: Bool) {
        self.session = session
        self.hasControl = hasControl
        series = SyntheticSession.Process.metrics.map {
            PairedSeries(
                cell: "", metric: $0, direction: .higherIsWorse, dimension: .duration, band: band, pairs: [])
        }
    }

    var count: Int { baseline.count }

    /// Runs blocks until there are so many.
    mutating func run(to count: Int) {
        while self.count < count {
            let block = session.block(hasControl: hasControl)
            for index in series.indices {
                series[index].pairs.append(
                    .init(
                        block: self.count, baseline: block.baseline.values[index],
                        candidate: block.candidate.values[index], control: block.control?.values[index]))
            }
            baseline.append(block.baseline)
            candidate.append(block.candidate)
        }
    }
}
