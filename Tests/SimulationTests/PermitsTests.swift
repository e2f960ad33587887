import Synchronization
import Testing
import Timekeeping

@testable import Simulation

@Suite("Permits", .timeLimit(.minutes(1)))
struct PermitsTests {
    @Test("permits are granted while there are any, then places in the queue")
    func granting() {
        let permits = Permits(total: 2)
        #expect(permits.take() == .granted)
        #expect(permits.take() == .granted)
        #expect(permits.take() == .queued(place: 0))
        #expect(permits.take() == .queued(place: 1))
    }

    @Test("a released permit is free again when nobody waits")
    func releasing() {
        let permits = Permits(total: 1)
        #expect(permits.take() == .granted)
        permits.release()
        #expect(permits.take() == .granted)
    }

    @Test("whoever has a place gets the next permit before those who come later, even if it does not wait yet")
    func placeBeforeWaiting() {
        let runtime = VirtualRuntime()
        let permits = Permits(total: 1)
        let isGranted = Atomic(false)
        #expect(permits.take() == .granted)
        #expect(permits.take() == .queued(place: 0))
        permits.release()
        #expect(permits.take() == .queued(place: 1))
        runtime.run {
            do {
                try await permits.wait(at: 0)
                isGranted.store(true, ordering: .relaxed)
            } catch {
                Issue.record("cancelled: \(error)")
            }
        }
        let wasGranted = isGranted.load(ordering: .relaxed)
        #expect(wasGranted)
    }

    @Test("those who wait are served in their order")
    func order() {
        let runtime = VirtualRuntime()
        let permits = Permits(total: 1)
        let served = Guarded<[Int]>([])
        #expect(permits.take() == .granted)
        runtime.run {
            for number in 0..<50 {
                guard case .queued(let place) = permits.take() else {
                    Issue.record("a permit was free")
                    return
                }
                runtime.spawn {
                    do {
                        // The later ones begin to wait earlier.
                        try await runtime.sleep(for: .milliseconds(50 - number))
                        try await permits.wait(at: place)
                    } catch {
                        Issue.record("cancelled: \(error)")
                    }
                    served.withLock { $0.append(number) }
                    permits.release()
                }
            }
            permits.release()
            do { try await runtime.sleep(for: .seconds(1)) } catch { Issue.record("cancelled: \(error)") }
        }
        #expect(served.withLock { $0 } == Array(0..<50))
    }

    @Test("a waiter that is cancelled gives up its place, and the permit goes to the next")
    func cancellation() {
        let permits = Permits(total: 1)
        #expect(permits.take() == .granted)
        #expect(permits.take() == .queued(place: 0))
        let outcomes = Guarded<[String]>([])
        let runtime = VirtualRuntime()
        runtime.run {
            runtime.spawn {
                do {
                    try await permits.wait(at: 0)
                    outcomes.withLock { $0.append("granted") }
                } catch {
                    outcomes.withLock { $0.append("cancelled") }
                }
            }
            await Task.yield()
        }
        #expect(outcomes.withLock { $0 } == ["cancelled"])
        permits.release()
        #expect(permits.take() == .granted)
    }

    @Test("a waiter that is cancelled before it begins to wait does not wait")
    func cancelledBefore() {
        let permits = Permits(total: 1)
        #expect(permits.take() == .granted)
        #expect(permits.take() == .queued(place: 0))
        let outcomes = Guarded<[String]>([])
        let runtime = VirtualRuntime()
        runtime.run {
            runtime.spawn {
                do { try await runtime.sleep(for: .seconds(9)) } catch { outcomes.withLock { $0.append("awake") } }
                do { try await permits.wait(at: 0) } catch { outcomes.withLock { $0.append("cancelled") } }
            }
            await Task.yield()
        }
        #expect(outcomes.withLock { $0 } == ["awake", "cancelled"])
        permits.release()
        #expect(permits.take() == .granted)
    }
}
