import Archiving
import Experiments
import Running
import SystemPackage
import Testing

extension ExperimentRunnerTests {
    /// A run of two trials whose cell is watched by the second of two observers.
    private func watched(in results: FilePath) -> Bench {
        var bench = Bench(results: results)
        bench.plan = Samples.plan(trials: 2, retries: 0)
        bench.plan.observers = ["one", "two"].map {
            Observer(name: $0, script: "\($0).bt", text: "// \($0)", pairing: nil)
        }
        bench.plan.cells[0].parameters.append(Parameter(name: Observer.parameter, value: "two"))
        return bench
    }

    @Test("each trial is watched by the observers of its cell, with their scripts as they were planned")
    func passesObservers() async throws {
        try await withTemporaryFolder { results in
            let bench = watched(in: results)
            let executor = FakeExecutor(clock: bench.clock)
            let status = try await bench.run(bench.create(), executor)
            #expect(status.finished == 2)
            #expect(executor.requestsMade.map { $0.observers.map(\.name) } == [["two"], ["two"]])
            #expect(executor.requestsMade[0].observers[0].text == "// two")
        }
    }

    @Test(
        "what an observer said is stored beside its trial, and an observer that failed fails the trial with the reason")
    func storesObservations() async throws {
        try await withTemporaryFolder { results in
            let bench = watched(in: results)
            let executor = FakeExecutor(clock: bench.clock) { number, request throws(ExecutionError) in
                do {
                    try FileSystem().write(Array("seen".utf8), to: request.folder.observerOutput("two"))
                } catch {
                    throw .launcher(complaint: "\(error)")
                }
                return number == 0 ? .exited(status: 0) : .unobserved(complaint: "the observer 'two' was killed.")
            }
            let status = try await bench.run(bench.create(), executor)
            #expect(status.finished == 1 && status.failed == 1)
            let archive = try bench.archive()
            let record = try #require(try archive.completedTrials().first)
            #expect(try archive.observerOutput("two", of: record) == Array("seen".utf8))
            #expect(try archive.observerOutput("one", of: record) == nil)
            let failure = try #require(try archive.failedAttempts().first)
            guard case .failed(let reason) = failure.outcome else {
                Issue.record("it did not fail")
                return
            }
            #expect(reason.hasPrefix("It was not watched as declared: the observer 'two' was killed."))
        }
    }
}
