import Synchronization
import TestSupport
import Testing
import Timekeeping

@Suite("ConcurrencyRuntime", .timeLimit(.minutes(5)))
struct ConcurrencyRuntimeTests {
    @Test("the body runs, and run returns after it", arguments: RuntimeKind.allCases)
    func body(kind: RuntimeKind) async {
        let notes = Notes<String>()
        await kind.make().runElsewhere { notes.add("body") }
        #expect(notes.all == ["body"])
    }

    @Test(
        "run returns only when every green thread has ended, those that others spawned too",
        arguments: RuntimeKind.allCases)
    func runWaitsForAll(kind: RuntimeKind) async {
        let runtime = kind.make()
        let ended = Atomic(0)
        await runtime.runElsewhere {
            for _ in 0..<100 {
                runtime.spawn {
                    runtime.spawn { ended.add(1, ordering: .relaxed) }
                    await Task.yield()
                    ended.add(1, ordering: .relaxed)
                }
            }
        }
        let total = ended.load(ordering: .relaxed)
        #expect(total == 200)
    }

    /// With several OS threads the order is the scheduler's: one that woke first may be stopped before it notes it down.
    @Test("sleepers on one OS thread wake in the order of their deadlines", arguments: [true, false])
    func order(isVirtual: Bool) async {
        let runtime: any ConcurrencyRuntime = isVirtual ? VirtualRuntime() : GreenThreadRuntime(workerCount: 1)
        let notes = Notes<Int>()
        await runtime.runElsewhere {
            for milliseconds in [24, 2, 13] {
                runtime.spawn {
                    await runtime.sleepUnlessCancelled(.milliseconds(milliseconds))
                    notes.add(milliseconds)
                }
            }
            while notes.all.count < 3 { await runtime.sleepUnlessCancelled(.milliseconds(1)) }
        }
        #expect(notes.all == [2, 13, 24])
    }

    @Test("a sleep lasts at least as long as asked", arguments: RuntimeKind.allCases)
    func lowerBound(kind: RuntimeKind) async {
        let runtime = kind.make()
        let slept = Notes<Duration>()
        await runtime.runElsewhere {
            for _ in 0..<5 {
                let start = runtime.now
                await runtime.sleepUnlessCancelled(.microseconds(700))
                slept.add(runtime.now - start)
            }
        }
        #expect(slept.all.count == 5)
        #expect(slept.all.allSatisfy { $0 >= .microseconds(700) })
    }

    @Test("sleeping for zero or less returns", arguments: RuntimeKind.allCases)
    func zero(kind: RuntimeKind) async {
        let runtime = kind.make()
        let notes = Notes<Bool>()
        await runtime.runElsewhere {
            notes.add(await runtime.sleepUnlessCancelled(.zero))
            notes.add(await runtime.sleepUnlessCancelled(.seconds(-5)))
        }
        #expect(notes.all == [true, true])
    }

    @Test(
        "when the body returns, sleepers are woken with an error, and so is every later sleep",
        arguments: RuntimeKind.allCases)
    func cancellation(kind: RuntimeKind) async {
        let runtime = kind.make()
        let notes = Notes<Bool>()
        let sleeping = Atomic(0)
        await runtime.runElsewhere {
            for _ in 0..<20 {
                runtime.spawn {
                    sleeping.add(1, ordering: .relaxed)
                    notes.add(await runtime.sleepUnlessCancelled(.seconds(3600)))
                    notes.add(await runtime.sleepUnlessCancelled(.seconds(3600)))
                    notes.add(await runtime.sleepUnlessCancelled(.zero))
                }
            }
            while sleeping.load(ordering: .relaxed) < 20 { await Task.yield() }
        }
        #expect(notes.all == [Bool](repeating: false, count: 60))
    }

    @Test("what is spawned after the body has returned is cancelled and waited for", arguments: RuntimeKind.allCases)
    func spawnedLate(kind: RuntimeKind) async {
        let runtime = kind.make()
        let notes = Notes<Bool>()
        let isSleeping = Atomic(false)
        await runtime.runElsewhere {
            runtime.spawn {
                isSleeping.store(true, ordering: .relaxed)
                await runtime.sleepUnlessCancelled(.seconds(3600))
                runtime.spawn { notes.add(await runtime.sleepUnlessCancelled(.seconds(3600))) }
            }
            while !isSleeping.load(ordering: .relaxed) { await Task.yield() }
        }
        #expect(notes.all == [false])
    }

    @Test(
        "ten thousand sleepers all wake (two thousand where each has an OS thread)",
        arguments: RuntimeKind.allCases)
    func manySleepers(kind: RuntimeKind) async {
        let runtime = kind.make()
        let count = kind == .threads ? 2000 : 10_000
        let awake = Atomic(0)
        await runtime.runElsewhere {
            for index in 0..<count {
                runtime.spawn {
                    await runtime.sleepUnlessCancelled(.microseconds(index % 977))
                    await runtime.sleepUnlessCancelled(.microseconds(index % 331))
                    awake.add(1, ordering: .relaxed)
                }
            }
            while awake.load(ordering: .relaxed) < count { await runtime.sleepUnlessCancelled(.milliseconds(1)) }
        }
        let total = awake.load(ordering: .relaxed)
        #expect(total == count)
    }

    @Test("a green thread that a foreign OS thread resumes goes on", arguments: RuntimeKind.allCases)
    func foreignResume(kind: RuntimeKind) async {
        let runtime = kind.make()
        let notes = Notes<String>()
        await runtime.runElsewhere {
            for _ in 0..<10 {
                await withCheckedContinuation { continuation in startForeignThread { continuation.resume() } }
            }
            notes.add("resumed")
            notes.add(await runtime.sleepUnlessCancelled(.milliseconds(1)) ? "slept" : "cancelled")
        }
        #expect(notes.all == ["resumed", "slept"])
    }

    @Test("the clock never goes back", arguments: RuntimeKind.allCases)
    func clock(kind: RuntimeKind) async {
        let runtime = kind.make()
        let times = Notes<Duration>()
        await runtime.runElsewhere {
            for _ in 0..<50 {
                times.add(runtime.now)
                await runtime.sleepUnlessCancelled(.microseconds(10))
            }
        }
        #expect(times.all == times.all.sorted())
        #expect(times.all[0] >= .zero)
    }
}

extension ConcurrencyRuntime {
    /// Sleeps; returns whether it was to the end.
    @discardableResult
    func sleepUnlessCancelled(_ duration: Duration) async -> Bool {
        do {
            try await sleep(for: duration)
            return true
        } catch {
            return false
        }
    }
}
