import Archiving
import Experiments
import Running
import SystemPackage
import Testing

/// A runner over a run of its own, with everything outside it made up.
struct Bench {
    let results: FilePath
    var plan = Samples.plan()
    let progress = Collector<RunProgress>()
    let clock = FakeClock()
    var digest: @Sendable (FilePath) async -> String? = { _ in "digest" }
    var provenance = Samples.provenance()

    func create() throws -> RunWriter {
        try RunArchive.create(plan: plan, declaration: [], in: results, secondsSinceEpoch: 0)
    }

    func archive() throws -> RunArchive { try RunArchive.openNewest(experiment: plan.experiment, in: results) }

    func run(_ writer: RunWriter, _ executor: any TrialExecutor) async throws -> RunStatus {
        try await ExperimentRunner(
            writer: writer, program: "/bin/program",
            arguments: { trial, cell in
                let names = cell.parameters.map(\.name)
                let others = names.count > 1 ? [names.joined(separator: " ")] : []
                return ["--seed", "\(trial.seed)", cell.parameters[0].value] + others
            },
            provenance: provenance, executor: executor, clock: clock.clock, digest: digest,
            report: { progress.append($0) }
        ).run()
    }

    /// As ``run(_:_:)`` for a run that should not come to its end.
    func error(_ writer: RunWriter, _ executor: any TrialExecutor) async -> RunningError? {
        await #expect(throws: RunningError.self) { try await run(writer, executor) }
    }
}
