import Archiving
import Experiments
import Glibc
import Running
import SystemPackage
import Testing

/// Runs nothing: says of each run what it is told to.
private final class FakeBursts: BurstRunner {
    let sizes = Collector<[String]>()
    private let clock: FakeClock
    private let eachNanoseconds: Int64
    private let isFailing: @Sendable (_ seed: String, _ burst: Int) throws(ExecutionError) -> Bool

    init(
        clock: FakeClock, eachNanoseconds: Int64 = 100_000_000,
        isFailing: @escaping @Sendable (String, Int) throws(ExecutionError) -> Bool = { (_, _) throws(ExecutionError) in
            false
        }
    ) {
        self.clock = clock
        self.eachNanoseconds = eachNanoseconds
        self.isFailing = isFailing
    }

    func execute(_ request: BurstRequest) async throws(ExecutionError) -> BurstExecution {
        let seeds = request.order.map { request.commands[$0].arguments[1] }
        let number = sizes.values.count
        sizes.append(seeds)
        do {
            try FileSystem().write(Array("samples".utf8), to: request.folder.environment)
        } catch {
            throw .launcher(complaint: "\(error)")
        }
        var measurements: [CommandMeasurement] = []
        for (place, seed) in seeds.enumerated() {
            clock.advance(by: .nanoseconds(eachNanoseconds))
            if try isFailing(seed, number) {
                let end = TrialExecution(
                    end: .exited(status: 3), elapsedNanoseconds: eachNanoseconds, resources: Samples.resources)
                return BurstExecution(
                    measurements: measurements, failure: .init(place: place, execution: end, errors: "no bread\n"))
            }
            measurements.append(
                CommandMeasurement(
                    startNanoseconds: Int64(place) * eachNanoseconds, elapsedNanoseconds: eachNanoseconds,
                    resources: Samples.resources))
        }
        return BurstExecution(measurements: measurements, failure: nil)
    }
}

extension Bench {
    /// A bench whose trials have the process's figures alone.
    fileprivate static func ofProcesses(_ results: FilePath, trials: Int = 4, retries: Int = 1) -> Bench {
        var bench = Bench(results: results)
        bench.plan = Samples.plan(trials: trials, retries: retries)
        bench.plan.command = ProgramCommand(words: ["/bin/program"])
        return bench
    }

    fileprivate func run(_ writer: RunWriter, bursts: FakeBursts) async throws -> RunStatus {
        try await ExperimentRunner(
            writer: writer, program: "/bin/program", arguments: { trial, _ in ["--seed", "\(trial.seed)"] },
            provenance: provenance, executor: FakeExecutor(), bursts: bursts, clock: clock.clock, digest: digest,
            report: { progress.append($0) }
        ).run()
    }
}

@Suite("Running trials in bursts")
struct BurstRunTests {
    @Test("the first burst is one trial, the others as many as take a second; each trial is stored for itself")
    func sizes() async throws {
        try await withTemporaryFolder { results in
            let bench = Bench.ofProcesses(results, trials: 14)
            let bursts = FakeBursts(clock: bench.clock)
            let status = try await bench.run(bench.create(), bursts: bursts)
            #expect(bursts.sizes.values.map(\.count) == [1, 10, 3])
            #expect(status.finished == 14)
            let archive = try bench.archive()
            let records = try archive.completedTrials()
            #expect(records.map(\.order) == Array(0..<14))
            #expect(records[5].elapsedNanoseconds == 100_000_000)
            #expect(records[5].resources == Samples.resources)
            #expect(records[5].command == ["/bin/program", "--seed", "5"])
            #expect(records[5].trace == nil)
            let folder = archive.folder(ofTrial: records[5].identifier)
            #expect(try FileSystem.read(folder.environment) == Array("samples".utf8))
            #expect(try archive.isComplete())
            #expect(try FileSystem.names(in: archive.path.appending("staging")) == [])
        }
    }

    @Test("a trial that fails is kept with its reason and tried again, and the rest runs on")
    func retries() async throws {
        try await withTemporaryFolder { results in
            let bench = Bench.ofProcesses(results, trials: 6)
            let bursts = FakeBursts(clock: bench.clock) { (seed, burst) throws(ExecutionError) in
                seed == "3" && burst < 2
            }
            let status = try await bench.run(bench.create(), bursts: bursts)
            #expect(bursts.sizes.values == [["0"], ["1", "2", "3", "4", "5"], ["3", "4", "5"]])
            #expect(status.finished == 6 && status.failed == 0)
            let archive = try bench.archive()
            #expect(try archive.completedTrials().map(\.attempt) == [1, 1, 1, 2, 1, 1])
            let failed = try archive.failedAttempts()
            #expect(
                failed.map(\.outcome) == [
                    .failed(reason: "It ended with status 3. The end of its standard error: no bread")
                ])
            let folder = archive.folder(ofTrial: failed[0].identifier, failedAttempt: 1)
            #expect(try FileSystem.read(folder.errors) == Array("no bread\n".utf8))
        }
    }

    @Test("a trial that fails every time has failed for good")
    func failsForGood() async throws {
        try await withTemporaryFolder { results in
            let bench = Bench.ofProcesses(results, trials: 3)
            let bursts = FakeBursts(clock: bench.clock) { (seed, _) throws(ExecutionError) in seed == "0" }
            let status = try await bench.run(bench.create(), bursts: bursts)
            #expect(status.finished == 2 && status.failed == 1)
            #expect(try bench.archive().failedAttempts().map(\.attempt) == [1, 2])
            #expect(try bench.archive().isComplete())
        }
    }

    @Test("stopped in a burst and resumed, it loses that burst alone")
    func resumes() async throws {
        try await withTemporaryFolder { results in
            let bench = Bench.ofProcesses(results, trials: 14)
            let first = FakeBursts(clock: bench.clock) { (seed, _) throws(ExecutionError) in
                if seed == "7" { throw .cancelled }
                return false
            }
            var writer: RunWriter? = try bench.create()
            let open = try #require(writer)
            await #expect(throws: RunningError.interrupted(done: 1, total: 14)) {
                try await bench.run(open, bursts: first)
            }
            writer = nil
            _ = consume open
            #expect(try bench.archive().completedTrials().map(\.order) == [0])
            let second = FakeBursts(clock: bench.clock)
            let status = try await bench.run(bench.archive().resume(), bursts: second)
            #expect(second.sizes.values.first == ["1"])
            #expect(status.finished == 14)
        }
    }

    @Test("a real program's processes are measured")
    func real() async throws {
        try await withTemporaryFolder { results in
            var bench = Bench.ofProcesses(results, trials: 5)
            bench.plan.schedule.timeLimitNanoseconds = 10_000_000_000
            let status = try await ExperimentRunner(
                writer: bench.create(), program: "/bin/true", arguments: { _, _ in [] },
                provenance: Samples.provenance(binaryDigest: nil), executor: ProcessExecutor(launcher: launcher),
                bursts: BurstExecutor(launcher: launcher), report: { _ in }
            ).run()
            #expect(status.finished == 5)
            for record in try bench.archive().completedTrials() {
                #expect(record.elapsedNanoseconds > 0)
                #expect((record.resources?.minorFaults ?? 0) > 0)
                #expect(try bench.archive().environment(of: record) != nil)
            }
        }
    }
}
