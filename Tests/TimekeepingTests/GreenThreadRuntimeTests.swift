import Glibc
import Synchronization
import Testing
import Timekeeping

@Suite("GreenThreadRuntime", .timeLimit(.minutes(5)))
struct GreenThreadRuntimeTests {
    @Test("with eight workers and company, a green thread goes on, after its sleeps, on several OS threads")
    func migration() async {
        let runtime = GreenThreadRuntime(workerCount: 8)
        let threads = Notes<pthread_t>()
        await runtime.runElsewhere {
            for index in 0..<15 {
                runtime.spawn {
                    while await runtime.sleepUnlessCancelled(.microseconds(100 + 7 * index)) {}
                }
            }
            for _ in 0..<200 {
                threads.add(pthread_self())
                await runtime.sleepUnlessCancelled(.microseconds(100))
            }
        }
        #expect(Set(threads.all).count >= 2)
    }

    @Test("with one worker every green thread runs on the same OS thread")
    func oneWorker() async {
        let runtime = GreenThreadRuntime(workerCount: 1)
        let threads = Notes<pthread_t>()
        await runtime.runElsewhere {
            for _ in 0..<20 {
                runtime.spawn {
                    await runtime.sleepUnlessCancelled(.microseconds(100))
                    threads.add(pthread_self())
                }
            }
            await runtime.sleepUnlessCancelled(.milliseconds(20))
        }
        #expect(threads.all.count == 20)
        #expect(Set(threads.all).count == 1)
    }

    @Test("a deadline is met while all other workers are busy: a sleeper ends a spin that waits for it")
    func busyWorkers() async {
        let runtime = GreenThreadRuntime(workerCount: 3)
        let isOver = Atomic(false)
        await runtime.runElsewhere {
            for _ in 0..<2 {
                runtime.spawn { while !isOver.load(ordering: .relaxed) { sched_yield() } }
            }
            // The workers that spin covered deadlines when they were idle; this one must not be left with them.
            for _ in 0..<20 { await runtime.sleepUnlessCancelled(.milliseconds(1)) }
            isOver.store(true, ordering: .relaxed)
        }
        let isMet = isOver.load(ordering: .relaxed)
        #expect(isMet)
    }

    @Test("an earlier deadline than all that are waited for is met first, though its worker goes on with other work")
    func earlierDeadline() async {
        let runtime = GreenThreadRuntime(workerCount: 2)
        let isAwake = Atomic(false)
        await runtime.runElsewhere {
            runtime.spawn { await runtime.sleepUnlessCancelled(.seconds(3600)) }
            await runtime.sleepUnlessCancelled(.milliseconds(5))
            // One worker is idle and waits for the hour. This one begins a short sleep and goes on to the spin.
            runtime.spawn {
                runtime.spawn { while !isAwake.load(ordering: .relaxed) { sched_yield() } }
                await runtime.sleepUnlessCancelled(.milliseconds(1))
                isAwake.store(true, ordering: .relaxed)
            }
            while !isAwake.load(ordering: .relaxed) { await runtime.sleepUnlessCancelled(.milliseconds(1)) }
        }
        let isMet = isAwake.load(ordering: .relaxed)
        #expect(isMet)
    }
}
