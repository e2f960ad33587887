import Archiving
import Experiments
import Glibc
import Monitoring
import Running
import SystemPackage
import Testing

private let oracles = (0..<4).map { "block-0\($0)-cell-000-oracle" }

@Suite("Running the oracles of an experiment")
struct OracleRunnerTests {
    /// A bench for the bundled simulator, as far as names go: nothing of it is run.
    private func bench(_ results: FilePath, clock: String? = nil) -> Bench {
        var bench = Bench(results: results)
        bench.plan = Samples.plan(retries: 0, program: "system-simulator")
        bench.plan.cells[0].parameters += [Parameter(name: "workers", value: "2")]
        if let clock { bench.plan.cells[0].parameters += [Parameter(name: "clock", value: clock)] }
        return bench
    }

    @Test("each finished trial gets one, after all trials, in virtual time and with nobody sampling the environment")
    func runs() async throws {
        try await withTemporaryFolder { results in
            let bench = bench(results)
            let executor = FakeExecutor(clock: bench.clock) { (count, _) throws(ExecutionError) in
                .exited(status: count == 1 ? 3 : 0)
            }

            let status = try await bench.run(bench.create(), executor)

            #expect((status.finished, status.failed) == (3, 1))
            #expect(executor.attempts.suffix(3) == [oracles[0], oracles[2], oracles[3]])
            let archive = try bench.archive()
            let records = try archive.oracleTrials()
            #expect(records.map(\.order) == [0, 2, 3])
            #expect(records.map(\.outcome) == [.finished, .finished, .finished])
            #expect(records[1].seed == 2)
            #expect(records[1].command == ["/bin/program", "--seed", "2", "15", "clients clock"])
            #expect(try archive.oracleTraceIsAsRecorded(records[1]) == true)
            #expect(executor.requestsMade.map(\.samplesEnvironment) == [true, true, true, true, false, false, false])
            #expect(Set(executor.requestsMade.map(\.timeLimit)) == [.seconds(30)])
        }
    }

    @Test("there are none where all is in virtual time already, nor is anything said of them")
    func virtual() async throws {
        try await withTemporaryFolder { results in
            let bench = bench(results, clock: "virtual")
            let executor = FakeExecutor()
            _ = try await bench.run(bench.create(), executor)
            #expect(executor.attempts.count == 4)
            #expect(executor.requestsMade.allSatisfy { !$0.samplesEnvironment })
            #expect(bench.progress.values.count == 1 + 2 * 4 + 1)
            #expect(!FileSystem.isFolder(try bench.archive().path.appending("oracle")))
        }
    }

    @Test("one that fails is stored with its reason, is not tried again, and fails no run")
    func fails() async throws {
        try await withTemporaryFolder { results in
            let bench = bench(results)
            let executor = FakeExecutor { (_, request) throws(ExecutionError) in
                .exited(status: request.folder.path.lastComponent?.string == oracles[2] ? 64 : 0)
            }

            let status = try await bench.run(bench.create(), executor)

            #expect((status.finished, status.failed) == (4, 0))
            let reason = "It ended with status 64. It wrote nothing to standard error."
            let outcomes = try bench.archive().oracleTrials().map(\.outcome)
            #expect(outcomes == [.finished, .finished, .failed(reason: reason), .finished])
            let again = FakeExecutor()
            _ = try await bench.run(bench.archive().resume(), again)
            #expect(again.attempts == [])
        }
    }

    @Test("stopped at any of them and resumed, runs each to its end exactly once", arguments: 0..<4)
    func resumes(stopAt number: Int) async throws {
        try await withTemporaryFolder { results in
            let bench = bench(results)
            let first = FakeExecutor { (count, _) throws(ExecutionError) in
                if count == 4 + number { throw .cancelled }
                return .exited(status: 0)
            }
            let error = await bench.error(try bench.create(), first)
            #expect(error == .interrupted(done: number, total: 4))
            #expect(try bench.archive().oracleTrials().count == number)
            #expect(try FileSystem.names(in: bench.archive().path.appending("staging")) == [])

            let second = FakeExecutor()
            let status = try await bench.run(bench.archive().resume(), second)

            #expect(second.attempts == Array(oracles[number...]))
            #expect(status.finished == 4)
            #expect(try bench.archive().oracleTrials().map(\.order) == [0, 1, 2, 3])
        }
    }

    @Test("killed by SIGKILL at any of them and resumed, loses none and runs none twice", arguments: 0..<4)
    func survivesKill(at number: Int) async throws {
        try await withTemporaryFolder { results in
            await #expect(processExitsWith: .signal(SIGKILL)) {
                [place = results.string as String, number = number as Int] in
                var bench = Bench(results: FilePath(place))
                bench.plan = Samples.plan(program: "system-simulator")
                let executor = FakeExecutor { (count, _) throws(ExecutionError) in
                    if count == 4 + number { kill(getpid(), SIGKILL) }
                    return .exited(status: 0)
                }
                _ = try await bench.run(bench.create(), executor)
            }
            let bench = bench(results)
            #expect(try bench.archive().oracleTrials().map(\.order) == Array(0..<number))

            let executor = FakeExecutor()
            _ = try await bench.run(bench.archive().resume(), executor)

            #expect(executor.attempts == Array(oracles[number...]))
            #expect(try bench.archive().oracleTrials().map(\.order) == [0, 1, 2, 3])
        }
    }

    @Test("a full disk stops the run, and no oracle counts as failed for it")
    func fullDisk() async throws {
        try await withTemporaryFolder { results in
            let bench = bench(results)
            let executor = FakeExecutor { (count, request) throws(ExecutionError) in
                guard count == 5 else { return .exited(status: 0) }
                do {
                    try FileSystem().write(
                        Array("system-simulator: No space left on device\n".utf8), to: request.folder.errors)
                } catch {
                    throw .launcher(complaint: "\(error)")
                }
                return .exited(status: 74)
            }
            let error = await bench.error(try bench.create(), executor)
            let path = try bench.archive().path.appending("staging").appending(oracles[1])
            #expect(error == .archive(.fileSystem(operation: "write", path: path, error: .noSpace)))
            #expect(try bench.archive().oracleTrials().count == 1)
        }
    }

    @Test("are told of once each, in order, with the time left learned from those that finished")
    func progress() async throws {
        try await withTemporaryFolder { results in
            var bench = bench(results)
            bench.plan = Samples.plan(trials: 2, retries: 0, program: "system-simulator")
            let executor = FakeExecutor(clock: bench.clock) { (count, _) throws(ExecutionError) in
                .exited(status: count == 3 ? 70 : 0)
            }
            _ = try await bench.run(bench.create(), executor)

            func status(_ finished: Int, failed: Int = 0, elapsed: Int, left: Int?) -> RunStatus {
                RunStatus(
                    experiment: "sample", phase: .oracles, total: 2, finished: finished, failed: failed,
                    elapsed: .seconds(elapsed), timeLeft: left.map { .seconds($0) })
            }
            let (first, second) = ("block-00-cell-000", "block-01-cell-000")
            #expect(
                bench.progress.values.suffix(6) == [
                    .runStarted(status(0, elapsed: 0, left: nil)),
                    .trialStarted(trial: first, attempt: 1, status(0, elapsed: 0, left: nil)),
                    .trialFinished(trial: first, elapsed: .seconds(11), status(1, elapsed: 11, left: 11)),
                    .trialStarted(trial: second, attempt: 1, status(1, elapsed: 11, left: 11)),
                    .trialFailed(
                        trial: second, attempt: 1,
                        reason: "It ended with status 70. It wrote nothing to standard error.", willRetry: false,
                        status(1, failed: 1, elapsed: 22, left: 0)),
                    .runFinished(status(1, failed: 1, elapsed: 22, left: 0)),
                ])
        }
    }

    @Test("the bundled simulator runs both, and the one in virtual time writes what it writes by itself")
    func realSimulator() async throws {
        try await withTemporaryFolder { folder in
            let program = launcher.removingLastComponent().appending("system-simulator")
            var plan = Samples.plan(trials: 1, program: "system-simulator")
            plan.schedule.warmUpNanoseconds = 100_000_000
            plan.schedule.measureNanoseconds = 300_000_000
            plan.cells[0].parameters += [Parameter(name: "workers", value: "2")]
            let writer = try RunArchive.create(
                plan: plan, declaration: [], in: folder.appending("Results"), secondsSinceEpoch: 0)

            _ = try await ExperimentRunner(
                writer: writer, program: program,
                arguments: { [plan] trial, cell in
                    plan.arguments(of: trial, cell: cell, tracePath: TrialFolder.traceName, directory: "/")
                },
                provenance: Samples.provenance(binaryDigest: nil), executor: ProcessExecutor(launcher: launcher),
                report: { _ in }
            ).run()

            let record = try #require(try writer.archive.oracleTrials().first)
            #expect(record.outcome == .finished)
            #expect(record.command.contains("virtual"))
            #expect((record.reported["eventsRecorded"] ?? 0) > 0)
            let trial = try #require(try writer.archive.completedTrials().first)
            #expect(try #require(try writer.archive.environment(of: trial)).samples.count > 2)
            #expect(!FileSystem.isFile(writer.archive.folder(ofOracle: record.identifier).environment))
            // The same command by itself writes the same bytes.
            let alone = TrialFolder(path: folder.appending("alone"))
            try FileSystem().createFolders(alone.work)
            _ = try await ProcessExecutor(launcher: launcher).execute(
                TrialRequest(
                    program: program, arguments: Array(record.command.dropFirst()), folder: alone,
                    timeLimit: .seconds(60)))
            #expect(
                try FileSystem.read(alone.unfinishedTrace)
                    == FileSystem.read(writer.archive.folder(ofOracle: record.identifier).trace))
        }
    }
}
