import Analysis
import Archiving
import Comparing
import Experiments
import Gating
import Quantities
import Reporting
import Running
import SystemPackage
import TraceModel

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension ComparisonOptions {
    /// Plans, runs, judges, and writes the report.
    ///
    /// - Parameter requiringGate: Whether the declaration must say what it is judged by.
    func compare(requiringGate: Bool = false) async throws -> GateOutcome {
        guard !baseline.isEmpty else {
            throw Failure(
                .usage,
                "name what the candidate is held against: --baseline PROGRAM, --baseline REVISION or --baseline NAME=VALUE"
            )
        }
        let experiment = try await DeclaredExperiment.read([experiment])[0]
        let declaration = experiment.declaration
        let gate =
            requiringGate ? try experiment.requireGate() : declaration.gate ?? GateDeclaration(defaultsFor: declaration)
        let design = try Self.design(
            pairs: pairs, gate, cellCount: declaration.cells.count, sideCount: control ? 3 : 2, path: experiment.path)
        let locator = try ProgramLocator()
        let launcher = try locator.launcher()
        let resolver = SideResolver(declaration, locator: locator) { StandardStream.error.write("\($0)\n") }
        let sources = try (
            SideSource(words: baseline, side: .baseline), SideSource(words: candidate, side: .candidate)
        )
        let before = try await resolver.program(of: sources.0, .baseline)
        let after = try await resolver.program(of: sources.1, .candidate)
        let planner = ComparisonPlanner(declaration, baseline: before, candidate: after, hasControl: control)
        if let complaint = planner.complaint { throw Failure(.usage, complaint) }
        let plan = try planner.plan(
            pairs: design.pairLimit, profile: profile ?? ExperimentChoice.fullProfile, seed: seed ?? 1,
            digest: experiment.digest)
        // The control is the baseline once more.
        let labels = [Side.baseline: before.label, .control: before.label, .candidate: after.label]
        return try await explaining(labels, continuation: Self.continuation) {
            try await Interruption.cancelling {
                try await run(
                    plan, experiment, gate, design, launcher: launcher, directory: locator.directory,
                    sides: (before, after))
            }
        }
    }

    /// What the pairs are spent on.
    ///
    /// - Parameters:
    ///   - pairs: As asked for on the command line; nil for what is declared, or the usual number.
    ///   - sideCount: With the null control.
    /// - Throws: ``Failure`` for a number that is outside its range, too many for one run, or so small that nothing could fail.
    static func design(
        pairs: Int?, _ gate: GateDeclaration, cellCount: Int, sideCount: Int, path: String
    ) throws(Failure) -> SequentialDesign {
        let range = GateDeclaration.pairRange
        let asked = pairs ?? gate.pairMaximum ?? SequentialDesign().maximumPairs
        guard range.contains(asked) else {
            throw Failure(.usage, "--pairs is \(range.lowerBound) to \(range.upperBound), found \(asked)")
        }
        let design = SequentialDesign(maximumPairs: asked)
        let trials = design.pairLimit * cellCount * sideCount
        guard trials <= Declaration.trialMaximum else {
            throw Failure(
                .usage,
                "\(asked) pairs of \(cellCount) cells, and \(design.confirmationPairs) to confirm a failure, are up to \(trials) "
                    + "trials; at most \(Declaration.trialMaximum) are allowed: lower --pairs")
        }
        let comparisons = gate.metrics.count * cellCount
        guard design.canFail(among: comparisons) else {
            let fewest = design.fewestPairs(among: comparisons, atMost: range.upperBound)
            let advice = fewest.map { "\($0) pairs are the fewest" } ?? "no number of pairs is enough"
            throw Failure(
                pairs == nil ? .badData : .usage,
                "\(pairs == nil ? "\(path): 'pairs' under 'gate'" : "--pairs") is \(asked), and among \(comparisons) figures "
                    + "(\(gate.metrics.count) metrics in \(cellCount) cells) no change would be large enough to fail; \(advice), or "
                    + "gate on fewer metrics")
        }
        return design
    }

    private func run(
        _ plan: Plan, _ experiment: DeclaredExperiment, _ gate: GateDeclaration, _ design: SequentialDesign,
        launcher: FilePath, directory: String, sides: (baseline: SideProgram, candidate: SideProgram)
    ) async throws -> GateOutcome {
        let writer = try writer(plan, experiment)
        var provenances: [String: Provenance] = [:]
        for side in [sides.baseline, sides.candidate] {
            provenances[side.program] = await ProvenanceCollector.collect(
                program: FilePath(side.program), side: side)
        }
        let printer = ProgressPrinter(
            isTerminal: StandardStream.error.isTerminal, columns: StandardStream.error.columns, mayEndEarly: true,
            continuation: Self.continuation)
        guard let provenance = provenances[sides.baseline.program] else {
            preconditionFailure("the provenance of \(sides.baseline.program) was just collected")
        }
        let runner = ExperimentRunner(
            writer: writer, program: FilePath(sides.baseline.program),
            arguments: { trial, cell in
                plan.arguments(of: trial, cell: cell, tracePath: TrialFolder.traceName, directory: directory)
            },
            provenance: provenance, sideProvenances: provenances,
            executor: ProcessExecutor(launcher: launcher), bursts: BurstExecutor(launcher: launcher),
            tickInterval: StandardStream.error.isTerminal ? .seconds(1) : nil,
            report: { StandardStream.error.write(printer.text(for: $0)) })
        let startedAt = RunClock.system.timestamp()
        let begun = RunClock.system.elapsed()
        let result = try await ComparisonSession(
            runner: runner, archive: writer.archive, declaration: experiment.declaration, gate: gate, design: design
        ) { StandardStream.error.write("\(plan.experiment): \($0)\n") }.run()
        func described(_ side: SideProgram) -> GateOutcome.Side {
            GateOutcome.Side(label: side.label, binaryDigest: provenances[side.program]?.binaryDigest)
        }
        let outcome = GateOutcome(
            experiment: experiment.declaration.name, profile: plan.profile, mode: .paired,
            baseline: described(sides.baseline), candidate: described(sides.candidate),
            verdict: result.decision.verdict, reasons: result.decision.reasons, metrics: result.decision.metrics,
            nullControl: result.decision.nullControl, trials: result.trials,
            trust: GateTrust(of: result.summary, judgedBy: gate.metrics.map(\.pairing)), pairCount: result.pairCount,
            pairMaximum: design.maximumPairs, confirmationPairMaximum: design.confirmationPairs,
            elapsedNanoseconds: (RunClock.system.elapsed() - begun).inNanoseconds, startedAt: startedAt)
        try publish(outcome, .init(provenance: provenances[sides.candidate.program], seed: plan.seed))
        return outcome
    }

    private func writer(_ plan: Plan, _ experiment: DeclaredExperiment) throws -> RunWriter {
        let folder = FilePath(results)
        if resume, try !RunArchive.runs(experiment: plan.experiment, in: folder).isEmpty {
            let archive = try RunArchive.openNewest(experiment: plan.experiment, in: folder)
            try archive.requireSame(as: plan)
            if let complaint = Self.complaint(resuming: archive.plan, as: plan) {
                throw Failure(.badData, "\(archive.path): \(complaint)")
            }
            return try archive.resume()
        }
        return try RunArchive.create(
            plan: plan, declaration: experiment.bytes, in: folder, secondsSinceEpoch: time(nil))
    }

    /// Why a stored comparison is not gone on with under another plan of the same declaration, profile and seed; nil where
    /// it may be.
    ///
    /// The most pairs are part of the design: who adds some when the last look was not to their liking looks once more than
    /// the error was shared among.
    static func complaint(resuming stored: Plan, as asked: Plan) -> String? {
        if stored.sides != asked.sides {
            return stored.sides.contains(.control)
                ? "it was begun with the null control; leave --no-control out, or begin anew without --resume"
                : "it was begun without the null control; go on with --no-control, or begin anew without --resume"
        }
        guard stored.cells == asked.cells else {
            return "it compared other sides; compare the same ones, or begin anew without --resume"
        }
        guard stored.schedule.trials == asked.schedule.trials else {
            let (before, now) = (pairs(of: stored), pairs(of: asked))
            return
                "it was begun with --pairs \(before), not \(now), and pairs that are added later are one look too many; go on with "
                + "--pairs \(before), or begin anew without --resume"
        }
        return nil
    }

    /// The pairs on which a plan looks for a verdict, as a user names them.
    private static func pairs(of plan: Plan) -> String {
        let found = GateDeclaration.pairRange.first {
            SequentialDesign(maximumPairs: $0).pairLimit == plan.schedule.trials
        }
        return found.map(String.init) ?? "of another release"
    }

    /// How a comparison that was stopped is gone on with.
    private static var continuation: String {
        "`\(CommandLineText.resuming(CommandLine.arguments))` goes on from there"
    }

    /// Passes on what the body gives or throws. Of a side that gave no figures it writes the report before, under the side's
    /// name; where the body is stopped while it reads what has run, it says how to go on.
    func explaining<Value>(
        _ labels: [Side: String], continuation: String, _ body: () async throws -> Value
    ) async throws -> Value {
        do {
            return try await body()
        } catch is CancellationError {
            StandardStream.error.write("assay: stopped while the figures were read; \(continuation)\n")
            throw Failure(.interrupted, "")
        } catch ComparisonError.broken(let side) {
            var broken = side
            broken.label = labels[side.side] ?? ""
            let name = broken.experiment + ComparisonPlanner.suffix
            let folder = try ReportFolder(experiment: name, in: FilePath(results))
            let report = BrokenReport(of: broken, startedAt: RunClock.system.timestamp())
            try folder.publish(report.files.map { ($0.path, $0.bytes) })
            throw ComparisonError.broken(broken)
        }
    }

    /// Writes the report and the files for CI.
    func publish(_ outcome: GateOutcome, _ origin: GateMarkdown.Origin) throws {
        let name = outcome.experiment + ComparisonPlanner.suffix
        let folder = try ReportFolder(experiment: name, in: FilePath(results))
        try folder.publish(ComparisonReport(of: outcome, origin: origin).files.map { ($0.path, $0.bytes) })
        StandardStream.error.write("\(name): \(folder.path.appending("report.md"))\n")
    }
}

extension GateDeclaration {
    /// For a declaration that names no gate: what most would look at first, each with a band of 5 %.
    init(defaultsFor declaration: Declaration) {
        let ofStages = declaration.stages.filter { $0 != .think }.flatMap { stage in
            [.stage(stage, .all, .p50), .stage(stage, .all, .p99)] as [Metric]
        }
        let metrics =
            declaration.program.source == .trace ? [.throughput] + ofStages : declaration.program.metrics
        self.init(metrics: metrics.map { GatedMetric($0, band: Band(.relative(0.05))) })
    }
}
