import TestSupport
import Testing

@testable import Timekeeping

@Suite("TimerHeap")
struct TimerHeapTests {
    @Test("entries come out as a sorted array has them, among insertions", arguments: 1...20 as ClosedRange<UInt64>)
    func againstSorting(seed: UInt64) {
        var generator = SeededGenerator(state: seed)
        var heap = TimerHeap()
        var reference: [TimerHeap.Entry] = []
        for tie in 0..<3000 as Range<UInt64> {
            if Int.random(in: 0..<5, using: &generator) < (tie < 1500 ? 4 : 1) {
                // Few deadlines, so that ties abound.
                let entry = TimerHeap.Entry(
                    deadlineNanoseconds: .random(in: 0..<300, using: &generator), tie: tie)
                heap.insert(entry)
                reference.insert(entry, at: reference.firstIndex { entry < $0 } ?? reference.count)
            } else if !reference.isEmpty {
                let removed = heap.removeFirst()
                #expect(removed == reference.removeFirst())
            }
            let (first, count) = (heap.first, heap.count)
            #expect(first == reference.first)
            #expect(count == reference.count)
        }
    }

    @Test("the extremes of both words are in order")
    func extremes() {
        var heap = TimerHeap()
        let sorted = [(Int64.min, 0), (-1, UInt64.max), (0, 0), (0, 1 << 63), (0, .max), (.max, 0), (.max, .max)]
            .map { TimerHeap.Entry(deadlineNanoseconds: $0.0, tie: $0.1) }
        for entry in sorted.reversed() { heap.insert(entry) }
        var drained: [TimerHeap.Entry] = []
        while heap.count > 0 { drained.append(heap.removeFirst()) }
        #expect(drained == sorted)
    }
}
