import TestSupport
import Testing

@testable import Timekeeping

@Suite("TimerQueue")
struct TimerQueueTests {
    @Test("sleepers come out by deadline, then by arrival")
    func order() {
        var queue = TimerQueue<Int>()
        for (sleeper, deadline) in [(0, 30), (1, 10), (2, 20), (3, 10), (4, 30)] as [(Int, Int64)] {
            #expect(begin(&queue, nil, until: deadline, sleeper))
        }
        #expect(drain(&queue, at: 9) == [])
        #expect(drain(&queue, at: 20) == [1, 3, 2])
        #expect(earliest(&queue) == 30)
        #expect(drain(&queue, at: .max) == [0, 4])
        #expect(earliest(&queue) == nil)
    }

    @Test("a cancelled sleeper is returned once and never comes up")
    func cancelling() {
        var queue = TimerQueue<Int>()
        let ticket = queue.reserve()
        #expect(begin(&queue, ticket, until: 10, 7))
        #expect(cancel(&queue, ticket) == 7)
        #expect(cancel(&queue, ticket) == nil)
        #expect(earliest(&queue) == nil)
    }

    @Test("a sleep that is cancelled before it begins does not begin")
    func cancellingEarly() {
        var queue = TimerQueue<Int>()
        let ticket = queue.reserve()
        #expect(cancel(&queue, ticket) == nil)
        #expect(!begin(&queue, ticket, until: 10, 7))
        #expect(drain(&queue, at: .max) == [])
    }

    @Test("the ticket of a sleeper that has woken does not cancel the next one in its slot")
    func oldTickets() {
        var queue = TimerQueue<Int>()
        let old = queue.reserve()
        #expect(begin(&queue, old, until: 10, 1))
        #expect(drain(&queue, at: 10) == [1])
        #expect(begin(&queue, nil, until: 20, 2))
        #expect(cancel(&queue, old) == nil)
        #expect(drain(&queue, at: 20) == [2])
    }

    @Test("an entry that is taken out is nobody else's, and comes up again when it is put back")
    func takingOut() throws {
        var queue = TimerQueue<Int>()
        #expect(begin(&queue, nil, until: 10, 1))
        #expect(begin(&queue, nil, until: 20, 2))
        let taken = queue.takeEarliest()
        let entry = try #require(taken)
        #expect(entry.deadlineNanoseconds == 10)
        #expect(earliest(&queue) == 20)
        queue.putBack(entry)
        #expect(drain(&queue, at: .max) == [1, 2])
    }

    @Test("an entry whose sleep is cancelled while it is out is forgotten when it is put back")
    func cancellingWhileOut() throws {
        var queue = TimerQueue<Int>()
        let ticket = queue.reserve()
        #expect(begin(&queue, ticket, until: 10, 1))
        let taken = queue.takeEarliest()
        let entry = try #require(taken)
        #expect(cancel(&queue, ticket) == 1)
        queue.putBack(entry)
        #expect(earliest(&queue) == nil)
        #expect(queue.entryCount == 0)
    }

    @Test("cancelled sleeps do not pile up: memory follows those who sleep")
    func memory() {
        var queue = TimerQueue<Int>()
        for _ in 0..<10 { #expect(begin(&queue, nil, until: 1_000_000, 0)) }
        var largest = 0
        for index in 0..<10_000 {
            let ticket = queue.reserve()
            _ = queue.begin(ticket, until: Int64(1000 + index), index)
            _ = queue.cancel(ticket)
            largest = max(largest, queue.entryCount)
        }
        #expect(largest <= 10 + 66)
        #expect(drain(&queue, at: .max).count == 10)
    }

    @Test(
        "sleeps, cancellations and wake-ups agree with a sorted list of those who sleep",
        arguments: 1...20 as ClosedRange<UInt64>)
    func againstReference(seed: UInt64) {
        var generator = SeededGenerator(state: seed)
        var queue = TimerQueue<Int>()
        var asleep: [(deadline: Int64, sleeper: Int, ticket: TimerQueue<Int>.Ticket)] = []
        var now: Int64 = 0
        for sleeper in 0..<4000 {
            switch Int.random(in: 0..<10, using: &generator) {
            case 0..<5:
                let ticket = queue.reserve()
                let deadline = now + .random(in: 0..<200, using: &generator)
                #expect(begin(&queue, ticket, until: deadline, sleeper))
                asleep.insert(
                    (deadline, sleeper, ticket), at: asleep.firstIndex { $0.deadline > deadline } ?? asleep.count)
            case 5..<9:
                guard let index = asleep.indices.randomElement(using: &generator) else { continue }
                let cancelled = asleep.remove(at: index)
                #expect(cancel(&queue, cancelled.ticket) == cancelled.sleeper)
                #expect(cancel(&queue, cancelled.ticket) == nil)
            default:
                now += .random(in: 0..<60, using: &generator)
                let due = asleep.prefix { $0.deadline <= now }
                #expect(drain(&queue, at: now) == due.map(\.sleeper))
                asleep.removeFirst(due.count)
            }
            #expect(earliest(&queue) == asleep.first?.deadline)
        }
        #expect(drain(&queue, at: .max) == asleep.map(\.sleeper))
    }

    // The macro hands a copy of its subject to the expression, which a mutating function cannot change.

    private func begin(
        _ queue: inout TimerQueue<Int>, _ ticket: TimerQueue<Int>.Ticket?, until deadline: Int64, _ sleeper: Int
    ) -> Bool {
        queue.begin(ticket ?? queue.reserve(), until: deadline, sleeper)
    }

    private func cancel(_ queue: inout TimerQueue<Int>, _ ticket: TimerQueue<Int>.Ticket) -> Int? {
        queue.cancel(ticket)
    }

    private func earliest(_ queue: inout TimerQueue<Int>) -> Int64? { queue.earliestDeadline() }

    private func drain(_ queue: inout TimerQueue<Int>, at nanoseconds: Int64) -> [Int] {
        var sleepers: [Int] = []
        while let sleeper = queue.popSleeper(dueAt: nanoseconds) { sleepers.append(sleeper) }
        return sleepers
    }
}
