import CProcess
import Quantities
import Timekeeping

// How late sleepers wake, beside a bare C loop that serves the same timetable on one thread, and what a wake-up costs,
// beside `Task.sleep`. The arms take turns, so that a busy minute of the machine meets all of them.

private enum Arm: CaseIterable {
    case bare, defaultExecutor, twoWorkers, eightWorkers, twoSpinning, eightSpinning

    static let spin = Duration.microseconds(60)

    var name: String {
        switch self {
        case .bare: "bare C loop"
        case .defaultExecutor: "Task.sleep"
        case .twoWorkers: "2 workers"
        case .eightWorkers: "8 workers"
        case .twoSpinning: "2 workers, spin 60 µs"
        case .eightSpinning: "8 workers, spin 60 µs"
        }
    }

    var spins: Bool { self == .twoSpinning || self == .eightSpinning }

    func serve(_ load: SleepLoad) -> SleepLoad.Outcome {
        switch self {
        case .bare: load.serveBare()
        case .defaultExecutor: load.serve(on: DispatchRuntime())
        case .twoWorkers: load.serve(on: GreenThreadRuntime(workerCount: 2))
        case .eightWorkers: load.serve(on: GreenThreadRuntime(workerCount: 8))
        case .twoSpinning: load.serve(on: GreenThreadRuntime(workerCount: 2, spin: Self.spin))
        case .eightSpinning: load.serve(on: GreenThreadRuntime(workerCount: 8, spin: Self.spin))
        }
    }
}

private let repetitionCount = 5
private let cycleCount = 12
private let sleeperCounts = [1_000, 10_000]

func runSleepBenchmark() -> [BenchmarkResult] {
    print("## Sleeping for 50 ms: overshoot and CPU time")
    print("")
    let results = measureSleeping()
    BenchmarkResult.printTable(results)
    print("")
    print(
        "Median (range) of \(repetitionCount) interleaved repetitions of \(cycleCount) sleeps for each sleeper, at random "
            + "phases. CPU time is the process's, user and system, over the wake-ups.")
    return results
}

let sleepUnmeasured = sleeperCounts.flatMap { rows($0, [:]) }

/// Overshoot and CPU time of each arm, at each number of sleepers.
private func measureSleeping() -> [BenchmarkResult] {
    // Before any thread is started, so that those of the default executor inherit it as well.
    _ = process_set_timer_slack(1)
    var results: [BenchmarkResult] = []
    for sleeperCount in sleeperCounts {
        let load = SleepLoad(sleeperCount: sleeperCount, cycles: cycleCount)
        var outcomes: [Arm: [SleepLoad.Outcome]] = [:]
        for _ in 0..<repetitionCount {
            for arm in Arm.allCases { outcomes[arm, default: []].append(arm.serve(load)) }
        }
        results += rows(sleeperCount, outcomes)
    }
    return results
}

private func rows(_ sleeperCount: Int, _ outcomes: [Arm: [SleepLoad.Outcome]]) -> [BenchmarkResult] {
    func figure(_ arm: Arm, _ value: KeyPath<SleepLoad.Outcome, Double>) -> BenchmarkResult.Figure? {
        .init((outcomes[arm] ?? []).map { $0[keyPath: value] })
    }
    func result(
        _ arm: Arm, _ measure: String, _ value: KeyPath<SleepLoad.Outcome, Double>, beside peer: Arm,
        _ bound: BenchmarkResult.Bound
    ) -> BenchmarkResult {
        BenchmarkResult(
            name: "\(measure), \(sleeperCount.grouped) sleepers of 50 ms, \(arm.name)", unit: "µs",
            measured: figure(arm, value), referenceName: peer.name, reference: figure(peer, value), bound: bound)
    }
    var results: [BenchmarkResult] = []
    for arm in Arm.allCases where arm != .bare {
        let bound: BenchmarkResult.Bound =
            arm == .defaultExecutor ? .none : arm.spins ? .valueAtMost(5) : .ratioAtMost(1.5)
        results.append(result(arm, "sleep overshoot p50", \.overshootMedianMicroseconds, beside: .bare, bound))
        var tail = result(arm, "sleep overshoot p99", \.overshootP99Microseconds, beside: .bare, .none)
        tail.isNoteworthy = arm != .defaultExecutor
        results.append(tail)
    }
    for arm in Arm.allCases where arm != .defaultExecutor {
        let isBounded = sleeperCount == 10_000 && (arm == .twoWorkers || arm == .eightWorkers)
        results.append(
            result(
                arm, "CPU time a wake-up", \.cpuMicrosecondsPerWakeUp, beside: .defaultExecutor,
                isBounded ? .ratioAtMost(0.6) : .none))
    }
    return results
}
