import TestSupport
import Testing

@testable import Timekeeping

@Suite("TimerQueue")
struct TimerQueueTests {
    @Test("sleepers come out by deadline, then by arrival")
    func order() {
        var queue = TimerQueue<Int>()
        for (sleeper, deadline) in [(0, 30), (1, 10), (2, 20), (3, 10), (4, 30)] as [(Int, Int64)] {
            #expect(insert(sleeper, into: &queue, until: deadline))
        }
        #expect(drain(&queue, at: 9) == [])
        #expect(drain(&queue, at: 20) == [1, 3, 2])
        #expect(earliest(&queue) == 30)
        #expect(drain(&queue, at: .max) == [0, 4])
        #expect(earliest(&queue) == nil)
    }

    @Test("an entry that is taken out is nobody else's, and comes up again when it is put back")
    func takingOut() throws {
        var queue = TimerQueue<Int>()
        #expect(insert(1, into: &queue, until: 10))
        #expect(insert(2, into: &queue, until: 20))
        let taken = queue.takeEarliest()
        let entry = try #require(taken)
        #expect(entry.deadlineNanoseconds == 10)
        #expect(drain(&queue, at: .max) == [2])
        queue.putBack(entry)
        #expect(earliest(&queue) == 10)
        #expect(drain(&queue, at: .max) == [1])
    }

    @Test("closing gives all sleepers, those whose entries are taken out too, and refuses further ones")
    func closing() throws {
        var queue = TimerQueue<Int>()
        for (sleeper, deadline) in [(0, 30), (1, 10), (2, 20)] as [(Int, Int64)] {
            #expect(insert(sleeper, into: &queue, until: deadline))
        }
        let taken = queue.takeEarliest()
        let entry = try #require(taken)
        let all = queue.close()
        #expect(all == [2, 0, 1])
        queue.putBack(entry)
        #expect(!insert(3, into: &queue, until: 5))
        #expect(earliest(&queue) == nil)
        #expect(drain(&queue, at: .max) == [])
    }

    @Test(
        "like a sorted list, whatever is inserted and taken in whatever order", arguments: 1...20 as ClosedRange<UInt64>
    )
    func reference(seed: UInt64) {
        var generator = SeededGenerator(state: seed)
        var queue = TimerQueue<Int>()
        var list: [(deadline: Int64, sleeper: Int)] = []
        for sleeper in 0..<500 {
            let deadline = Int64.random(in: 0..<40, using: &generator)
            #expect(insert(sleeper, into: &queue, until: deadline), "seed \(seed)")
            list.append((deadline, sleeper))
            guard Int.random(in: 0..<4, using: &generator) == 0 else { continue }
            let now = Int64.random(in: 0..<40, using: &generator)
            let due = list.filter { $0.deadline <= now }.sorted {
                ($0.deadline, $0.sleeper) < ($1.deadline, $1.sleeper)
            }
            list.removeAll { $0.deadline <= now }
            #expect(drain(&queue, at: now) == due.map { $0.sleeper }, "seed \(seed)")
        }
    }
}

private func insert(_ sleeper: Int, into queue: inout TimerQueue<Int>, until deadline: Int64) -> Bool {
    queue.insert(sleeper, until: deadline)
}

private func earliest(_ queue: inout TimerQueue<Int>) -> Int64? { queue.earliestDeadline }

private func drain(_ queue: inout TimerQueue<Int>, at now: Int64) -> [Int] {
    var drained: [Int] = []
    while let sleeper = queue.popSleeper(dueAt: now) { drained.append(sleeper) }
    return drained
}
