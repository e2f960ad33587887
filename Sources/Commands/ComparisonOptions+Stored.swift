import Analysis
import Archiving
import Comparing
import Experiments
import Gating
import Quantities
import Reporting
import Running
import SystemPackage

extension ComparisonOptions {
    /// Runs the experiment once, as a stored baseline was run, and holds it against that.
    func holdAgainstStored(named name: String?, in store: BaselineStore) async throws -> GateOutcome {
        guard pairs == nil, seed == nil, !resume, control else {
            throw Failure(
                .usage,
                "--pairs, --seed, --no-control and --resume are of pairs, which are run with --baseline PROGRAM or REVISION; "
                    + "against a stored baseline its own seed is run")
        }
        let experiment = try await DeclaredExperiment.read([self.experiment])[0]
        let declaration = experiment.declaration
        let gate = try experiment.requireGate()
        let name = name ?? declaration.name
        let stored = try store.read(name)
        let locator = try ProgramLocator()
        let source = try SideSource(words: candidate, side: .candidate)
        let side: SideProgram? =
            source == .declared
            ? nil
            : try await SideResolver(declaration, locator: locator) { StandardStream.error.write("\($0)\n") }
                .program(of: source, .candidate)
        if let side {
            let planner = ComparisonPlanner(declaration, baseline: side, candidate: side, hasControl: false)
            if let complaint = planner.complaint { throw Failure(.usage, complaint) }
        }
        // In virtual time the same seeds are what makes figures comparable; on the wall clock fresh ones would add noise.
        guard let seed = stored.sessions.last?.seed else {
            preconditionFailure("the baseline \(name) has no session, which its reader must have refused")
        }
        let continuation = "`\(CommandLineText.same(CommandLine.arguments))` begins anew"
        let session = try ExperimentSession(
            profile: profile ?? stored.profile, seed: seed, results: results, side: side, continuation: continuation)
        let begun = RunClock.system.elapsed()
        let startedAt = RunClock.system.timestamp()
        let judge = StoredGate(stored: stored, path: try store.path(of: name), gate: gate)
        let result = try await explaining([.candidate: source.label], continuation: continuation) {
            try await Interruption.cancelling {
                try judge.requireSame(
                    experiment: declaration.name, digest: experiment.digest, profile: profile ?? stored.profile)
                let run = try await session.run(experiment)
                return try judge.result(on: run.archive, declaration)
            }
        }
        let outcome = GateOutcome(
            experiment: declaration.name, profile: profile ?? stored.profile,
            mode: stored.isVirtual ? .committed : .stored,
            baseline: .init(label: "baseline \(name)", binaryDigest: stored.sessions.last?.binaryDigest),
            candidate: .init(label: source.label, binaryDigest: result.summary.provenances.first?.binaryDigest),
            verdict: result.decision.verdict, reasons: result.decision.reasons, metrics: result.decision.metrics,
            trials: result.trials, trust: GateTrust(of: result.summary, judgedBy: gate.metrics.map(\.pairing)),
            pairCount: result.decision.pairCount, pairMaximum: result.decision.pairCount,
            elapsedNanoseconds: (RunClock.system.elapsed() - begun).inNanoseconds, startedAt: startedAt)
        try publish(outcome, .init(provenance: result.summary.provenances.first, seed: seed))
        return outcome
    }
}

extension DeclaredExperiment {
    /// The declaration's gate.
    ///
    /// - Throws: ``Failure`` where it has none.
    func requireGate() throws(Failure) -> GateDeclaration {
        guard let gate = declaration.gate else {
            throw Failure(
                .badData,
                "\(path): has no section 'gate', so nothing says how much of a change matters; add one, as in gate: "
                    + "{ metrics: { request.p99: 5% } }")
        }
        return gate
    }
}
