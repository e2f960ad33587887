import Quantities
import Randomness
import Testing
import TraceModel

@testable import Simulation

@Suite("Coordinated omission", .timeLimit(.minutes(5)))
struct CoordinatedOmissionTests {
    // One client calls every 10 ms, a write takes 1 ms, and the store stands still for the last second of every ten. The
    // request due when a stall begins, at 9 s of the period, is answered after 1001 ms; the j-th after it is made when the
    // one before is answered, at 10.001 s + (j − 1) ms, and answered 1 ms later. It was due at 9 s + 10j ms: from then it
    // takes 1001 − 9j ms, until j = 111 takes 2 ms and j = 112 is made on time.
    //
    // So of the 1000 requests of a period one takes 1001 ms and 999 take 1 ms from when they were made, and p99, the 990th,
    // is 1 ms. From when they were due, the 990th has ten above it, j = 0…9: it is j = 10, 1001 − 90 = 911 ms.
    @Test("a stall of one second in ten is at p99 from due times, 911 ms, and not from actual starts, 1 ms")
    func percentiles() {
        let run = SimulatedRun(
            SystemParameters(
                clientCount: 1, permits: .shared(1), writes: .synchronous, writeDelay: Delay(.milliseconds(1)),
                networkDelay: Delay(.zero), arrivals: .paced(perSecond: 100), thinkTime: Delay(.zero), start: .herd,
                stall: PeriodicSpan(length: .seconds(1), period: .seconds(10)), warmUp: .zero,
                measure: .seconds(36), seed: 1))
        // Three periods from amid one, so that no stall is cut.
        let periods = 3
        let millisecond: Int64 = 1_000_000
        let starts = run.times(of: .requestStart)
        let dones = run.times(of: .requestDone)
        let due = run.events.filter {
            $0.kind == .requestDue && (5_000_000_001...35_000_000_000).contains($0.dueNanoseconds)
        }
        #expect(due.map(\.dueNanoseconds) == (501...3500).map { $0 * 10 * millisecond })

        let fromStart = due.map { dones[$0.request, default: 0] - starts[$0.request, default: 0] }.sorted()
        let fromDue = due.map { dones[$0.request, default: 0] - $0.dueNanoseconds }.sorted()
        #expect(counts(of: fromStart) == [1 * millisecond: periods * 999, 1001 * millisecond: periods])
        var late = Dictionary(uniqueKeysWithValues: (0...111).map { ((1001 - 9 * $0) * millisecond, periods) })
        late[1 * millisecond] = periods * (1000 - 112)
        #expect(counts(of: fromDue) == late)

        let percentile99 = periods * 990 - 1
        #expect(fromStart[percentile99] == 1 * millisecond)
        #expect(fromDue[percentile99] == 911 * millisecond)
    }

    private func counts(of values: [Int64]) -> [Int64: Int] {
        values.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }
}
