import HeapModule

// Who sleeps until when. A sleeper has a slot, which holds its continuation, and an entry in a heap, ordered by
// deadline and then by arrival. Cancelling empties the slot and leaves the entry behind, because a heap cannot remove
// from its middle; the entry's ticket no longer fits the slot, so it is passed over when it comes up, and the heap is
// rebuilt when such stale entries are the majority. So memory follows the number of sleepers, not of sleeps.
// A sleep allocates nothing once slots and heap have grown to the number of sleepers.

/// Sleepers in the order in which they are to be woken. Its owner guards it with a lock.
struct TimerQueue<Sleeper> {
    /// A sleep's claim to a slot; it fits no later sleep in the same slot.
    struct Ticket: Equatable {
        fileprivate let slot: UInt32
        fileprivate let generation: UInt32
    }

    /// A deadline that somebody waits for, or did.
    struct Entry: Comparable {
        let deadlineNanoseconds: Int64
        fileprivate let order: UInt64
        fileprivate let ticket: Ticket

        static func < (a: Entry, b: Entry) -> Bool {
            (a.deadlineNanoseconds, a.order) < (b.deadlineNanoseconds, b.order)
        }
    }

    private enum Occupant {
        case nobody
        /// About to sleep: the continuation is not there yet.
        case expected
        /// Cancelled before the continuation was there.
        case cancelled
        case asleep(Sleeper)
    }

    private struct Slot {
        var generation: UInt32 = 0
        var occupant = Occupant.nobody
    }

    private var slots: [Slot] = []
    private var freeSlots: [UInt32] = []
    private var heap = Heap<Entry>()
    private var staleCount = 0
    private var nextOrder: UInt64 = 0

    /// How many entries the heap holds, stale ones included.
    var entryCount: Int { heap.count }

    /// Claims a slot for a sleep that is about to begin, so that it can be cancelled from then on.
    mutating func reserve() -> Ticket {
        let slot: UInt32
        if let free = freeSlots.popLast() {
            slot = free
        } else {
            slot = UInt32(slots.count)
            slots.append(Slot())
        }
        slots[Int(slot)].occupant = .expected
        return Ticket(slot: slot, generation: slots[Int(slot)].generation)
    }

    /// Begins a sleep. Returns false if it was cancelled meanwhile: then the caller resumes the sleeper at once.
    mutating func begin(_ ticket: Ticket, until deadlineNanoseconds: Int64, _ sleeper: Sleeper) -> Bool {
        if case .cancelled = slots[Int(ticket.slot)].occupant {
            vacate(ticket.slot)
            return false
        }
        slots[Int(ticket.slot)].occupant = .asleep(sleeper)
        heap.insert(Entry(deadlineNanoseconds: deadlineNanoseconds, order: nextOrder, ticket: ticket))
        nextOrder += 1
        return true
    }

    /// Cancels a sleep. Returns the sleeper if it is asleep, for the caller to resume; nil if it has been woken
    /// already, or has not begun, in which case `begin` will say so.
    mutating func cancel(_ ticket: Ticket) -> Sleeper? {
        guard fits(ticket) else { return nil }
        switch slots[Int(ticket.slot)].occupant {
        case .nobody, .cancelled:
            return nil
        case .expected:
            slots[Int(ticket.slot)].occupant = .cancelled
            return nil
        case .asleep(let sleeper):
            vacate(ticket.slot)
            staleCount += 1
            dropStaleEntriesIfMajority()
            return sleeper
        }
    }

    /// The earliest deadline in the queue; nil if there is none.
    mutating func earliestDeadline() -> Int64? {
        while let entry = heap.min {
            if fits(entry.ticket) { return entry.deadlineNanoseconds }
            heap.removeMin()
            staleCount -= 1
        }
        return nil
    }

    /// Takes out the next sleeper whose deadline is not after the given time.
    mutating func popSleeper(dueAt nanoseconds: Int64) -> Sleeper? {
        guard let deadline = earliestDeadline(), deadline <= nanoseconds else { return nil }
        let ticket = heap.removeMin().ticket
        guard case .asleep(let sleeper) = slots[Int(ticket.slot)].occupant else {
            preconditionFailure("slot \(ticket.slot) has an entry in the heap and no sleeper")
        }
        vacate(ticket.slot)
        return sleeper
    }

    /// Takes the earliest entry out, for somebody who waits for its deadline and then puts it back.
    mutating func takeEarliest() -> Entry? {
        guard earliestDeadline() != nil else { return nil }
        return heap.removeMin()
    }

    /// Puts back what `takeEarliest` took out; an entry that was cancelled meanwhile is forgotten.
    mutating func putBack(_ entry: Entry) {
        if fits(entry.ticket) { heap.insert(entry) } else { staleCount -= 1 }
    }

    private func fits(_ ticket: Ticket) -> Bool { slots[Int(ticket.slot)].generation == ticket.generation }

    private mutating func vacate(_ slot: UInt32) {
        slots[Int(slot)].occupant = .nobody
        slots[Int(slot)].generation &+= 1
        freeSlots.append(slot)
    }

    private mutating func dropStaleEntriesIfMajority() {
        guard staleCount > 64, staleCount > heap.count / 2 else { return }
        let live = heap.unordered.filter { fits($0.ticket) }
        staleCount -= heap.count - live.count
        heap = Heap(live)
    }
}
