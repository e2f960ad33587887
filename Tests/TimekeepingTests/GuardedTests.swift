import Testing
import Timekeeping

@Suite("Guarded", .timeLimit(.minutes(5)))
struct GuardedTests {
    @Test("no change by several OS threads is lost")
    func counting() async {
        let count = Guarded(0)
        let runtime = GreenThreadRuntime(workerCount: 4)
        await runtime.runElsewhere {
            for _ in 0..<8 {
                runtime.spawn { for _ in 0..<5000 { count.withLock { $0 += 1 } } }
            }
        }
        #expect(count.withLock { $0 } == 40_000)
    }
}
