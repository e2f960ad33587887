import Synchronization

// A ring with one end for its owner, who puts jobs in, and one where anybody takes them out: the owner and the thieves
// alike take the oldest, so that the order is fair, by moving `head` on with a compare-and-exchange. There is no lock:
// an owner that the kernel stops in the middle of anything keeps nobody waiting.
//
// `head` and `tail` count all jobs ever taken and put in; the job with number n is in slot n mod capacity. They are
// 64 bits and never come round, so that an exchange of `head` cannot succeed by mistake.
//
// Why a thief never gets a wrong job: it reads slots first and moves `head` over them afterwards. The owner writes to a
// slot again only when `head`, read with acquire, has passed it; an exchange from the old `head` then fails, and what
// was read is forgotten. What the owner stored into a slot comes before its release of `tail`, which the thief
// acquires; with it comes all that the job is to see. Slots are atomic only because a forgotten read may meet a write.
//
// Why the ring may grow under a thief: the owner copies what is in it into a larger one, publishes that, and puts the
// next job there. The old ring is never written to again and lives as long as the queue; a thief that still reads it
// finds the same jobs under the same numbers. All old rings together are smaller than the newest.
//
// The road not taken: Chase and Lev's deque (2005, doi:10.1145/1073970.1073974) is cheaper for its owner, who works at
// the other end than the thieves: last in, first out. Two tasks that yield to each other would then starve all others.

/// The jobs that are ready on one worker, first in, first out. Others may steal the oldest half.
final class RunQueue<Job>: @unchecked Sendable where Job: Sendable & BitwiseCopyable {
    // Unchecked: `ring` and `oldRings` belong to the owner's thread; the rest is atomic.

    private struct Ring {
        let capacity: Int
        let slots: UnsafeMutablePointer<Atomic<UInt>>

        init(capacity: Int) {
            self.capacity = capacity
            slots = .allocate(capacity: capacity)
            for index in 0..<capacity { (slots + index).initialize(to: Atomic(0)) }
        }

        /// The slot of a job's number; the capacity is a power of two.
        subscript(number: Int) -> UnsafeMutablePointer<Atomic<UInt>> { slots + (number & (capacity &- 1)) }
    }

    /// The number of the next job to be taken.
    private let head = Atomic<Int>(0)
    // What thieves write to and what the owner writes to are kept on lines of their own, in pairs, as they are fetched.
    private let paddingOfHead: (Line, Line) = (Line(), Line())
    /// The number of the next job to be put in.
    private let tail = Atomic<Int>(0)
    private let shared: Atomic<UnsafeMutablePointer<Ring>>
    private var ring: UnsafeMutablePointer<Ring>
    private var oldRings: [UnsafeMutablePointer<Ring>] = []
    private let paddingOfTail: (Line, Line) = (Line(), Line())

    /// - Parameter capacity: What there is room for before the queue first grows; a power of two.
    init(capacity: Int = 64) {
        precondition(capacity > 0 && capacity & (capacity - 1) == 0, "a capacity of \(capacity)")
        precondition(MemoryLayout<Job>.size == MemoryLayout<UInt>.size, "a job of \(MemoryLayout<Job>.size) bytes")
        ring = .allocate(capacity: 1)
        ring.initialize(to: Ring(capacity: capacity))
        shared = Atomic(ring)
    }

    deinit {
        for ring in oldRings + [ring] {
            ring.pointee.slots.deallocate()
            ring.deallocate()
        }
    }

    /// Whether there is nothing to take, now; for any thread. Its place in the total order of sequentially consistent
    /// operations is what whoever goes to sleep relies on.
    var isEmpty: Bool { tail.load(ordering: .sequentiallyConsistent) <= head.load(ordering: .relaxed) }

    /// How many there are; exact on the owner's thread while nobody steals.
    var count: Int { max(tail.load(ordering: .relaxed) - head.load(ordering: .relaxed), 0) }

    /// Puts a job behind all others. For the owner. A sequentially consistent operation.
    func push(_ job: Job) {
        let number = tail.load(ordering: .relaxed)
        if number &- head.load(ordering: .acquiring) >= ring.pointee.capacity { grow() }
        ring.pointee[number].pointee.store(unsafeBitCast(job, to: UInt.self), ordering: .relaxed)
        tail.store(number &+ 1, ordering: .sequentiallyConsistent)
    }

    /// Takes the oldest job. For the owner.
    func pop() -> Job? {
        let end = tail.load(ordering: .relaxed)
        var number = head.load(ordering: .relaxed)
        while number < end {
            let job = ring.pointee[number].pointee.load(ordering: .relaxed)
            let (isTaken, current) = head.weakCompareExchange(
                expected: number, desired: number &+ 1, successOrdering: .acquiringAndReleasing,
                failureOrdering: .relaxed)
            if isTaken { return unsafeBitCast(job, to: Job.self) }
            number = current
        }
        return nil
    }

    /// Takes the older half of another queue's jobs, at most as many as fit into this one: returns the oldest and keeps
    /// the rest, in their order. For the owner of this queue, which must be empty if more than one is taken.
    func steal(from victim: RunQueue<Job>, atMost maximum: Int = .max) -> Job? {
        while true {
            let first = victim.head.load(ordering: .acquiring)
            let available = victim.tail.load(ordering: .sequentiallyConsistent) &- first
            guard available > 0 else { return nil }
            let source = victim.shared.load(ordering: .acquiring).pointee
            let taken = min((available &+ 1) / 2, ring.pointee.capacity, maximum)
            let job = source[first].pointee.load(ordering: .relaxed)
            let start = tail.load(ordering: .relaxed)
            for offset in 1..<max(taken, 1) {
                let value = source[first &+ offset].pointee.load(ordering: .relaxed)
                ring.pointee[start &+ offset &- 1].pointee.store(value, ordering: .relaxed)
            }
            let (isTaken, _) = victim.head.compareExchange(
                expected: first, desired: first &+ taken, successOrdering: .acquiringAndReleasing,
                failureOrdering: .relaxed)
            guard isTaken else { continue }
            if taken > 1 { tail.store(start &+ taken &- 1, ordering: .sequentiallyConsistent) }
            return unsafeBitCast(job, to: Job.self)
        }
    }

    private func grow() {
        let larger = UnsafeMutablePointer<Ring>.allocate(capacity: 1)
        larger.initialize(to: Ring(capacity: ring.pointee.capacity * 2))
        for number in head.load(ordering: .acquiring)..<tail.load(ordering: .relaxed) {
            larger.pointee[number].pointee.store(
                ring.pointee[number].pointee.load(ordering: .relaxed), ordering: .relaxed)
        }
        oldRings.append(ring)
        ring = larger
        shared.store(larger, ordering: .releasing)
    }

    /// 64 bytes of nothing.
    private struct Line { let words: (UInt, UInt, UInt, UInt, UInt, UInt, UInt, UInt) = (0, 0, 0, 0, 0, 0, 0, 0) }
}
