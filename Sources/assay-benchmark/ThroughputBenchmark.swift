import CProcess
import Glibc
import Quantities
import Randomness
import Recording
import Simulation
import Synchronization
import Timekeeping

// Requests a second when nothing takes time: what is left is the cost of the model and of the executor under it. It is the
// simulator's own model with all delays zero, so that each sleep is a yield, and with its trace written, the same code on
// each runtime.
//
// What it spends its time on, by sampling: our own pool 7 %; the concurrency library's look-ups of the task's executor
// preference, which each resumption makes twice under the lock of the task's status records, 36 %. The default executor
// is spared those: a task without a preference has nothing to look up.

private let repetitionCount = 7
private let clientCount = 1000
private let permitCount = 8
private let workerCounts = [2, 8]

func runThroughputBenchmark() throws(BenchmarkFailure) -> [BenchmarkResult] {
    print("## Requests a second, all delays replaced by yields")
    print("")
    var own: [[Outcome]] = Array(repeating: [], count: workerCounts.count)
    var peer: [Outcome] = []
    do throws(RecorderError) {
        for _ in 0..<repetitionCount {
            peer.append(try measure(DispatchRuntime()))
            for (index, workerCount) in workerCounts.enumerated() {
                own[index].append(try measure(GreenThreadRuntime(workerCount: workerCount)))
            }
        }
    } catch {
        throw BenchmarkFailure(sentence: "\(error)")
    }
    let results = throughputResults(own, beside: peer)
    BenchmarkResult.printTable(results)
    print("")
    print(
        "Median (range) of \(repetitionCount) interleaved runs of 1 s after a warm-up of 0.1 s: the simulator's model with "
            + "\(clientCount) clients and \(permitCount) permits, 6 events a request into a trace file.")
    return results
}

let throughputUnmeasured = throughputResults(workerCounts.map { _ in [] }, beside: [])

/// Each number of workers beside the default executor.
private func throughputResults(_ own: [[Outcome]], beside peer: [Outcome]) -> [BenchmarkResult] {
    zip(workerCounts, own).flatMap { workerCount, outcomes in
        [
            BenchmarkResult(
                name: "requests a second, delays replaced by yields, \(workerCount) workers", unit: "1/s",
                measured: .init(outcomes.map(\.requestsPerSecond)), referenceName: "default executor",
                reference: .init(peer.map(\.requestsPerSecond)),
                bound: workerCount == 2 ? .ratioAtLeast(2.5) : .none, decimals: 0),
            BenchmarkResult(
                name: "CPU time a request, delays replaced by yields, \(workerCount) workers", unit: "ns",
                measured: .init(outcomes.map(\.cpuNanosecondsPerRequest)), referenceName: "default executor",
                reference: .init(peer.map(\.cpuNanosecondsPerRequest)), bound: .none, decimals: 0),
        ]
    }
}

/// What was done in the window, and what the process used for it.
private struct Outcome {
    var requestsPerSecond: Double
    var cpuNanosecondsPerRequest: Double
}

private func measure(_ runtime: some ConcurrencyRuntime) throws(RecorderError) -> Outcome {
    let path = temporaryPath()
    defer { unlink(path) }
    let recorder = try Recorder(path: path)
    let cpu = Atomic<Int64>(0)
    let nothing = Delay(.zero)
    let system = SystemUnderTest(
        parameters: SystemParameters(
            clientCount: clientCount, permits: .shared(permitCount), writes: .asynchronous, writeDelay: nothing,
            networkDelay: nothing, thinkTime: nothing, start: .herd, warmUp: .milliseconds(100), measure: .seconds(1),
            seed: 1),
        runtime: runtime, sink: recorder,
        observer: WindowObserver(
            willOpen: { cpu.subtract(process_cpu_microseconds(), ordering: .relaxed) },
            didClose: { cpu.add(process_cpu_microseconds(), ordering: .relaxed) }))
    let outcome: WindowOutcome?
    do throws(Deadlock) { outcome = try system.run() } catch { preconditionFailure("\(error)") }
    for warning in recorder.finish().warnings { complain("\(warning)") }
    guard let outcome else { preconditionFailure("the window has been open") }
    let requests = Double(outcome.counts.requestsDone)
    return Outcome(
        requestsPerSecond: requests / outcome.elapsed.inSeconds,
        cpuNanosecondsPerRequest: Double(cpu.load(ordering: .relaxed)) * 1000 / requests)
}
