import Randomness
import Simulation
import TestSupport
import Testing
import Timekeeping
import TraceModel

@Suite("SystemUnderTest on the wall clock", .timeLimit(.minutes(1)))
struct SystemUnderTestWallClockTests {
    @Test(
        "on the wall clock too: what is started is done or open, and the markers are there",
        arguments: ["tasks", "dispatch", "threads"])
    func wallClock(runtime: String) async throws {
        let parameters = SystemParameters.original.with {
            $0.clientCount = 400
            $0.thinkTime = Delay(.milliseconds(5))
            $0.writeDelay = Delay(.milliseconds(1))
            $0.warmUp = .zero
            $0.measure = .seconds(3600)
        }
        let (outcome, events) = await onForeignThread {
            switch runtime {
            case "tasks": wallClockRun(parameters, on: GreenThreadRuntime(workerCount: 8))
            case "dispatch": wallClockRun(parameters, on: DispatchRuntime())
            default: wallClockRun(parameters, on: ThreadRuntime())
            }
        }
        let counts = try #require(outcome).counts
        #expect(counts.requestsDone > 0)
        #expect(outcome?.requestsOpen ?? -1 >= 0 && outcome?.requestsOpen ?? 401 <= 400)
        #expect(counts.writesStarted - counts.writesDone <= 8)
        // To the very end of the trace: who waits for a permit when the run ends starts no write.
        let inProgress = events.count { $0.kind == .persistStart } - events.count { $0.kind == .persistDone }
        #expect(inProgress <= 8)
        #expect(events.count { $0.kind == .measurementStart } == 1)
        #expect(events.count { $0.kind == .measurementEnd } == 1)
        for kind in [EventKind.requestStart, .requestDone, .persistStart, .persistDone] {
            let requests = events.filter { $0.kind == kind }.map(\.request)
            #expect(Set(requests).count == requests.count)
        }
    }
}

private func wallClockRun(
    _ parameters: SystemParameters, on runtime: some ConcurrencyRuntime
) -> (WindowOutcome?, [Event]) {
    let sink = MemorySink(runtime: runtime)
    let system = SystemUnderTest(parameters: parameters, runtime: runtime, sink: sink)
    // By count, not by time: a machine under load may take as long as it needs.
    sink.after(1, of: .measurementStart) { sink.after(500, of: .requestDone) { system.stop() } }
    do throws(Deadlock) {
        return (try system.run(), sink.events)
    } catch {
        Issue.record("\(error)")
        return (nil, sink.events)
    }
}
