import Archiving
import Experiments
import Glibc
import Running
import SystemPackage
import Testing

private func attempts(_ numbers: [Int]) -> [String] { numbers.map { "block-0\($0)-cell-000-attempt-1" } }

@Suite("Running an experiment")
struct ExperimentRunnerTests {
    @Test("runs every trial once, in order, and stores each with what it was told, used and reported")
    func wholeRun() async throws {
        try await withTemporaryFolder { results in
            let bench = Bench(results: results)
            let executor = FakeExecutor(clock: bench.clock)

            let status = try await bench.run(bench.create(), executor)

            #expect(executor.attempts == attempts([0, 1, 2, 3]))
            #expect(status.finished == 4)
            let archive = try bench.archive()
            let records = try archive.completedTrials()
            #expect(
                records[1]
                    == TrialRecord(
                        identifier: "block-01-cell-000", cellIndex: 0, block: 1, order: 1, seed: 1, attempt: 1,
                        command: ["/bin/program", "--seed", "1", "15"], startedAt: "2026-11-23T04:52:47.000Z",
                        elapsedNanoseconds: 10_500_000_000, outcome: .finished, resources: Samples.resources,
                        reported: ["requestsDone": 1], provenance: Samples.provenance(),
                        trace: try TraceSeal(of: archive.folder(ofTrial: "block-01-cell-000").trace)))
            #expect(try archive.traceIsAsRecorded(records[1]) == true)
            #expect(records.map(\.order) == [0, 1, 2, 3])
            #expect(try archive.isComplete())
        }
    }

    @Test("stores a trial before the next one starts")
    func commitsBeforeNext() async throws {
        try await withTemporaryFolder { results in
            let bench = Bench(results: results)
            let seen = Collector<Int>()
            let executor = FakeExecutor { (_, _) throws(ExecutionError) in
                do {
                    seen.append(try bench.archive().completedTrials().count)
                } catch {
                    throw .launcher(complaint: "\(error)")
                }
                return .exited(status: 0)
            }
            _ = try await bench.run(bench.create(), executor)
            #expect(seen.values == [0, 1, 2, 3])
        }
    }

    @Test("stopped at any trial and resumed, runs each trial to its end exactly once", arguments: 0...4)
    func resumes(stopAt number: Int) async throws {
        try await withTemporaryFolder { results in
            let bench = Bench(results: results)
            let first = FakeExecutor { (count, _) throws(ExecutionError) in
                if count == number { throw .cancelled }
                return .exited(status: 0)
            }
            var writer: RunWriter? = try bench.create()
            if number < 4 {
                let error = await bench.error(try #require(writer), first)
                #expect(error == .interrupted(done: number, total: 4))
            } else {
                _ = try await bench.run(try #require(writer), first)
            }
            writer = nil
            let before = try bench.archive().completedTrials()
            #expect(before.count == number)

            let second = FakeExecutor()
            let status = try await bench.run(bench.archive().resume(), second)

            #expect(second.attempts == attempts(Array(number..<4)))
            #expect(status.finished == 4)
            let after = try bench.archive().completedTrials()
            #expect(after.map(\.order) == [0, 1, 2, 3])
            #expect(Array(after.prefix(number)) == before)
        }
    }

    @Test("killed by SIGKILL at any trial and resumed, loses no stored trial and runs none twice", arguments: 0..<4)
    func survivesKill(at number: Int) async throws {
        try await withTemporaryFolder { results in
            await #expect(processExitsWith: .signal(SIGKILL)) {
                [place = results.string as String, number = number as Int] in
                let bench = Bench(results: FilePath(place))
                let executor = FakeExecutor { (count, _) throws(ExecutionError) in
                    if count == number { kill(getpid(), SIGKILL) }
                    return .exited(status: 0)
                }
                _ = try await bench.run(bench.create(), executor)
            }
            let bench = Bench(results: results)
            #expect(try bench.archive().completedTrials().map(\.order) == Array(0..<number))

            let executor = FakeExecutor()
            _ = try await bench.run(bench.archive().resume(), executor)

            #expect(executor.attempts == attempts(Array(number..<4)))
            #expect(try bench.archive().completedTrials().map(\.order) == [0, 1, 2, 3])
        }
    }

    @Test("tries a failed trial again at once, keeps the failed attempt, and goes on")
    func retries() async throws {
        try await withTemporaryFolder { results in
            let bench = Bench(results: results)
            let executor = FakeExecutor { (count, _) throws(ExecutionError) in .exited(status: count == 1 ? 3 : 0) }

            _ = try await bench.run(bench.create(), executor)

            #expect(
                executor.attempts == attempts([0, 1]) + ["block-01-cell-000-attempt-2"] + attempts([2, 3]))
            let archive = try bench.archive()
            #expect(try archive.completedTrials().map(\.attempt) == [1, 2, 1, 1])
            let failed = try archive.failedAttempts()
            #expect(failed.map(\.identifier) == ["block-01-cell-000"])
            #expect(
                failed.first?.outcome
                    == .failed(reason: "It ended with status 3. It wrote nothing to standard error."))
            let kept = try FileSystem.read(archive.folder(ofTrial: "block-01-cell-000", failedAttempt: 1).output)
            #expect(String(decoding: kept, as: UTF8.self) == "{\"requestsDone\": 1}\n")
        }
    }

    @Test("gives a trial up after the declared retries, finishes the run, and does not try it again on resume")
    func failsForGood() async throws {
        try await withTemporaryFolder { results in
            var bench = Bench(results: results)
            bench.plan = Samples.plan(trials: 3, retries: 2)
            let executor = FakeExecutor { (_, request) throws(ExecutionError) in
                request.folder.path.string.contains("block-01") ? .killed(signal: SIGSEGV) : .exited(status: 0)
            }

            let status = try await bench.run(bench.create(), executor)

            #expect(status.finished == 2)
            #expect(status.failed == 1)
            #expect(executor.attempts.count == 5)
            #expect(try bench.archive().isComplete())
            let again = FakeExecutor()
            let resumed = try await bench.run(bench.archive().resume(), again)
            #expect(again.attempts == [])
            #expect(resumed.failed == 1)
        }
    }

    @Test("goes on counting attempts where the last session stopped")
    func countsAttemptsOverSessions() async throws {
        try await withTemporaryFolder { results in
            var bench = Bench(results: results)
            bench.plan = Samples.plan(trials: 1, retries: 1)
            let first = FakeExecutor { (count, _) throws(ExecutionError) in
                if count == 1 { throw .cancelled }
                return .exited(status: 1)
            }
            let error1 = await bench.error(try bench.create(), first)
            #expect(error1 == .interrupted(done: 0, total: 1))

            let second = FakeExecutor { (_, _) throws(ExecutionError) in .exited(status: 1) }
            let status = try await bench.run(bench.archive().resume(), second)

            #expect(second.attempts == ["block-00-cell-000-attempt-2"])
            #expect(status.failed == 1)
            #expect(try bench.archive().failedAttempts().map(\.attempt) == [1, 2])
        }
    }

    @Test("ends at once when the program cannot be started, and counts no attempt")
    func cannotStart() async throws {
        try await withTemporaryFolder { results in
            let bench = Bench(results: results)
            let executor = FakeExecutor { (_, _) throws(ExecutionError) in
                throw .cannotStart(step: "exec", error: .noSuchFileOrDirectory)
            }
            let error = await bench.error(try bench.create(), executor)
            #expect(
                error?.description
                    == "/bin/program: cannot be started (exec: no such file or directory); "
                    + "see to it, then continue with `--resume`")
            #expect(try bench.archive().failedAttempts() == [])
            #expect(try FileSystem.names(in: bench.archive().path.appending("staging")) == [])
        }
    }

    @Test("ends when the program's file changes between two trials, and says so")
    func programChanges() async throws {
        try await withTemporaryFolder { results in
            var bench = Bench(results: results)
            let asked = Collector<FilePath>()
            bench.digest = { path in
                asked.append(path)
                return asked.values.count < 3 ? "digest" : "another"
            }
            let executor = FakeExecutor()
            let error = await bench.error(try bench.create(), executor)
            #expect(
                error?.description
                    == "/bin/program: the program has changed since the run began, and its trials would not compare; "
                    + "begin a new run without --resume, or restore the program")
            #expect(executor.attempts == attempts([0, 1]))
            #expect(try bench.archive().completedTrials().count == 2)
        }
    }

    @Test("is not resumed with another program than the stored trials ran")
    func otherProgramOnResume() async throws {
        try await withTemporaryFolder { results in
            var bench = Bench(results: results)
            let first = FakeExecutor { (count, _) throws(ExecutionError) in
                if count == 2 { throw .cancelled }
                return .exited(status: 0)
            }
            let error2 = await bench.error(try bench.create(), first)
            #expect(error2 == .interrupted(done: 2, total: 4))
            bench.provenance = Samples.provenance(binaryDigest: "another")
            bench.digest = { _ in "another" }
            let second = FakeExecutor()
            let error3 = await bench.error(try bench.archive().resume(), second)
            #expect(error3 == .programChanged(path: "/bin/program"))
            #expect(second.attempts == [])
        }
    }

    @Test("stops between two trials when its task is cancelled")
    func cancelledBetween() async throws {
        try await withTemporaryFolder { results in
            let bench = Bench(results: results)
            let writer = try bench.create()
            let task = Task { () async -> RunningError? in
                let executor = FakeExecutor { (_, _) throws(ExecutionError) in
                    withUnsafeCurrentTask { $0?.cancel() }
                    return .exited(status: 0)
                }
                return await bench.error(writer, executor)
            }
            #expect(await task.value == .interrupted(done: 1, total: 4))
            #expect(bench.progress.values.last.map { if case .runInterrupted = $0 { true } else { false } } == true)
        }
    }

    @Test("tells of each thing once, in order, with the time left learned from the trials that finished")
    func progress() async throws {
        try await withTemporaryFolder { results in
            var bench = Bench(results: results)
            bench.plan = Samples.plan(trials: 2, retries: 1)
            let executor = FakeExecutor(clock: bench.clock) { (count, _) throws(ExecutionError) in
                .exited(status: count == 1 ? 3 : 0)
            }
            _ = try await bench.run(bench.create(), executor)

            func status(_ finished: Int, elapsed: Int, left: Int) -> RunStatus {
                RunStatus(
                    experiment: "sample", total: 2, finished: finished, failed: 0, elapsed: .seconds(elapsed),
                    timeLeft: .seconds(left))
            }
            let (first, second) = ("block-00-cell-000", "block-01-cell-000")
            #expect(
                bench.progress.values == [
                    .runStarted(status(0, elapsed: 0, left: 20)),
                    .trialStarted(trial: first, attempt: 1, status(0, elapsed: 0, left: 20)),
                    .trialFinished(trial: first, elapsed: .seconds(11), status(1, elapsed: 11, left: 11)),
                    .trialStarted(trial: second, attempt: 1, status(1, elapsed: 11, left: 11)),
                    .trialFailed(
                        trial: second, attempt: 1,
                        reason: "It ended with status 3. It wrote nothing to standard error.", willRetry: true,
                        status(1, elapsed: 22, left: 11)),
                    .trialStarted(trial: second, attempt: 2, status(1, elapsed: 22, left: 11)),
                    .trialFinished(trial: second, elapsed: .seconds(11), status(2, elapsed: 33, left: 0)),
                    .runFinished(status(2, elapsed: 33, left: 0)),
                ])
        }
    }
}
