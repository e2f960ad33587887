// Trials whose figures are those of the process alone may be over in half a millisecond, so they share a launcher:
//
//     stage → run a burst → commit what was measured → next
//
// A burst is as many of the open trials, in the plan's order, as are likely to take a second; the first is one trial, which
// tells how long they take. So a kill loses a second's work, or one trial, and the machine is watched for long enough to be
// judged. Its trials are committed together: each has a record of its own, as any trial has, and beside it the environment
// of its burst. All trials are measured in this one way, also long ones and those tried again, or they would not compare.

import Archiving
import Experiments
import Quantities
import SystemPackage

extension ExperimentRunner {
    /// How long a burst is to take, and the most trials in one.
    private static let burstDuration = Duration.seconds(1)
    private static let burstMaximum = 1000

    /// Runs every open trial to its end.
    func runBursts(
        of open: [(trial: PlannedTrial, attempt: Int)], _ session: inout RunSession
    ) async throws(RunningError) {
        var queue = open[...]
        var (elapsed, count) = (Duration.zero, 0)
        while !queue.isEmpty {
            var size = 1
            if count > 0 {
                let each = max(elapsed / count, .microseconds(1))
                size = min(max(1, Int(Self.burstDuration / each)), Self.burstMaximum)
            }
            let batch = Array(queue.prefix(size))
            let (finished, taken, willRetry) = try await runBurst(of: batch, &session)
            elapsed += taken
            count += max(finished, 1)
            queue = queue.dropFirst(finished)
            guard finished < batch.count, !queue.isEmpty else { continue }
            if willRetry {
                queue[queue.startIndex].attempt += 1
            } else {
                queue = queue.dropFirst()
            }
        }
    }

    /// Runs trials up to the first that fails, and stores all that ran.
    ///
    /// - Returns: How many finished, how long they took together, and whether the one that failed is to be tried again.
    private func runBurst(
        of batch: [(trial: PlannedTrial, attempt: Int)], _ session: inout RunSession
    ) async throws(RunningError) -> (finished: Int, elapsed: Duration, willRetry: Bool) {
        try stopIfCancelled(session)
        // Each program once, however many trials it runs.
        var known: Set<String?> = []
        for cell in batch.map({ session.plan.cells[$0.trial.cellIndex] }) where known.insert(cell.program).inserted {
            try await requireSameProgram(cell, session)
        }
        let folder = try archiving { () throws(ArchiveError) in try writer.stageBurst(from: batch[0].trial) }
        session.trialBegins(batch[0].trial)
        report(.burstStarted(count: batch.count, first: batch[0].trial.identifier, session.status()))
        let (records, failure, span): ([TrialRecord], BurstExecution.Failure?, Duration)
        do {
            (records, failure, span) = try await burstRecords(of: batch, in: folder, session)
            try archiving { () throws(ArchiveError) in
                _ = try writer.commit(records, from: folder, errors: failure?.errors ?? "")
            }
        } catch {
            discard(folder)
            throw error
        }
        let finished = failure?.place ?? records.count
        if finished > 0 {
            session.burstFinished(count: finished)
            report(.burstFinished(count: finished, elapsed: span, session.status()))
        }
        guard failure != nil, case .failed(let reason)? = records.last?.outcome else { return (finished, span, false) }
        let (trial, attempt) = batch[finished]
        let willRetry = attempt <= session.plan.schedule.retries
        if finished > 0 { session.trialBegins(trial) }
        session.trialFailed(willRetry: willRetry)
        report(
            .trialFailed(
                trial: trial.identifier, attempt: attempt, reason: reason, willRetry: willRetry, session.status()))
        return (finished, span, willRetry)
    }

    /// A record for each trial that ran, the failed one last, and how long they took together, without their storing.
    private func burstRecords(
        of batch: [(trial: PlannedTrial, attempt: Int)], in folder: TrialFolder, _ session: RunSession
    ) async throws(RunningError) -> ([TrialRecord], BurstExecution.Failure?, Duration) {
        let plan = session.plan
        let timeLimit = Duration.nanoseconds(plan.schedule.timeLimitNanoseconds)
        let programs = batch.map { programOf(plan.cells[$0.trial.cellIndex]) }
        let commands = zip(batch, programs).map { item, program in
            Command(program: program.path, arguments: arguments(item.trial, plan.cells[item.trial.cellIndex]))
        }
        let startedAt = clock.timestamp()
        let execution: BurstExecution
        do {
            execution = try await bursts.execute(
                BurstRequest(
                    commands: commands, order: Array(commands.indices), folder: folder, timeLimit: timeLimit))
        } catch {
            if case .launcher = error, !writer.hasRoom { throw noSpace(folder, .noSpace) }
            throw runningError(for: error, programs[0].path, session)
        }
        func record(
            _ index: Int, _ outcome: TrialRecord.Outcome, _ elapsedNanoseconds: Int64, _ resources: ResourceUsage?
        ) -> TrialRecord {
            let (trial, attempt) = batch[index]
            return TrialRecord(
                identifier: trial.identifier, cellIndex: trial.cellIndex, block: trial.block, order: trial.order,
                seed: trial.seed, attempt: attempt, command: [programs[index].path.string] + commands[index].arguments,
                startedAt: startedAt, elapsedNanoseconds: elapsedNanoseconds, outcome: outcome, resources: resources,
                reported: [:], provenance: programs[index].provenance)
        }
        var records = execution.measurements.enumerated().map { index, measurement in
            record(index, .finished, measurement.elapsedNanoseconds, measurement.resources)
        }
        if let failure = execution.failure {
            if !writer.hasRoom { throw noSpace(folder, .noSpace) }
            let complaint = Judgement.complaint(of: failure.execution, timeLimit: timeLimit) ?? "It failed."
            records.append(
                record(
                    failure.place, .failed(reason: complaint + Judgement.quotation(of: failure.errors)),
                    failure.execution.elapsedNanoseconds, failure.execution.resources))
        }
        var span = execution.failure?.execution.elapsedNanoseconds ?? 0
        if let first = execution.measurements.first, let last = execution.measurements.last {
            span += last.startNanoseconds + last.elapsedNanoseconds - first.startNanoseconds
        }
        return (records, execution.failure, .nanoseconds(span))
    }
}

/// For runs that need none: it runs nothing.
public struct NoBursts: BurstRunner {
    public init() {}

    public func execute(_ request: BurstRequest) async throws(ExecutionError) -> BurstExecution {
        throw .launcher(complaint: "this run was begun without what runs bursts")
    }
}
