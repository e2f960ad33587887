import Synchronization
import TestSupport
import Testing

@testable import Timekeeping

@Suite("RunQueue", .timeLimit(.minutes(5)))
struct RunQueueTests {
    @Test("jobs come out in the order in which they were put in, however often the ring grows and comes round")
    func order() {
        let queue = RunQueue<UInt>(capacity: 4)
        var next: UInt = 0
        var expected: UInt = 0
        for round in 0..<200 {
            for _ in 0..<round % 23 {
                queue.push(next)
                next += 1
            }
            for _ in 0..<round % 19 {
                guard let job = queue.pop() else { break }
                #expect(job == expected)
                expected += 1
            }
        }
        while let job = queue.pop() {
            #expect(job == expected)
            expected += 1
        }
        #expect(expected == next)
        #expect(queue.isEmpty)
    }

    @Test("a thief gets the older half, rounded up, in its order", arguments: [1, 2, 3, 10, 11] as [UInt])
    func stealing(count: UInt) {
        let victim = RunQueue<UInt>()
        let thief = RunQueue<UInt>()
        for job in 0..<count { victim.push(job) }
        var stolen = [thief.steal(from: victim)]
        while let job = thief.pop() { stolen.append(job) }
        var left: [UInt] = []
        while let job = victim.pop() { left.append(job) }
        #expect(stolen == (0..<(count + 1) / 2).map { $0 })
        #expect(left == ((count + 1) / 2..<count).map { $0 })
    }

    @Test("a thief takes no more than it has room for")
    func stealingMany() {
        let victim = RunQueue<UInt>()
        let thief = RunQueue<UInt>(capacity: 8)
        for job in 0..<1000 as Range<UInt> { victim.push(job) }
        #expect(thief.steal(from: victim) == 0)
        #expect(thief.count == 7)
        #expect(victim.count == 992)
    }

    @Test("nothing is to be stolen from an empty queue")
    func stealingNothing() {
        let queue = RunQueue<UInt>()
        #expect(queue.steal(from: RunQueue<UInt>()) == nil)
        #expect(queue.pop() == nil)
    }

    @Test("while an owner puts in and takes out and three thieves steal, each job is taken exactly once")
    func concurrency() async {
        let jobCount = 60_000
        let queues = (0..<4).map { _ in RunQueue<UInt>(capacity: 2) }
        let taken = Taken(jobCount: jobCount)
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<4 {
                group.addTask { await onForeignThread { work(queues, as: number, taken) } }
            }
        }
        #expect(taken.isEachOnce)
    }

    /// Takes jobs, own or stolen ones, until all have been taken; the first worker puts them in besides.
    private func work(_ queues: [RunQueue<UInt>], as number: Int, _ taken: Taken) {
        let own = queues[number]
        var next = number == 0 ? 0 : taken.jobCount
        var turn = 0
        while taken.total < taken.jobCount {
            for _ in 0..<min(17, taken.jobCount - next) {
                own.push(UInt(next))
                next += 1
            }
            for _ in 0..<5 {
                turn += 1
                guard let job = own.pop() ?? own.steal(from: queues[(number + 1 + turn % 3) % 4]) else { break }
                taken.add(Int(job))
            }
        }
    }
}

/// How often each job was taken.
private final class Taken: Sendable {
    let jobCount: Int
    private let counts: [Count]
    private let sum = Count()

    private final class Count: Sendable { let value = Atomic(0) }

    init(jobCount: Int) {
        self.jobCount = jobCount
        counts = (0..<jobCount).map { _ in Count() }
    }

    var total: Int { sum.value.load(ordering: .relaxed) }

    func add(_ job: Int) {
        counts[job].value.add(1, ordering: .relaxed)
        sum.value.add(1, ordering: .relaxed)
    }

    var isEachOnce: Bool { counts.allSatisfy { $0.value.load(ordering: .relaxed) == 1 } }
}
