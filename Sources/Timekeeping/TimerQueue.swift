// Who sleeps until when. A sleeper has a slot, and an entry in a heap, ordered by deadline and then by arrival. A sleep
// allocates nothing once slots and heap have grown to the number of sleepers.
//
// An entry is 16 bytes: the deadline, and in one word the number of arrival above the slot's number. Numbers of arrival
// last for 2⁴⁰ sleeps, 12 days at a million sleeps a second, and 2²⁴ may sleep at once.
//
// A single sleep cannot be cancelled: a green thread is cancelled by its runtime alone, with all others. A handler for
// each sleep, as `Task.sleep` has, costs two locked changes of the task's state and 200 bytes of its memory a sleep.

/// Sleepers in the order in which they are to be woken. It has no lock of its own: its owner has one, or one thread.
struct TimerQueue<Sleeper>: ~Copyable {
    typealias Entry = TimerHeap.Entry

    private static var slotBits: UInt64 { 24 }

    private var sleepers: [Sleeper?] = []
    private var freeSlots: [UInt32] = []
    private var heap = TimerHeap()
    private var nextArrival: UInt64 = 0
    private var isClosed = false

    /// Begins a sleep. Returns false if the queue is closed: then the caller resumes the sleeper.
    mutating func insert(_ sleeper: Sleeper, until deadlineNanoseconds: Int64) -> Bool {
        guard !isClosed else { return false }
        precondition(nextArrival < 1 << (64 - Self.slotBits), "\(nextArrival) sleeps in one queue")
        let tie = nextArrival << Self.slotBits | UInt64(takeSlot(for: sleeper))
        nextArrival += 1
        heap.insert(Entry(deadlineNanoseconds: deadlineNanoseconds, tie: tie))
        return true
    }

    /// The earliest deadline in the queue; nil if there is none.
    var earliestDeadline: Int64? { heap.first?.deadlineNanoseconds }

    /// Takes out the next sleeper whose deadline is not after the given time.
    mutating func popSleeper(dueAt nanoseconds: Int64) -> Sleeper? {
        guard let earliest = heap.first, earliest.deadlineNanoseconds <= nanoseconds else { return nil }
        return takeSleeper(of: heap.removeFirst())
    }

    /// Takes the earliest entry out, for somebody who waits for its deadline and then puts it back.
    mutating func takeEarliest() -> Entry? { heap.count > 0 ? heap.removeFirst() : nil }

    /// Puts back what `takeEarliest` took out; if the queue was closed meanwhile, its sleeper is gone.
    mutating func putBack(_ entry: Entry) {
        if !isClosed { heap.insert(entry) }
    }

    /// Ends all sleeps, and refuses further ones.
    ///
    /// - Returns: All sleepers, in the order of their deadlines; last those whose entries have been taken out.
    mutating func close() -> [Sleeper] {
        var all: [Sleeper] = []
        while let sleeper = popSleeper(dueAt: .max) { all.append(sleeper) }
        all += sleepers.compactMap(\.self)
        isClosed = true
        sleepers = []
        return all
    }

    private mutating func takeSlot(for sleeper: Sleeper) -> UInt32 {
        if let free = freeSlots.popLast() {
            sleepers[Int(free)] = sleeper
            return free
        }
        precondition(sleepers.count < 1 << Self.slotBits, "\(sleepers.count) sleepers at once")
        sleepers.append(sleeper)
        return UInt32(sleepers.count - 1)
    }

    private mutating func takeSleeper(of entry: Entry) -> Sleeper {
        let slot = UInt32(truncatingIfNeeded: entry.tie & (1 << Self.slotBits - 1))
        guard let sleeper = sleepers[Int(slot)] else {
            preconditionFailure("slot \(slot) has an entry in the heap and no sleeper")
        }
        sleepers[Int(slot)] = nil
        freeSlots.append(slot)
        return sleeper
    }
}
