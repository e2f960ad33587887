import Analysis
import Archiving
import Auditing
import Experiments
import Gating
import Statistics

/// From the run of a comparison to the pairs that a gate judges: the values by which any report would be made, side by side.
struct PairReader {
    /// With the side as its first factor.
    let declaration: Declaration
    let sides: [Side]
    let gate: GateDeclaration

    /// What a run has given.
    struct Reading {
        /// Each gated metric in each cell, the metrics in their order and in each of them the cells.
        var series: [PairedSeries]
        /// What became of the trials of each side.
        var trials: [SideTrials]
        var summary: ExperimentSummary
    }

    /// - Throws: ``ArchiveError``, or `CancellationError` when the task is cancelled.
    func read(_ archive: RunArchive) throws -> Reading {
        let (summary, values) = try ExperimentAnalyzer(archive: archive, declaration: declaration).analysis()
        let cells = archive.plan.cells
        let series = gate.metrics.flatMap { gated in
            stride(from: 0, to: cells.count, by: sides.count).map { first in
                self.series(gated, Array(cells[first..<(first + sides.count)]), values, summary.findings)
            }
        }
        return Reading(
            series: series, trials: try SideTrials.all(of: archive, missing: summary.missingTrials), summary: summary)
    }

    private func series(
        _ gated: GateDeclaration.GatedMetric, _ cells: [Cell], _ values: [ProcessValues], _ findings: [Finding]
    ) -> PairedSeries {
        let metric = gated.metric
        let key = ProcessValues.Key(metric, gated.pairing)
        var bySide: [Side: [Int: Double]] = [:]
        var obstacle: String?
        for (side, cell) in zip(sides, cells) {
            let own = values[cell.index]
            bySide[side] = Dictionary(own.complete(key).map { ($0.block, $0.value) }) { first, _ in first }
            if own.processCount > 0, own.complete(key).isEmpty, obstacle == nil {
                obstacle = Self.obstacle(own, key, side)
            }
        }
        let baseline = bySide[.baseline] ?? [:]
        let pairs = baseline.keys.sorted().compactMap { block -> PairedSeries.Pair? in
            guard let before = baseline[block], let after = bySide[.candidate]?[block] else { return nil }
            return .init(block: block, baseline: before, candidate: after, control: bySide[.control]?[block])
        }
        let invalidity = findings.invalidity(of: metric, gated.pairing, in: Set(cells.map(\.title)))
        return PairedSeries(
            cell: cells[0].titleWithoutSide, metric: metric.text, direction: metric.direction,
            dimension: metric.dimension, band: gated.band, pairs: pairs,
            invalidity: invalidity, obstacle: obstacle)
    }

    /// Why no value of a side can be had: not every process gave one, and those that did would be a biased choice.
    static func obstacle(_ values: ProcessValues, _ key: ProcessValues.Key, _ side: Side) -> String {
        if let share = values.hidingShare(key) {
            let percent = (share * 1000).rounded() / 10
            return
                "Of the \(side.rawValue), \(percent) % of the spans were open when the window closed, so that \(key.metric.text) "
                + "is not known."
        }
        let known =
            "\(key.metric.text) is known of \(values.count(key)) of the \(values.processCount) processes of the \(side.rawValue)"
        switch key.metric {
        case .peakMemory:
            return
                "\(known): a peak that is not clearly above the 2 MB or so that a program is started from is not its own "
                + "(docs/other-programs.md); gate on another metric."
        case .stage(let stage, let subset, let statistic):
            let counts = ProcessValues.Key(.stage(stage, subset, .count), key.pairing)
            let fewest = values.complete(counts).map { Int($0.value) }.min() ?? 0
            guard let percentile = statistic.percentile, fewest < SampleSize.minimum(forPercentile: percentile) else {
                return "\(known), since some have no span of it; measure for longer."
            }
            return
                "\(key.metric.text) needs \(SampleSize.minimum(forPercentile: percentile)) spans in each process, and of the "
                + "\(side.rawValue) the one with the fewest has \(fewest); measure for longer, or gate on a lower percentile."
        case .throughput, .writeThroughput, .blockedShare, .pairedShare, .changedThreadShare, .cpuPerRequest, .wallTime,
            .cpuTime, .reported:
            return "\(known); `assay audit` of the comparison may say why."
        }
    }
}
