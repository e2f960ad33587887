import Synchronization
import TestSupport
import Testing
import Timekeeping

@Suite("WorkerPool", .timeLimit(.minutes(5)))
struct WorkerPoolTests {
    @Test(
        "no job is lost: yields, spawns, sleeps and resumes by foreign threads, all at once",
        arguments: [1, 2, 3, 8], [Duration.zero, .microseconds(60)])
    func nothingLost(workerCount: Int, spin: Duration) async {
        let runtime = GreenThreadRuntime(workerCount: workerCount, spin: spin)
        let ended = Atomic(0)
        await runtime.runElsewhere {
            for index in 0..<200 {
                runtime.spawn {
                    for step in 0..<30 {
                        switch (index + step) % 4 {
                        case 0: await Task.yield()
                        case 1: await runtime.sleepUnlessCancelled(.zero)
                        case 2: await runtime.sleepUnlessCancelled(.microseconds(step * 3))
                        default: runtime.spawn { ended.add(1, ordering: .relaxed) }
                        }
                    }
                    if index % 10 == 0 {
                        await withCheckedContinuation { continuation in startForeignThread { continuation.resume() } }
                    }
                    ended.add(1, ordering: .relaxed)
                }
            }
            while ended.load(ordering: .relaxed) < 200 + 1500 { await runtime.sleepUnlessCancelled(.milliseconds(1)) }
        }
        let total = ended.load(ordering: .relaxed)
        #expect(total == 200 + 1500)
    }

    @Test("on one worker tasks that yield take turns: none is ever more than one turn ahead")
    func turns() async {
        let runtime = GreenThreadRuntime(workerCount: 1)
        let notes = Notes<Int>()
        await runtime.runElsewhere {
            for index in 0..<20 {
                runtime.spawn {
                    for _ in 0..<50 {
                        notes.add(index)
                        await runtime.sleepUnlessCancelled(.zero)
                    }
                }
            }
            while notes.all.count < 1000 { await runtime.sleepUnlessCancelled(.milliseconds(1)) }
        }
        let all = notes.all
        #expect(all.count == 1000)
        #expect(stride(from: 0, to: 1000, by: 20).allSatisfy { Set(all[$0..<$0 + 20]).count == 20 })
    }

    /// They would hang if it did not.
    @Test(
        "tasks that yield for ever keep neither a sleeper from waking nor a foreign thread's job from running",
        arguments: [1, 2, 8], [Duration.zero, .microseconds(60)])
    func nobodyStarves(workerCount: Int, spin: Duration) async {
        let runtime = GreenThreadRuntime(workerCount: workerCount, spin: spin)
        let turns = Atomic(0)
        let notes = Notes<String>()
        await runtime.runElsewhere {
            for _ in 0..<2 * workerCount + 1 {
                runtime.spawn {
                    while await runtime.sleepUnlessCancelled(.zero) { turns.add(1, ordering: .relaxed) }
                }
            }
            await runtime.sleepUnlessCancelled(.milliseconds(2))
            notes.add("woken")
            await withCheckedContinuation { continuation in startForeignThread { continuation.resume() } }
            notes.add("resumed")
        }
        #expect(notes.all == ["woken", "resumed"])
        let total = turns.load(ordering: .relaxed)
        #expect(total > 0)
    }

    @Test("a job that its spawner waits for without yielding is stolen", arguments: [2, 8])
    func stealing(workerCount: Int) async {
        let runtime = GreenThreadRuntime(workerCount: workerCount)
        let stolen = Atomic(0)
        await runtime.runElsewhere {
            for round in 1...50 {
                runtime.spawn { stolen.add(1, ordering: .relaxed) }
                while stolen.load(ordering: .relaxed) < round {}
            }
        }
        let total = stolen.load(ordering: .relaxed)
        #expect(total == 50)
    }

    /// It would hang if it did not.
    @Test("a job that its spawner waits for without yielding is run though the other workers always have jobs")
    func relieving() async {
        let runtime = GreenThreadRuntime(workerCount: 3)
        let rounds = Atomic(0)
        await runtime.runElsewhere {
            for _ in 0..<20 {
                runtime.spawn { while await runtime.sleepUnlessCancelled(.zero) {} }
            }
            for round in 1...5 {
                runtime.spawn { rounds.add(1, ordering: .relaxed) }
                while rounds.load(ordering: .relaxed) < round {}
                await runtime.sleepUnlessCancelled(.zero)
            }
        }
        let total = rounds.load(ordering: .relaxed)
        #expect(total == 5)
    }

    @Test("a sleep to the end of time can be cancelled, and others go on meanwhile")
    func endOfTime() async {
        let runtime = GreenThreadRuntime(workerCount: 3)
        let notes = Notes<Bool>()
        await runtime.runElsewhere {
            for _ in 0..<3 {
                runtime.spawn { notes.add(await runtime.sleepUnlessCancelled(.nanoseconds(Int64.max))) }
            }
            for _ in 0..<20 { await runtime.sleepUnlessCancelled(.microseconds(200)) }
        }
        #expect(notes.all == [false, false, false])
    }

    @Test("sleeps that begin on foreign threads end", arguments: [Duration.zero, .microseconds(60)])
    func foreignSleep(spin: Duration) async {
        let runtime = GreenThreadRuntime(workerCount: 2, spin: spin)
        let notes = Notes<Bool>()
        let late = Notes<Bool>()
        await runtime.runElsewhere {
            for index in 0..<50 {
                // Not on the runtime's threads: the sleep begins on the default executor.
                await Task.detached {
                    notes.add(await runtime.sleepUnlessCancelled(index % 2 == 0 ? .zero : .milliseconds(1)))
                }.value
            }
            Task.detached { late.add(await runtime.sleepUnlessCancelled(.seconds(3600))) }
        }
        #expect(notes.all == [Bool](repeating: true, count: 50))
        while late.all.isEmpty { await Task.yield() }
        #expect(late.all == [false])
    }
}
