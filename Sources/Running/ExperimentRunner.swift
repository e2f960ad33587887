// Runs what a stored run still lacks, one trial after the other, in the plan's order:
//
//     stage → execute → judge → commit → next
//
// A trial is on the disk before the next one starts. A failed attempt is stored as well and tried again at once, as
// often as the schedule allows; then the trial has failed for good, and the run is complete without it. Resuming does
// not try it again: a run in which one cell had more chances than another would not be what was declared. Where a
// failure had an outward cause, a new run is the honest way. A full disk alone is told apart, being the one such cause
// that can be seen: an attempt that fails there is not counted, and the run stops until there is room.
//
// Where the figures are those of the process alone, trials run in bursts (ExperimentRunner+Bursts.swift).
//
// When the trials are done, their oracles are run in virtual time (ExperimentRunner+Oracles.swift).

import Archiving
import Experiments
import Quantities
import SystemPackage

/// Runs the open trials of one run, and the oracles that it lacks.
public struct ExperimentRunner: Sendable {
    let writer: RunWriter
    let program: FilePath
    let arguments: @Sendable (PlannedTrial, Cell) -> [String]
    let provenance: Provenance
    let sideProvenances: [String: Provenance]
    let executor: any TrialExecutor
    let bursts: any BurstRunner
    let clock: RunClock
    let digest: @Sendable (FilePath) async -> String?
    let tickInterval: Duration?
    let report: @Sendable (RunProgress) -> Void

    /// - Parameters:
    ///   - program: The absolute path of the plan's program.
    ///   - arguments: What the program is told; its trace is ``TrialFolder/traceName`` in its working directory.
    ///   - provenance: As collected for this session; its binary digest is what the program's is held against.
    ///   - sideProvenances: The same for the programs that cells have of their own, by ``Cell/program``.
    ///   - bursts: Runs the trials of a plan whose source is `process`; needed for those alone.
    ///   - digest: The digest of a file as it is now.
    ///   - tickInterval: How often ``RunProgress/trialRunning(trial:attempt:_:)`` is reported; never if nil.
    ///   - report: Called one at a time, with everything that happens.
    public init(
        writer: RunWriter, program: FilePath, arguments: @escaping @Sendable (PlannedTrial, Cell) -> [String],
        provenance: Provenance, sideProvenances: [String: Provenance] = [:], executor: any TrialExecutor,
        bursts: any BurstRunner = NoBursts(),
        clock: RunClock = .system,
        digest: @escaping @Sendable (FilePath) async -> String? = ProvenanceCollector.digest(of:),
        tickInterval: Duration? = nil, report: @escaping @Sendable (RunProgress) -> Void
    ) {
        self.writer = writer
        self.program = program
        self.arguments = arguments
        self.provenance = provenance
        self.sideProvenances = sideProvenances
        self.executor = executor
        self.bursts = bursts
        self.clock = clock
        self.digest = digest
        self.tickInterval = tickInterval
        self.report = report
    }

    /// Runs every open trial, and then every oracle that is missing.
    ///
    /// - Returns: Where the trials stand: complete, some perhaps having failed for good. An oracle that fails is stored as
    ///   such and changes nothing here.
    /// - Throws: ``RunningError`` when the run cannot go on; ``RunningError/interrupted(done:total:)`` when the task
    ///   was cancelled. Whatever is stored stays, and the next session goes on from there.
    public func run() async throws(RunningError) -> RunStatus {
        let (begun, open) = try begin()
        var session = begun
        report(.runStarted(session.status()))
        try await run(open, &session)
        report(.runFinished(session.status()))
        try await runOracles()
        return session.status()
    }

    /// Runs open trials, some blocks at a time, for as long as it is worth while, and no oracles.
    ///
    /// - Parameter next: Asked when the blocks before the given number have run: up to how many blocks in all to go on; nil
    ///   for no further.
    /// - Returns: Where the trials stand.
    /// - Throws: ``RunningError`` as ``run()`` does, and what the question throws.
    public func run(until next: (_ blocksDone: Int) async throws -> Int?) async throws -> RunStatus {
        let (begun, open) = try begin()
        var session = begun
        report(.runStarted(session.status()))
        var rest = open[...]
        while let block = rest.first?.trial.block, let target = try await next(block) {
            precondition(target > block, "after \(block) blocks it was to go on to \(target)")
            let group = rest.prefix { $0.trial.block < target }
            try await run(Array(group), &session)
            rest = rest.dropFirst(group.count)
        }
        report(.runFinished(session.status()))
        return session.status()
    }

    /// Runs trials to their end, in their order.
    private func run(
        _ open: [(trial: PlannedTrial, attempt: Int)], _ session: inout RunSession
    ) async throws(RunningError) {
        guard session.plan.source != .process else { return try await runBursts(of: open, &session) }
        for (trial, firstAttempt) in open {
            var attempt = firstAttempt
            while try await !isSettled(trial, attempt: attempt, &session) { attempt += 1 }
        }
    }

    /// The program that runs a cell, and where its numbers come from.
    func programOf(_ cell: Cell) -> (path: FilePath, provenance: Provenance) {
        guard let own = cell.program else { return (program, provenance) }
        guard let known = sideProvenances[own] else {
            preconditionFailure("\(own) runs cell \(cell.index), and its provenance was not collected")
        }
        return (FilePath(own), known)
    }

    /// - Returns: The open trials in order, each with the number of its next attempt.
    private func begin() throws(RunningError) -> (RunSession, open: [(trial: PlannedTrial, attempt: Int)]) {
        let archive = writer.archive
        let finished = try archiving { () throws(ArchiveError) in try archive.completedTrials() }
        let failed = try archiving { () throws(ArchiveError) in try archive.failedAttempts() }
        for record in finished + failed {
            let own = programOf(archive.plan.cells[record.cellIndex])
            guard isSame(record.provenance.binaryDigest, own.provenance.binaryDigest) else {
                throw .programChanged(path: own.path)
            }
        }
        let open = try archiving { () throws(ArchiveError) in try archive.openTrials() }
        let session = RunSession(
            plan: archive.plan, open: open.map(\.trial), finished: finished.count,
            failed: archive.plan.trials.count - open.count - finished.count, clock: clock)
        return (session, open)
    }

    /// Where one of the two is unknown, nothing can be said, and the audit of provenances has the last word.
    private func isSame(_ one: String?, _ other: String?) -> Bool { one == nil || other == nil || one == other }

    /// Makes one attempt at a trial. Returns whether no other is to follow.
    private func isSettled(
        _ trial: PlannedTrial, attempt: Int, _ session: inout RunSession
    ) async throws(RunningError) -> Bool {
        try await isSettled(
            trial, attempt: attempt, session.plan.cells[trial.cellIndex], retries: session.plan.schedule.retries,
            &session,
            stage: { () throws(ArchiveError) in try writer.stage(trial, attempt: attempt) },
            commit: { (record, folder) throws(ArchiveError) in try writer.commit(record, in: folder) })
    }

    /// Makes one attempt at a trial or its oracle, in a folder of the stage's, and stores it by the commit. Returns whether
    /// no other attempt is to follow.
    func isSettled(
        _ trial: PlannedTrial, attempt: Int, _ cell: Cell, retries: Int, _ session: inout RunSession,
        stage: () throws(ArchiveError) -> TrialFolder,
        commit: (TrialRecord, TrialFolder) throws(ArchiveError) -> TrialFolder
    ) async throws(RunningError) -> Bool {
        try stopIfCancelled(session)
        try await requireSameProgram(cell, session)
        let folder = try archiving(stage)
        session.trialBegins(trial)
        report(.trialStarted(trial: trial.identifier, attempt: attempt, session.status()))
        let record: TrialRecord
        do {
            record = try await attemptRecord(trial, attempt, cell, folder, session)
            try archiving { () throws(ArchiveError) in _ = try commit(record, folder) }
        } catch {
            // Also for the room that it takes, where that is what lacks.
            discard(folder)
            throw error
        }
        switch record.outcome {
        case .finished:
            let elapsed = session.trialFinished()
            report(.trialFinished(trial: trial.identifier, elapsed: elapsed, session.status()))
            return true
        case .failed(let reason):
            let willRetry = attempt <= retries
            session.trialFailed(willRetry: willRetry)
            report(
                .trialFailed(
                    trial: trial.identifier, attempt: attempt, reason: reason, willRetry: willRetry, session.status()))
            return !willRetry
        }
    }

    private func attemptRecord(
        _ trial: PlannedTrial, _ attempt: Int, _ cell: Cell, _ folder: TrialFolder, _ session: RunSession
    ) async throws(RunningError) -> TrialRecord {
        let words = arguments(trial, cell)
        let (program, provenance) = programOf(cell)
        let timeLimit = Duration.nanoseconds(session.plan.schedule.timeLimitNanoseconds)
        let request = TrialRequest(
            program: program, arguments: words, folder: folder, timeLimit: timeLimit,
            samplesEnvironment: !cell.isVirtual(of: session.plan.program), observers: session.plan.observers(of: cell))
        let startedAt = clock.timestamp()
        let execution: TrialExecution
        do {
            execution = try await executeTicking(request, trial, attempt, session)
        } catch {
            if case .launcher = error, !writer.hasRoom { throw noSpace(folder, .noSpace) }
            throw runningError(for: error, program, session)
        }
        let mustReport = session.plan.program == Program.systemSimulator.text
        let reported = session.plan.source == .jsonLines ? session.plan.command?.reported : nil
        let (evidence, trace) = try archiving { () throws(ArchiveError) in
            try writer.collect(folder)
            let evidence = try TrialEvidence(
                of: execution, in: folder, timeLimit: timeLimit, mustReport: mustReport, reported: reported)
            return (evidence, try TraceSeal(of: folder.trace))
        }
        let judgement = Judgement(evidence)
        if judgement.outcome != .finished, let error = evidence.spaceError ?? (writer.hasRoom ? nil : .noSpace) {
            // The disk failed, not the program: with room, the same attempt may well finish.
            throw noSpace(folder, error)
        }
        return TrialRecord(
            identifier: trial.identifier, cellIndex: trial.cellIndex, block: trial.block, order: trial.order,
            seed: trial.seed, attempt: attempt, command: [program.string] + words, startedAt: startedAt,
            elapsedNanoseconds: execution.elapsedNanoseconds, outcome: judgement.outcome,
            resources: execution.resources, reported: judgement.reported, provenance: provenance,
            trace: trace)
    }

    /// Executes while another task tells of the time that passes; that task has ended when this returns.
    private func executeTicking(
        _ request: TrialRequest, _ trial: PlannedTrial, _ attempt: Int, _ session: RunSession
    ) async throws(ExecutionError) -> TrialExecution {
        async let _ = tick(trial, attempt, session)
        return try await executor.execute(request)
    }

    private func tick(_ trial: PlannedTrial, _ attempt: Int, _ session: RunSession) async {
        guard let tickInterval else { return }
        do {
            while true {
                try await clock.sleep(tickInterval)
                report(.trialRunning(trial: trial.identifier, attempt: attempt, session.status()))
            }
        } catch {
            // Cancelled: the trial is over.
            return
        }
    }

    /// Removes what a broken-off attempt left.
    func discard(_ folder: TrialFolder) {
        do {
            try writer.discard(folder)
        } catch {
            // What broke the attempt off is the error to report; the next session sweeps the folder.
            return
        }
    }

    func stopIfCancelled(_ session: RunSession) throws(RunningError) {
        if Task.isCancelled { throw interrupted(session) }
    }

    private func interrupted(_ session: RunSession) -> RunningError {
        report(.runInterrupted(session.status()))
        return .interrupted(done: session.status().done, total: session.status().total)
    }

    /// A program that is built anew in mid-run is another program.
    func requireSameProgram(_ cell: Cell, _ session: RunSession) async throws(RunningError) {
        let (program, provenance) = programOf(cell)
        guard let expected = provenance.binaryDigest else { return }
        let found = await digest(program)
        // A cancelled task gets no answer from a tool.
        try stopIfCancelled(session)
        if found != expected { throw .programChanged(path: program) }
    }

    func runningError(
        for error: ExecutionError, _ program: FilePath, _ session: RunSession
    ) -> RunningError {
        switch error {
        case .cancelled: interrupted(session)
        case .cannotStart(let step, let error): .cannotStart(program: program, step: step, error: error)
        case .outputNotStored(let error):
            .archive(.fileSystem(operation: "write", path: writer.archive.path, error: error))
        case .launcher(let complaint): .launcher(complaint: complaint)
        }
    }

    func noSpace(_ folder: TrialFolder, _ error: Errno) -> RunningError {
        .archive(.fileSystem(operation: "write", path: folder.path, error: error))
    }

    func archiving<Value>(_ body: () throws(ArchiveError) -> Value) throws(RunningError) -> Value {
        do {
            return try body()
        } catch {
            throw .archive(error)
        }
    }
}
