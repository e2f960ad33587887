import Testing
import Timekeeping

@Suite("VirtualRuntime", .timeLimit(.minutes(5)))
struct VirtualRuntimeTests {
    @Test("time is exactly what was slept, however long")
    func exactTimes() async {
        let runtime = VirtualRuntime()
        let times = Notes<Duration>()
        await runtime.runElsewhere {
            times.add(runtime.now)
            for duration in [Duration.nanoseconds(1), .milliseconds(50), .seconds(86_400 * 365), .zero] {
                await runtime.sleepUnlessCancelled(duration)
                times.add(runtime.now)
            }
        }
        let year = Duration.seconds(86_400 * 365)
        #expect(
            times.all == [
                .zero, .nanoseconds(1), .nanoseconds(50_000_001), .nanoseconds(50_000_001) + year,
                .nanoseconds(50_000_001) + year,
            ])
    }

    @Test("equal deadlines are met in the order in which the sleeps began")
    func ties() async {
        let runtime = VirtualRuntime()
        let notes = Notes<Int>()
        await runtime.runElsewhere {
            for index in 0..<100 {
                runtime.spawn {
                    await runtime.sleepUnlessCancelled(.milliseconds(index % 2 == 0 ? 10 : 5))
                    if index % 2 == 1 { await runtime.sleepUnlessCancelled(.milliseconds(5)) }
                    notes.add(index)
                }
            }
            await runtime.sleepUnlessCancelled(.milliseconds(20))
        }
        // The even ones went to sleep for 10 ms at 0 ms, all before the odd ones did for 5 ms at 5 ms.
        #expect(notes.all == Array(stride(from: 0, to: 100, by: 2)) + Array(stride(from: 1, to: 100, by: 2)))
    }

    @Test("the same program takes the same steps every time", arguments: 1...5 as ClosedRange<UInt64>)
    func determinism(seed: UInt64) async {
        let first = await steps(seed: seed)
        let second = await steps(seed: seed)
        let other = await steps(seed: seed + 100)
        #expect(first == second)
        #expect(first != other)
    }

    @Test("when the body returns, sleepers end in the order of their deadlines, at that time")
    func cancellationOrder() async {
        let runtime = VirtualRuntime()
        let notes = Notes<Int>()
        await runtime.runElsewhere {
            for index in 0..<50 {
                runtime.spawn {
                    #expect(await runtime.sleepUnlessCancelled(.seconds(1000 - index)) == false)
                    notes.add(index)
                }
            }
            await runtime.sleepUnlessCancelled(.seconds(1))
        }
        #expect(notes.all == (0..<50).reversed())
        #expect(runtime.now == .seconds(1))
    }

    @Test(
        "green threads that wait for each other are reported with who waits for what, and since no time passes, at once"
    )
    func deadlock() {
        let runtime = VirtualRuntime()
        let philosopher = WaitKind("philosopher", for: "the right fork")
        let error = #expect(throws: Deadlock.self) {
            try runtime.run {
                runtime.spawn { _ = await runtime.suspend(Wait(philosopher, 1)) { _ in } }
                runtime.spawn { _ = await runtime.suspend(Wait(philosopher, 2)) { _ in } }
                runtime.spawn { await runtime.sleepUnlessCancelled(.milliseconds(1500)) }
                _ = await runtime.suspend(Wait(WaitKind("waiter", for: "an order"), 7)) { _ in }
            }
        }
        #expect(error?.instant == .milliseconds(1500))
        #expect(
            error?.sentences == [
                "waiter 7 waits for an order", "2 × philosopher (1, 2) wait for the right fork",
            ])
    }

    @Test(
        "a wait that another green thread ends is no deadlock, and gives what it was resumed with",
        arguments: [true, false])
    func suspension(answer: Bool) async {
        let runtime = VirtualRuntime()
        let notes = Notes<Bool>()
        await runtime.runElsewhere {
            let kept = Guarded<Suspension?>(nil)
            runtime.spawn {
                await runtime.sleepUnlessCancelled(.seconds(1))
                kept.withLock { $0 }?.resume(returning: answer)
            }
            notes.add(
                await runtime.suspend(Wait(WaitKind("it", for: "an answer"), 0)) { one in kept.withLock { $0 = one } })
            notes.add(await runtime.suspend(Wait(WaitKind("it", for: "an answer"), 0)) { $0.resume(returning: answer) })
        }
        #expect(notes.all == [answer, answer])
    }

    @Test("progress is told in simulated time that never goes back")
    func progress() throws {
        let times = Notes<Duration>()
        let runtime = VirtualRuntime { times.add($0) }
        try runtime.run {
            for _ in 0..<10 {
                runtime.spawn { for _ in 0..<60_000 { await runtime.sleepUnlessCancelled(.microseconds(1)) } }
            }
            await runtime.sleepUnlessCancelled(.seconds(1))
        }
        #expect(times.all.count >= 2)
        #expect(times.all == times.all.sorted())
        #expect(times.all.allSatisfy { $0 > .zero && $0 <= .seconds(1) })
    }

    /// Who woke when, of twenty green threads that sleep for lengths from a linear congruential generator.
    private func steps(seed: UInt64) async -> [[Int64]] {
        let runtime = VirtualRuntime()
        let notes = Notes<[Int64]>()
        await runtime.runElsewhere {
            for index in 0..<20 {
                runtime.spawn {
                    var state = seed &* 977 &+ UInt64(index)
                    for _ in 0..<10 {
                        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                        await runtime.sleepUnlessCancelled(.microseconds(Int(state >> 60)))
                        notes.add([Int64(index), runtime.now.components.attoseconds])
                    }
                }
            }
            await runtime.sleepUnlessCancelled(.seconds(1))
        }
        return notes.all
    }
}
