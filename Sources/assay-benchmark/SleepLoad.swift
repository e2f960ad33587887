import CFloors
import CProbes
import CProcess
import Glibc
import Quantities
import Synchronization
import Timekeeping

// Sleepers with a fixed timetable: sleeper i's k-th deadline is start + phase(i) + k × period, whenever it woke before.
// With deadlines relative to the last wake-up, sleepers that woke together would stay together, and each runtime would
// after a while serve a timetable of its own making.

/// A timetable of sleepers, which can be served by a runtime and by the bare C loop.
struct SleepLoad: Sendable {
    static let periodNanoseconds: Int64 = 50_000_000

    let cycles: Int
    /// Ascending; uniform over the period.
    let phases: [Int64]

    init(sleeperCount: Int, cycles: Int) {
        self.cycles = cycles
        var state: UInt64 = 42
        phases = (0..<sleeperCount).map { _ in
            // Knuth's linear congruential generator; its upper bits are good enough to spread sleepers.
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int64(state >> 11) % Self.periodNanoseconds
        }.sorted()
    }

    var wakeUpCount: Int { phases.count * cycles }

    /// How late the wake-ups were, and what they cost.
    struct Outcome {
        var overshootMedianMicroseconds: Double
        var overshootP99Microseconds: Double
        var cpuMicrosecondsPerWakeUp: Double

        init(overshoots: UnsafeMutableBufferPointer<Int64>, cpuMicroseconds: Int64) {
            let sorted = overshoots.sorted()
            func quantile(_ share: Double) -> Double { Double(sorted[Int(share * Double(sorted.count))]) / 1000 }
            overshootMedianMicroseconds = quantile(0.5)
            overshootP99Microseconds = quantile(0.99)
            cpuMicrosecondsPerWakeUp = Double(cpuMicroseconds) / Double(sorted.count)
        }
    }

    /// Serves the timetable with the bare C loop, on the calling OS thread.
    func serveBare() -> Outcome {
        let overshoots = allocate()
        defer { overshoots.deallocate() }
        let start = nanoseconds() + 20_000_000
        let cpu = process_cpu_microseconds()
        let status = floor_sleep(
            start, Self.periodNanoseconds, phases, Int64(phases.count), Int64(cycles), overshoots.baseAddress)
        precondition(status == 0, "the C loop failed with error \(status)")
        return Outcome(overshoots: overshoots, cpuMicroseconds: process_cpu_microseconds() - cpu)
    }

    /// Serves it with one green thread for each sleeper.
    func serve(on runtime: some ConcurrencyRuntime) -> Outcome {
        let overshoots = allocate()
        defer { overshoots.deallocate() }
        // Every wake-up has a place of its own in the buffer, and `run` returns after the last of them.
        nonisolated(unsafe) let places = overshoots
        let cpu = Atomic<Int64>(0)
        let awake = Atomic(0)
        runToEnd(runtime) { [self] in
            // All are asleep before the first deadline.
            let start = nanoseconds() + 20_000_000 + Int64(phases.count) * 5_000
            for (sleeper, phase) in phases.enumerated() {
                runtime.spawn { [self] in
                    for cycle in 0..<cycles {
                        let deadline = start + Int64(cycle) * Self.periodNanoseconds + phase
                        await runtime.sleep(untilNanoseconds: deadline)
                        places[cycle * phases.count + sleeper] = nanoseconds() - deadline
                    }
                    awake.add(1, ordering: .relaxed)
                }
            }
            await runtime.sleep(untilNanoseconds: start - 1_000_000)
            cpu.subtract(process_cpu_microseconds(), ordering: .relaxed)
            await runtime.sleep(untilNanoseconds: start + Int64(cycles) * Self.periodNanoseconds)
            cpu.add(process_cpu_microseconds(), ordering: .relaxed)
            while awake.load(ordering: .relaxed) < phases.count {
                await runtime.sleep(untilNanoseconds: nanoseconds() + 1_000_000)
            }
        }
        return Outcome(overshoots: overshoots, cpuMicroseconds: cpu.load(ordering: .relaxed))
    }

    private func allocate() -> UnsafeMutableBufferPointer<Int64> {
        let buffer = UnsafeMutableBufferPointer<Int64>.allocate(capacity: wakeUpCount)
        // Pages are touched here, not while wake-ups are timed.
        buffer.initialize(repeating: 0)
        return buffer
    }
}

/// Runs the body on a runtime of the wall clock, which never stands still.
func runToEnd(_ runtime: some ConcurrencyRuntime, _ body: @escaping @Sendable () async -> Void) {
    do {
        try runtime.run(body)
    } catch {
        preconditionFailure("\(error)")
    }
}

private func nanoseconds() -> Int64 { Int64(isim_clock_monotonic_nanoseconds()) }

extension ConcurrencyRuntime {
    fileprivate func sleep(untilNanoseconds deadline: Int64) async {
        do {
            try await sleep(for: .nanoseconds(max(deadline - nanoseconds(), 1)))
        } catch {
            preconditionFailure("nobody cancels a sleep before the run ends")
        }
    }
}
