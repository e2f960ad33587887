// The oracle of a trial is the same trial in virtual time: same cell, seed and schedule, on a clock that no machine can
// disturb. It takes a fraction of a second, so all are run when the trials are done, one after the other, and stored in
// the same way: staged, sealed, synced, renamed. Where one fails there is nothing to hold its trial against, which a
// report can say; the run is none the worse.

import Archiving
import Experiments

extension ExperimentRunner {
    /// Runs the oracles that the finished trials lack.
    func runOracles() async throws(RunningError) {
        let archive = writer.archive
        let open = try archiving { () throws(ArchiveError) in try archive.openOracles() }
        guard !open.isEmpty else { return }
        let stored = try archiving { () throws(ArchiveError) in try archive.oracleTrials() }
        let finished = stored.count { $0.outcome == .finished }
        var session = RunSession(
            plan: archive.plan, phase: .oracles, open: open, finished: finished, failed: stored.count - finished,
            clock: clock)
        report(.runStarted(session.status()))
        for trial in open { try await runOracle(of: trial, &session) }
        report(.runFinished(session.status()))
    }

    private func runOracle(of trial: PlannedTrial, _ session: inout RunSession) async throws(RunningError) {
        guard let cell = session.plan.cells[trial.cellIndex].oracle(of: session.plan.program) else {
            preconditionFailure("\(trial.identifier) was to have an oracle, and cell \(trial.cellIndex) has none")
        }
        _ = try await isSettled(
            trial, attempt: 1, cell, retries: 0, &session,
            stage: { () throws(ArchiveError) in try writer.stageOracle(of: trial) },
            commit: { (record, folder) throws(ArchiveError) in try writer.commitOracle(record, in: folder) })
    }
}
