import Auditing
import Experiments
import Pairing
import Statistics
import TraceModel

extension CellSummarizer {
    /// What the figures of a stage rest on.
    ///
    /// - Parameters:
    ///   - pooled: All spans of all trials.
    ///   - censored: The same with the ages of the open ones.
    func basis(
        _ sample: TraceMeasurement.Sample, pooled: DurationSample, censored: CensoredSample
    ) -> StageBasis {
        let processes = trials.map { $0.trace.durations[sample] ?? DurationSample() }
        let isWhole = sample.subset == .all && sample.pairing == .request
        return StageBasis(
            openShare: censored.openShare, worth: SampleWorth(processes),
            pooledIntervals: pooledIntervals(pooled, processes, censored), outliers: TukeyClasses(pooled),
            startUp: isWhole ? startUp(of: sample.stage) : nil,
            machineAdded: isWhole ? machineAdded(to: sample.stage) : [], isMaximumOpen: censored.isMaximumOpen)
    }

    /// With processes as clusters. Where spans were left open the pooled percentile counts them in, and an interval of the
    /// finished ones alone would be of another figure.
    private func pooledIntervals(
        _ pooled: DurationSample, _ processes: [DurationSample], _ censored: CensoredSample
    ) -> [Metric.Statistic: Interval] {
        guard censored.openAges.isEmpty, let summary = censored.summary() else { return [:] }
        let clusters = processes.map { PooledQuantile.Process(count: $0.count, countAtMost: $0.countAtMost) }
        var intervals: [Metric.Statistic: Interval] = [:]
        for statistic in Metric.Statistic.percentiles where summary[percentile: statistic] != nil {
            guard let quantile = statistic.percentile.map({ $0 / 100 }) else { continue }
            intervals[statistic] =
                PooledQuantile(quantile, of: clusters, pooledQuantile: pooled.quantile)?.interval
        }
        return intervals
    }

    private func startUp(of stage: Stage) -> StartUp? {
        let found = evidence.trials.compactMap { trial in
            trial.stages[stage]?.warmUp.map {
                (analysis: $0, window: trial.byRequest.window, first: trial.trace.firstNanoseconds)
            }
        }
        guard !found.isEmpty else { return nil }
        let ratios = evidence.trials.compactMap { trial -> Double? in
            guard let stage = trial.stages[stage], let p99 = stage.p99, p99 > 0 else { return nil }
            return stage.p99AfterDoubledCut.map { $0 / p99 }
        }
        return StartUp(
            classes: Dictionary(
                uniqueKeysWithValues: WarmUpAnalysis.Course.allCases.map { course in
                    (course, found.count { $0.analysis.course == course })
                }),
            longestNanoseconds: found.compactMap { $0.analysis.startUp(since: $0.first) }.max(),
            lateCount: found.count { $0.analysis.isLate(for: $0.window) },
            cutNanoseconds: trials.map { Double($0.trace.window.start) - Double($0.trace.outline.first) }.max() ?? 0,
            doubledCutRatio: ratios.isEmpty ? nil : Estimate(processValues: ratios))
    }

    private func machineAdded(to stage: Stage) -> [MachineAdded] {
        let figures: [(Metric.Statistic, (StageEvidence) -> Double?)] = [(.mean, \.mean), (.p50, \.p50), (.p99, \.p99)]
        return figures.compactMap { statistic, figure in
            evidence.machineAdded(to: stage, figure).map {
                MachineAdded(
                    statistic: statistic, wallNanoseconds: $0.wall, virtualNanoseconds: $0.virtual, added: $0.added)
            }
        }
    }

}

extension CellEvidence {
    /// The environment's figures over the trials, in the order of ``Limit``; without those that no trial could tell.
    var environmentRows: [EnvironmentRow] {
        Limit.allCases.filter(\.isOfEnvironment).compactMap { limit in
            let values = trials.compactMap { $0.figure(limit) }
            guard let worst = values.max() else { return nil }
            return EnvironmentRow(
                figure: limit, mean: values.reduce(0, +) / Double(values.count), worst: worst, trials: values.count)
        }
    }
}

/// One figure of the environment over the trials of a cell.
public struct EnvironmentRow: Sendable, Equatable {
    public var figure: Limit
    /// In the unit of ``Limit/standard``.
    public var mean: Double
    public var worst: Double
    /// How many of the trials could tell.
    public var trials: Int

    public init(figure: Limit, mean: Double, worst: Double, trials: Int) {
        self.figure = figure
        self.mean = mean
        self.worst = worst
        self.trials = trials
    }
}
