import Glibc
import TestSupport
import Testing
import Timekeeping

@Suite("ThreadRuntime", .timeLimit(.minutes(5)))
struct ThreadRuntimeTests {
    @Test("a green thread stays on its OS thread: after sleeps, yields and being resumed by another thread")
    func staysOnItsThread() async {
        let runtime = ThreadRuntime()
        let threads = Notes<[pthread_t]>()
        await runtime.runElsewhere {
            for _ in 0..<20 {
                runtime.spawn {
                    var own = [pthread_self()]
                    await runtime.sleepUnlessCancelled(.microseconds(300))
                    own.append(pthread_self())
                    await Task.yield()
                    own.append(pthread_self())
                    await withCheckedContinuation { continuation in startForeignThread { continuation.resume() } }
                    own.append(pthread_self())
                    await withCheckedContinuation { continuation in runtime.spawn { continuation.resume() } }
                    own.append(pthread_self())
                    threads.add(own)
                }
            }
            while threads.all.count < 20 { await runtime.sleepUnlessCancelled(.milliseconds(1)) }
        }
        #expect(threads.all.allSatisfy { Set($0).count == 1 && $0.count == 5 })
    }

    @Test("green threads that live at the same time have OS threads of their own")
    func ownThreads() async {
        let runtime = ThreadRuntime()
        let threads = Notes<pthread_t>()
        await runtime.runElsewhere {
            for _ in 0..<20 {
                runtime.spawn {
                    threads.add(pthread_self())
                    await runtime.sleepUnlessCancelled(.seconds(3600))
                }
            }
            while threads.all.count < 20 { await runtime.sleepUnlessCancelled(.milliseconds(1)) }
        }
        #expect(Set(threads.all).count == 20)
    }
}
