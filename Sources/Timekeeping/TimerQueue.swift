// Who sleeps until when. A sleeper has a slot, which holds its continuation, and an entry in a heap, ordered by
// deadline and then by arrival. Cancelling empties the slot and leaves the entry behind; its number of arrival is no
// longer the slot's, so it is passed over when it comes up, and the heap is rebuilt when such stale entries are the
// majority. So memory follows the number of sleepers, not of sleeps.
// A sleep allocates nothing once slots and heap have grown to the number of sleepers.
//
// An entry is 16 bytes: the deadline, and in one word the number of arrival above the slot's number. Numbers of arrival
// last for 2⁴⁰ sleeps, 12 days at a million sleeps a second, and 2²⁴ may sleep at once.

/// Sleepers in the order in which they are to be woken. It has no lock of its own: its owner has one, or one thread.
struct TimerQueue<Sleeper>: ~Copyable {
    /// A sleep's claim to a slot; it fits no later sleep in the same slot.
    struct Ticket: Equatable {
        fileprivate let slot: UInt32
        fileprivate let generation: UInt32
    }

    typealias Entry = TimerHeap.Entry

    private enum Occupant {
        case nobody
        /// About to sleep: the continuation is not there yet.
        case expected
        /// Cancelled before the continuation was there.
        case cancelled
        case asleep(Sleeper)
    }

    private struct Slot {
        var occupant = Occupant.nobody
        /// How many sleeps this slot has seen the end of.
        var generation: UInt32 = 0
        /// The second word of the entry that belongs to the sleeper, and to nobody before or after.
        var tie: UInt64 = .max
    }

    private static var slotBits: UInt64 { 24 }

    private var slots: [Slot] = []
    private var freeSlots: [UInt32] = []
    private var heap = TimerHeap()
    private var staleCount = 0
    private var nextArrival: UInt64 = 0

    /// How many entries the heap holds, stale ones included.
    var entryCount: Int { heap.count }

    /// Claims a slot for a sleep that is about to begin, so that it can be cancelled from then on.
    mutating func reserve() -> Ticket {
        let slot: UInt32
        if let free = freeSlots.popLast() {
            slot = free
        } else {
            precondition(slots.count < 1 << Self.slotBits, "\(slots.count) sleepers at once")
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
        precondition(nextArrival < 1 << (64 - Self.slotBits), "\(nextArrival) sleeps in one queue")
        let tie = nextArrival << Self.slotBits | UInt64(ticket.slot)
        nextArrival += 1
        slots[Int(ticket.slot)].occupant = .asleep(sleeper)
        slots[Int(ticket.slot)].tie = tie
        heap.insert(Entry(deadlineNanoseconds: deadlineNanoseconds, tie: tie))
        return true
    }

    /// Cancels a sleep. Returns the sleeper if it is asleep, for the caller to resume; nil if it has been woken
    /// already, or has not begun, in which case `begin` will say so.
    mutating func cancel(_ ticket: Ticket) -> Sleeper? {
        guard slots[Int(ticket.slot)].generation == ticket.generation else { return nil }
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
        while let entry = heap.first {
            if isLive(entry) { return entry.deadlineNanoseconds }
            heap.removeFirst()
            staleCount -= 1
        }
        return nil
    }

    /// Takes out the next sleeper whose deadline is not after the given time.
    mutating func popSleeper(dueAt nanoseconds: Int64) -> Sleeper? {
        guard let deadline = earliestDeadline(), deadline <= nanoseconds else { return nil }
        let slot = Self.slot(of: heap.removeFirst())
        guard case .asleep(let sleeper) = slots[Int(slot)].occupant else {
            preconditionFailure("slot \(slot) has an entry in the heap and no sleeper")
        }
        vacate(slot)
        return sleeper
    }

    /// Takes the earliest entry out, for somebody who waits for its deadline and then puts it back.
    mutating func takeEarliest() -> Entry? {
        guard earliestDeadline() != nil else { return nil }
        return heap.removeFirst()
    }

    /// Puts back what `takeEarliest` took out; an entry that was cancelled meanwhile is forgotten.
    mutating func putBack(_ entry: Entry) {
        if isLive(entry) { heap.insert(entry) } else { staleCount -= 1 }
    }

    private static func slot(of entry: Entry) -> UInt32 { UInt32(truncatingIfNeeded: entry.tie & (1 << slotBits - 1)) }

    /// Whether its sleeper has not been cancelled. Without a stale entry anywhere the slot need not be looked at, which
    /// may be far away in memory.
    private func isLive(_ entry: Entry) -> Bool {
        staleCount == 0 || slots[Int(Self.slot(of: entry))].tie == entry.tie
    }

    private mutating func vacate(_ slot: UInt32) {
        slots[Int(slot)].occupant = .nobody
        slots[Int(slot)].generation &+= 1
        slots[Int(slot)].tie = .max
        freeSlots.append(slot)
    }

    private mutating func dropStaleEntriesIfMajority() {
        guard staleCount > 64, staleCount > heap.count / 2 else { return }
        let before = heap.count
        let slots = slots
        heap.filter { slots[Int(Self.slot(of: $0))].tie == $0.tie }
        staleCount -= before - heap.count
    }
}
