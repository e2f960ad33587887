import Analysis
import Archiving
import Experiments
import Reporting
import Running
import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// One `assay run`: plan, store, run, analyse and report each experiment in turn.
struct ExperimentSession: Sendable {
    private let choice: SessionChoice
    private let results: FilePath
    private let isResuming: Bool
    private let locator: ProgramLocator
    private let side: SideProgram?
    private let continuation: String?

    /// What is asked for; nil where a resumed run decides.
    private struct SessionChoice: Sendable {
        var profile: String?
        var seed: UInt64?
    }

    init(choice: ExperimentChoice, results: String, isResuming: Bool) throws {
        try self.init(profile: choice.profile, seed: choice.seed, results: results, isResuming: isResuming)
    }

    /// - Parameters:
    ///   - side: What runs instead of the declaration's program; nil for that.
    ///   - continuation: What is said of a run that was stopped; nil for how `assay run` goes on.
    init(
        profile: String?, seed: UInt64?, results: String, isResuming: Bool = false, side: SideProgram? = nil,
        continuation: String? = nil
    ) throws {
        self.continuation = continuation
        guard !results.isEmpty else {
            throw Failure(.usage, "--results is empty; name a folder, as in --results Results")
        }
        choice = SessionChoice(profile: profile, seed: seed)
        self.results = FilePath(results)
        self.isResuming = isResuming
        self.side = side
        locator = try ProgramLocator()
    }

    /// Runs the experiments in the order given.
    ///
    /// - Returns: ``ExitStatus/doubtful`` where a trial of any of them failed for good, else ``ExitStatus/notRun`` where one of
    ///   them could not be run on this machine.
    func run(_ experiments: [DeclaredExperiment]) async throws -> ExitStatus {
        // All that can be known to fail fails before anything is written.
        let launcher = try locator.launcher()
        for experiment in experiments {
            let declared = experiment.declaration.program
            _ = try locator.path(ofProgram: declared.text, command: declared.command)
            if !isResuming { _ = try plan(experiment, stored: nil) }
        }
        var (hasFailures, hasNotRun) = (false, false)
        var hindrance = ObserverHindrance(locator: locator)
        for (index, experiment) in experiments.enumerated() {
            if experiments.count > 1 {
                StandardStream.error.write("experiment \(index + 1) of \(experiments.count)\n")
            }
            if !experiment.declaration.observers.isEmpty, let reason = try await hindrance.reason() {
                try ReportPublisher(results: results).publishNotRun(experiment.declaration, reason: reason)
                hasNotRun = true
                continue
            }
            if try await run(experiment, launcher: launcher).hasFailures { hasFailures = true }
        }
        return hasFailures ? .doubtful : hasNotRun ? .notRun : .success
    }

    /// Runs one experiment, and writes its report.
    ///
    /// - Returns: What was run, and whether a trial of it failed for good.
    func run(_ experiment: DeclaredExperiment) async throws -> (archive: RunArchive, hasFailures: Bool) {
        try await run(experiment, launcher: locator.launcher())
    }

    private func run(
        _ experiment: DeclaredExperiment, launcher: FilePath
    ) async throws -> (archive: RunArchive, hasFailures: Bool) {
        let writer = try writer(for: experiment)
        let plan = writer.archive.plan
        // A side's own program runs every cell, or none has one.
        let own = plan.cells[0].program
        let program = try own.map { FilePath($0) } ?? locator.path(ofProgram: plan.program, command: plan.command)
        let provenance = await ProvenanceCollector.collect(program: program, side: side)
        let directory = locator.directory
        let printer = ProgressPrinter(
            isTerminal: StandardStream.error.isTerminal, columns: StandardStream.error.columns,
            continuation: continuation ?? "`assay run --resume` runs the rest")
        let runner = ExperimentRunner(
            writer: writer, program: program,
            arguments: { trial, cell in
                plan.arguments(of: trial, cell: cell, tracePath: TrialFolder.traceName, directory: directory)
            },
            provenance: provenance, sideProvenances: own.map { [$0: provenance] } ?? [:],
            executor: ProcessExecutor(launcher: launcher), bursts: BurstExecutor(launcher: launcher),
            tickInterval: StandardStream.error.isTerminal ? .seconds(1) : nil,
            report: { StandardStream.error.write(printer.text(for: $0)) })
        let status = try await runner.run()
        try Task.checkCancellation()
        try ReportPublisher(results: results).publish(writer.archive, experiment.declaration)
        return (writer.archive, status.failed > 0)
    }

    /// The run to add to: a new one, or with `--resume` the newest one that is not complete under the same declaration.
    private func writer(for experiment: DeclaredExperiment) throws -> RunWriter {
        let name = experiment.declaration.name
        if isResuming, try !RunArchive.runs(experiment: name, in: results).isEmpty {
            let archive = try RunArchive.openNewest(experiment: name, in: results)
            try archive.requireSame(as: plan(experiment, stored: archive.plan))
            return try archive.resume()
        }
        return try RunArchive.create(
            plan: plan(experiment, stored: nil), declaration: experiment.bytes, in: results,
            secondsSinceEpoch: time(nil))
    }

    private func plan(_ experiment: DeclaredExperiment, stored: Plan?) throws -> Plan {
        let plan = try Planner.plan(
            experiment.declaration, profile: choice.profile ?? stored?.profile ?? ExperimentChoice.fullProfile,
            seed: choice.seed ?? stored?.seed ?? 1, digest: experiment.digest)
        return side.map(plan.running) ?? plan
    }
}
