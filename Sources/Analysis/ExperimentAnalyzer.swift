import Archiving
import Auditing
import Experiments
import Monitoring
import Pairing
import Statistics
import SystemPackage
import TraceModel

/// From a stored run to all that may be shown of it: one straight line, cell by cell, so that the durations of one cell
/// at a time are in memory.
public struct ExperimentAnalyzer {
    private let declaration: Declaration
    private let archive: RunArchive

    /// - Parameter declaration: As it was when the run was begun: what was expected is not changed afterwards.
    public init(archive: RunArchive, declaration: Declaration) {
        self.archive = archive
        self.declaration = declaration
    }

    /// Reads the traces of all finished trials, or their figures where they have no traces, and sums them up.
    ///
    /// A trial whose trace cannot be opened is missing, with the reason; one whose trace is damaged is analysed up to
    /// the damage, and a finding says so.
    ///
    /// - Parameter reading: Called before each trace is read, with its number from 1 and how many there are: large
    ///   traces take a while.
    /// - Throws: ``ArchiveError``, or `CancellationError` when the task is cancelled.
    public func summary(
        reading: (_ number: Int, _ total: Int) -> Void = { _, _ in }
    ) throws -> ExperimentSummary { try analysis(reading: reading).summary }

    /// The summary, and beside it what each process gave: in the order of the plan's cells.
    ///
    /// - Parameter reading: See ``summary(reading:)``, as for what is thrown.
    public func analysis(
        reading: (_ number: Int, _ total: Int) -> Void = { _, _ in }
    ) throws -> (summary: ExperimentSummary, values: [ProcessValues]) {
        let plan = archive.plan
        let records = try archive.completedTrials()
        let byIdentifier = Dictionary(uniqueKeysWithValues: records.map { ($0.identifier, $0) })
        let unfinished = try unfinished(records)
        let oracles = try OracleReader(archive: archive)
        var missing: [MissingTrial] = []
        var cells: [CellAnalysis] = []
        var traceNumber = 0
        for cell in plan.cells {
            var trials: [TrialMeasurement] = []
            var processes: [ProcessMeasurement] = []
            var absent: [MissingTrial] = []
            for planned in plan.trials where planned.cellIndex == cell.index {
                try Task.checkCancellation()
                if let record = byIdentifier[planned.identifier] {
                    traceNumber += 1
                    reading(traceNumber, records.count)
                    guard plan.source == .trace else {
                        switch measure(record) {
                        case .success(let process): processes.append(process)
                        case .failure(let absence): absent.append(absence.trial)
                        }
                        continue
                    }
                    switch measure(record, cell, oracles) {
                    case .success(let trial): trials.append(trial)
                    case .failure(let absence): absent.append(absence.trial)
                    }
                } else if let trial = unfinished[planned.identifier] {
                    absent.append(trial)
                }
            }
            missing += absent
            var analysis =
                plan.source == .trace
                ? CellAnalysis(declaration: declaration, cell: cell, trials: trials, missing: absent)
                : CellAnalysis(declaration: declaration, cell: cell, processes: processes, missing: absent)
            let excluded = Set(analysis.excluded.map(\.identifier))
            analysis.summary.slowest = try slowest(of: trials.filter { !excluded.contains($0.record.identifier) })
            cells.append(analysis)
        }
        return (summary(of: cells, missing: missing, records), cells.map(\.values))
    }

    private func slowest(of trials: [TrialMeasurement]) throws -> [SlowestRequest] {
        try SlowestRequest.following(trials) { trial in
            try Task.checkCancellation()
            return try TraceReader(path: archive.folder(ofTrial: trial.record.identifier).trace.string)
        }
    }

    private func summary(
        of cells: [CellAnalysis], missing: [MissingTrial], _ records: [TrialRecord]
    ) -> ExperimentSummary {
        let plan = archive.plan
        let judge = judge(cells.map(\.values))
        let evidence = cells.map(\.evidence)
        let observed = cells.flatMap(\.observed)
        let findings = Finding.inOrder(
            AuditCatalogue.findings(in: evidence)
                + observed.compactMap { trial in
                    let cell = plan.cells[trial.cellIndex]
                    return trial.finding(cellTitle: cell.choices.isEmpty ? nil : cell.title)
                })
        return ExperimentSummary(
            declaration: declaration, plan: plan,
            verdict: Verdict(of: findings, pairings: declaration.pairings), findings: findings,
            hypotheses: declaration.hypotheses.map { hypothesis in
                var outcome = judge.outcome(of: hypothesis)
                outcome.trust = Verdict.Level(
                    of: findings, for: hypothesis, cells: judge.selectedCells(hypothesis).map { plan.cells[$0].title })
                if outcome.trust == .trusted, judge.restsOnLowerBounds(hypothesis) { outcome.trust = .doubtful }
                return outcome
            }, cells: cells.map(\.summary), missingTrials: missing,
            provenances: records.map(\.provenance).unique(), startedAt: records.map(\.startedAt).min(),
            effects: MetricEffects.all(declaration, plan: plan, values: cells.map(\.values)),
            exclusion: ExclusionSummary(cells, declaration, plan: plan) {
                let judge = self.judge(cells.map { $0.valuesOfAll ?? $0.values })
                return declaration.hypotheses.map { judge.outcome(of: $0).answer }
            }, unapplied: AuditCatalogue.unapplied(to: evidence), observed: observed,
            observerCosts: ObserverCost.all(declaration, plan: plan, values: cells.map(\.values)),
            run: archive.path.lastComponent?.string)
    }

    private func judge(_ values: [ProcessValues]) -> HypothesisJudge {
        HypothesisJudge(factors: declaration.factors, cells: archive.plan.cells, values: values)
    }

    private struct Absence: Error { var trial: MissingTrial }

    private func measure(
        _ record: TrialRecord, _ cell: Cell, _ oracles: OracleReader
    ) -> Result<TrialMeasurement, Absence> {
        let path = archive.folder(ofTrial: record.identifier).trace.string
        func absent(_ reason: String) -> Result<TrialMeasurement, Absence> {
            .failure(Absence(trial: MissingTrial(identifier: record.identifier, reason: reason)))
        }
        do {
            // A record of the first version does not say what its trace was.
            guard try archive.traceIsAsRecorded(record) ?? true else {
                return absent(
                    "\(path): this is not the trace that the trial left; restore it, or run the experiment anew.")
            }
            let reader = try TraceReader(path: path)
            let writes = cell.parameters.first { $0.name == "writes" }.flatMap { Writes(rawValue: $0.value) }
            guard let trace = TraceMeasurement(of: reader, writes: writes) else {
                return absent("Its trace has no events.")
            }
            let environment = try archive.environment(of: record).map {
                EnvironmentFigures(
                    of: $0, startNanoseconds: trace.window.start, endNanoseconds: trace.window.end)
            }
            return .success(
                TrialMeasurement(
                    record: record, trace: trace, condition: TraceCondition(reader: reader), environment: environment,
                    clock: reader.clockQuality.map(ClockEvidence.init),
                    oracle: oracles.twin(of: record, cell, program: archive.plan.program, writes: writes),
                    observed: try observed(record, cell, reader, writes)))
        } catch {
            return absent("\(error)")
        }
    }

    private func measure(_ record: TrialRecord) -> Result<ProcessMeasurement, Absence> {
        do {
            let samples = try archive.environment(of: record)
            return .success(ProcessMeasurement(record: record, samples: samples, program: declaration.program))
        } catch {
            return .failure(Absence(trial: MissingTrial(identifier: record.identifier, reason: "\(error)")))
        }
    }

    /// What each of the cell's observers said, held against all of the trace.
    private func observed(
        _ record: TrialRecord, _ cell: Cell, _ reader: TraceReader, _ writes: Writes?
    ) throws(ArchiveError) -> [ObservedTrial] {
        let observers = archive.plan.observers(of: cell)
        guard !observers.isEmpty, let outline = reader.outline else { return [] }
        let trace = WholeTrace(events: reader.events, outline: outline, writes: writes)
        var found: [ObservedTrial] = []
        for observer in observers {
            found.append(
                ObservedTrial(
                    record: record, observer: observer, bytes: try archive.observerOutput(observer.name, of: record),
                    trace: trace))
        }
        return found
    }

    /// Planned trials without a record of success: failed for good, or not run yet.
    private func unfinished(_ records: [TrialRecord]) throws(ArchiveError) -> [String: MissingTrial] {
        let finished = Set(records.map(\.identifier))
        let failures = try archive.failedAttempts()
        var missing: [String: MissingTrial] = [:]
        for trial in archive.plan.trials where !finished.contains(trial.identifier) {
            let attempts = failures.filter { $0.identifier == trial.identifier }
            var reason = "It has not been run."
            if case .failed(let last) = attempts.last?.outcome {
                let times = attempts.count == 1 ? "once" : "\(attempts.count) times"
                reason = "It failed \(times); the last time: \(last)"
            }
            missing[trial.identifier] = MissingTrial(identifier: trial.identifier, reason: reason)
        }
        return missing
    }
}

extension TraceCondition {
    init(reader: TraceReader) {
        self.init(
            eventCount: reader.counts.events, droppedEvents: Int(clamping: reader.header.eventsDropped),
            isClosed: reader.ending == .closed, problems: reader.problems.map(\.description),
            clock: reader.header.clock, firstNanoseconds: reader.outline?.first,
            unlistedProblemCount: reader.unlistedProblemCount, isImported: reader.header.origin == .imported)
    }
}

extension Sequence where Element: Hashable {
    /// Each element once, in the order first seen.
    func unique() -> [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
