import CProbes
import HeapModule
import Timekeeping

// The hold model (Jones 1986, doi:10.1145/5684.5686): at a steady number of sleepers the earliest is taken out and put
// in again after a random while, which is what a sleep costs the queue. The peer is the heap of swift-collections with
// the same entries, specialised for them by the compiler; ours is called across the module's wall.

private let repetitionCount = 7
private let holdCount = 400_000

func runTimerBenchmark() -> [BenchmarkResult] {
    print("## Timer queue: nanoseconds to take out the earliest and put it in again")
    print("")
    let results = measureTimers()
    BenchmarkResult.printTable(results)
    print("")
    print(
        "Median (range) of \(repetitionCount) interleaved stretches of \(holdCount), delays uniform over twice their "
            + "mean.")
    return results
}

/// The own heap beside the peer at four numbers of sleepers.
func measureTimers() -> [BenchmarkResult] {
    [1_000, 10_000, 100_000, 1_000_000].map { sleeperCount in
        var own = TimerHeap()
        var peer = Heap<TimerHeap.Entry>()
        var ownDraws = Draws()
        var peerDraws = Draws()
        for tie in 0..<UInt64(sleeperCount) {
            own.insert(.init(deadlineNanoseconds: ownDraws.next(), tie: tie))
            peer.insert(.init(deadlineNanoseconds: peerDraws.next(), tie: tie))
        }
        var ownCosts: [Double] = []
        var peerCosts: [Double] = []
        // The first round only brings the heaps to the shape that holding gives them.
        for round in 0...repetitionCount {
            let ownCost = cost { tie in
                let entry = own.removeFirst()
                own.insert(
                    .init(deadlineNanoseconds: entry.deadlineNanoseconds + ownDraws.next(), tie: tie))
            }
            let peerCost = cost { tie in
                let entry = peer.removeMin()
                peer.insert(
                    .init(deadlineNanoseconds: entry.deadlineNanoseconds + peerDraws.next(), tie: tie))
            }
            guard round > 0 else { continue }
            ownCosts.append(ownCost)
            peerCosts.append(peerCost)
        }
        precondition(
            own.first?.deadlineNanoseconds == peer.min?.deadlineNanoseconds, "the two heaps have come to differ")
        return BenchmarkResult(
            name: "take out and put in, \(sleeperCount.grouped) sleepers", unit: "ns", measured: .init(ownCosts),
            referenceName: "swift-collections Heap", reference: .init(peerCosts), bound: .none)
    }
}

/// Nanoseconds a call of the body, which is given a new number each time.
private func cost(_ body: (UInt64) -> Void) -> Double {
    let start = isim_clock_monotonic_nanoseconds()
    for index in 0..<holdCount { body(UInt64(index)) }
    return Double(isim_clock_monotonic_nanoseconds() - start) / Double(holdCount)
}

/// Delays in nanoseconds, uniform up to 100 ms, from the xorshift generator (Marsaglia 2003, doi:10.18637/jss.v008.i14).
private struct Draws {
    private var state: UInt64 = 0x9e37_79b9_7f4a_7c15

    mutating func next() -> Int64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int64(state % 100_000_000)
    }
}
