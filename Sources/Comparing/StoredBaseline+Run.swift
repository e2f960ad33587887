import Analysis
import Archiving
import Experiments
import Statistics

extension StoredBaseline {
    /// What a run gave for the gated metrics, as one session.
    ///
    /// - Parameters:
    ///   - archive: With at least one finished trial.
    ///   - declaration: As it was when the run was begun.
    /// - Throws: ``ArchiveError``, ``ComparisonError`` where nothing was measured, or `CancellationError`.
    public init(of archive: RunArchive, _ declaration: Declaration, gate: GateDeclaration) throws {
        let (summary, values) = try ExperimentAnalyzer(archive: archive, declaration: declaration).analysis()
        try self.init(of: archive, summary, values, gate: gate)
    }

    /// The same of a run that has been analysed.
    init(
        of archive: RunArchive, _ summary: ExperimentSummary, _ values: [ProcessValues], gate: GateDeclaration
    ) throws(ComparisonError) {
        let plan = archive.plan
        guard let provenance = summary.provenances.first else {
            throw ComparisonError.asked("\(archive.path): no trial has finished, so there is nothing to keep")
        }
        let blocks = 0..<plan.schedule.trials
        let series = gate.metrics.flatMap { gated -> [Series] in
            let key = ProcessValues.Key(gated.metric, gated.pairing)
            var dimension: Metric.Dimension?
            if case .reported = gated.metric { dimension = gated.metric.dimension }
            return plan.cells.map { cell in
                let byBlock = Dictionary(values[cell.index].complete(key).map { ($0.block, $0.value) }) { first, _ in
                    first
                }
                return Series(
                    cell: cell.choices.isEmpty ? "" : cell.title, metric: gated.metric.text, pairing: key.pairing,
                    dimension: dimension, values: blocks.map { byBlock[$0] })
            }
        }
        self.init(
            experiment: plan.experiment, profile: plan.profile, declarationDigest: plan.declarationDigest,
            program: plan.program, isVirtual: plan.cells.allSatisfy { $0.isVirtual(of: plan.program) },
            machine: MachineFingerprint(provenance),
            sessions: [
                Session(
                    startedAt: summary.startedAt ?? "", revision: provenance.revision,
                    binaryDigest: provenance.binaryDigest, seed: plan.seed, trust: Trust(summary.verdict.level),
                    series: series)
            ])
    }
}

extension StoredBaseline.Trust {
    init(_ level: Verdict.Level) {
        self =
            switch level {
            case .trusted: .trusted
            case .doubtful: .doubtful
            case .invalid: .invalid
            }
    }
}
