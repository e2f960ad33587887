import CProcess
import Glibc
import Quantities
import Recording
import Synchronization
import Timekeeping

// Requests a second when nothing takes time: what is left is the cost of the executor. It runs the model of
// YieldingModel.swift, the same code on each runtime. The simulator's own model refuses a system that takes no time, and
// a third of what it would cost here are its layers, draws and counts, which are no executor's.
//
// What it spends its time on, by sampling: our own pool 7 %; the runtime's look-ups of the task's executor preference,
// which each hop and each enqueueing makes under the lock of the task's status records, 36 %.

private let repetitionCount = 7
private let clientCount = 1000
private let permitCount = 8

func runThroughputBenchmark() {
    print("## Requests a second, all delays replaced by yields")
    print("")
    do throws(RecorderError) {
        BenchmarkResult.printTable(try measureThroughput())
    } catch {
        complain("\(error)")
        exit(1)
    }
    print("")
    print(
        "Median (range) of \(repetitionCount) interleaved runs of 1 s after a warm-up of 0.1 s: \(clientCount) clients, "
            + "\(permitCount) permits, a green thread for each write, 6 events a request into a trace file.")
}

/// Two and eight workers beside the default executor.
func measureThroughput() throws(RecorderError) -> [BenchmarkResult] {
    var own: [Int: [Outcome]] = [:]
    var peer: [Outcome] = []
    for _ in 0..<repetitionCount {
        peer.append(try measure(DispatchRuntime()))
        for workerCount in [2, 8] {
            own[workerCount, default: []].append(try measure(GreenThreadRuntime(workerCount: workerCount)))
        }
    }
    return own.sorted { $0.key < $1.key }.flatMap { workerCount, outcomes in
        [
            BenchmarkResult(
                name: "requests a second, \(workerCount) workers", unit: "1/s",
                measured: .init(outcomes.map(\.requestsPerSecond)), referenceName: "default executor",
                reference: .init(peer.map(\.requestsPerSecond)),
                bound: workerCount == 2 ? .ratioAtLeast(2.5) : .none, decimals: 0),
            BenchmarkResult(
                name: "CPU time a request, \(workerCount) workers", unit: "ns",
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
    let path = "/tmp/assay-benchmark-\(getpid()).trace"
    unlink(path)
    defer { unlink(path) }
    let recorder = try Recorder(path: path)
    let outcome = Mutex<Outcome?>(nil)
    YieldingModel(clientCount: clientCount, permitCount: permitCount, runtime: runtime, recorder: recorder).run {
        model in
        await runtime.sleepOut(.milliseconds(100))
        let (start, cpu, requests) = (runtime.now, process_cpu_microseconds(), model.requests)
        await runtime.sleepOut(.seconds(1))
        let count = Double(model.requests - requests)
        let cpuNanoseconds = Double(process_cpu_microseconds() - cpu) * 1000
        let seconds = Double((runtime.now - start).inNanoseconds) / 1e9
        outcome.withLock {
            $0 = Outcome(requestsPerSecond: count / seconds, cpuNanosecondsPerRequest: cpuNanoseconds / count)
        }
    }
    for warning in recorder.finish().warnings { complain("\(warning)") }
    guard let outcome = outcome.withLock({ $0 }) else { preconditionFailure("the time keeper has returned") }
    return outcome
}

extension ConcurrencyRuntime {
    fileprivate func sleepOut(_ duration: Duration) async {
        do {
            try await sleep(for: duration)
        } catch {
            preconditionFailure("nobody cancels the time keeper")
        }
    }
}
