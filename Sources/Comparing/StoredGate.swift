import Analysis
import Archiving
import Auditing
import Experiments
import Gating
import SystemPackage
import TraceModel

/// Holds one run against a stored baseline: in virtual time value by value, on the wall clock as one more session.
public struct StoredGate: Sendable {
    private let stored: StoredBaseline
    private let path: FilePath
    private let gate: GateDeclaration

    /// - Parameter path: Of the baseline's file, for errors.
    public init(stored: StoredBaseline, path: FilePath, gate: GateDeclaration) {
        self.stored = stored
        self.path = path
        self.gate = gate
    }

    /// Makes sure that the baseline is of what is about to run.
    ///
    /// - Throws: ``ComparisonError`` naming what differs.
    public func requireSame(experiment: String, digest: String, profile: String) throws(ComparisonError) {
        let pairs = [
            ("experiment", stored.experiment, experiment),
            ("declaration", String(stored.declarationDigest.prefix(12)), String(digest.prefix(12))),
            ("profile", stored.profile, profile),
        ]
        for (what, before, now) in pairs where before != now {
            throw .asked(
                "\(path): it was saved under another \(what) (\(before), now \(now)), so the figures do not compare; save it "
                    + "anew with `assay baseline save --replace`")
        }
    }

    /// What a run came to beside the baseline.
    public struct Result: Sendable {
        public var decision: GateDecision
        /// What became of the run's trials.
        public var trials: [SideTrials]
        public var summary: ExperimentSummary
    }

    /// What the run came to.
    ///
    /// - Throws: ``ArchiveError``, ``ComparisonError``, as where nothing came through, or `CancellationError`.
    public func result(on archive: RunArchive, _ declaration: Declaration) throws -> Result {
        let (summary, values) = try ExperimentAnalyzer(archive: archive, declaration: declaration).analysis()
        if let broken = try BrokenSide.first(in: archive, missing: summary.missingTrials) {
            throw ComparisonError.broken(broken)
        }
        let trials = try SideTrials.all(of: archive, missing: summary.missingTrials)
        let decision = try decision(on: archive, summary, values).heldAgainst(trials)
        return Result(decision: decision, trials: trials, summary: summary)
    }

    private func decision(
        on archive: RunArchive, _ summary: ExperimentSummary, _ values: [ProcessValues]
    ) throws(ComparisonError) -> GateDecision {
        let current = try StoredBaseline(of: archive, summary, values, gate: gate)
        let run = current.sessions[0]
        let series = gate.metrics.flatMap { gated in
            archive.plan.cells.map { self.series(gated, $0, run, summary.findings) }
        }
        guard !stored.isVirtual else {
            guard current.isVirtual else {
                throw ComparisonError.asked(
                    "\(path): it was saved in virtual time, and this ran on the wall clock; save it anew")
            }
            return ExactComparison.decision(series)
        }
        var advisory: String?
        switch stored.machine.match(current.machine) {
        case .same: advisory = nil
        case .differs(let differences):
            advisory =
                "The baseline is of another machine or toolchain: "
                + differences.map(\.text).joined(separator: ", ") + "."
        case .unknown(let fields):
            advisory =
                "Nobody can say whether the baseline is of this machine: unknown is \(fields.joined(separator: ", "))."
        }
        return StoredComparison.decision(series, advisory: advisory)
    }

    private func series(
        _ gated: GateDeclaration.GatedMetric, _ cell: Cell, _ run: StoredBaseline.Session, _ findings: [Finding]
    ) -> BaselineSeries {
        let metric = gated.metric
        let title = cell.choices.isEmpty ? "" : cell.title
        func values(_ session: StoredBaseline.Session) -> [BaselineSeries.TrialValue] {
            let found = session.series.first { $0.cell == title && $0.metric == metric.text }
            return (found?.values ?? []).enumerated().compactMap { block, value in
                value.map { .init(block: block, value: $0) }
            }
        }
        return BaselineSeries(
            cell: title, metric: metric.text, direction: metric.direction, dimension: metric.dimension,
            band: gated.band,
            baseline: stored.sessions.map { .init(name: $0.startedAt, values: values($0)) }, candidate: values(run),
            invalidity: findings.invalidity(of: metric, gated.pairing, in: [cell.title]))
    }
}

extension [Finding] {
    /// Why a metric of some cells cannot be trusted at all; nil where no audit called it invalid.
    ///
    /// - Parameter cells: The cells' titles.
    func invalidity(of metric: Metric, _ pairing: PairingKey, in cells: Set<String>) -> String? {
        let subject = "by \(pairing.rawValue)"
        let found = first { finding in
            guard finding.severity == .invalid else { return false }
            if let cell = finding.cell, !cells.contains(cell) { return false }
            if let other = finding.subject, other != subject { return false }
            guard let stage = finding.stage, let own = metric.stage else { return true }
            return stage == own
        }
        return found.map { "\($0.sentence) (audit `\($0.audit)`)" }
    }
}
