// What is open, by its key: open addressing with linear probing, at most half full, entries moved back when one is
// removed, so that no tombstones pile up while millions of requests come and go. Keys are spread by a multiplication
// (Fibonacci hashing, Knuth, The Art of Computer Programming, vol. 3, 2nd ed., section 6.4), because identifiers are
// consecutive numbers. `Dictionary` hashes with SipHash and looks up twice to change a value in place; this looks up
// once, and a walk over it comes in the same order in every process. A file made to collide can slow it down to the
// number of open requests an event, and cannot make it wrong.

/// Values by a 64-bit key; an index into it, a slot, is valid until the next insertion or removal.
struct KeyedTable<Value: Sendable>: Sendable {
    private struct Entry: Sendable {
        var key: UInt64 = 0
        var isUsed = false
        var value: Value
    }

    private var entries: ContiguousArray<Entry>
    private let initial: Value
    private(set) var count = 0
    /// How far a hash is shifted so that it addresses `entries`, whose length is a power of two.
    private var shift: UInt64

    /// An empty table whose new entries begin as `initial`.
    init(initial: Value) {
        self.initial = initial
        entries = ContiguousArray(repeating: Entry(value: initial), count: 64)
        shift = 64 - 6
    }

    private func home(of key: UInt64) -> Int { Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) &>> shift) }

    /// Where the key is, or nil.
    func slot(of key: UInt64) -> Int? {
        var slot = home(of: key)
        while entries[slot].isUsed {
            if entries[slot].key == key { return slot }
            slot = (slot &+ 1) & (entries.count &- 1)
        }
        return nil
    }

    /// Where the key is; it is put there with the initial value if it was not in the table.
    mutating func slot(inserting key: UInt64) -> Int {
        var slot = home(of: key)
        while entries[slot].isUsed {
            if entries[slot].key == key { return slot }
            slot = (slot &+ 1) & (entries.count &- 1)
        }
        if (count &+ 1) &* 2 > entries.count {
            grow()
            return self.slot(inserting: key)
        }
        entries[slot].key = key
        entries[slot].isUsed = true
        entries[slot].value = initial
        count &+= 1
        return slot
    }

    subscript(slot: Int) -> Value {
        get { entries[slot].value }
        _modify { yield &entries[slot].value }
    }

    /// Removes the entry, and moves back what would no longer be found behind the gap.
    mutating func remove(at slot: Int) {
        let mask = entries.count &- 1
        var gap = slot
        var next = (slot &+ 1) & mask
        while entries[next].isUsed {
            let distanceFromHome = (next &- home(of: entries[next].key)) & mask
            let distanceFromGap = (next &- gap) & mask
            if distanceFromHome >= distanceFromGap {
                entries[gap] = entries[next]
                gap = next
            }
            next = (next &+ 1) & mask
        }
        entries[gap].isUsed = false
        entries[gap].value = initial
        count &-= 1
    }

    private mutating func grow() {
        let full = entries
        entries = ContiguousArray(repeating: Entry(value: initial), count: full.count * 2)
        shift &-= 1
        count = 0
        for entry in full where entry.isUsed {
            let slot = self.slot(inserting: entry.key)
            entries[slot].value = entry.value
        }
    }

    /// Calls the body with every key and value, in no order of meaning, but in the same order in every process.
    func forEach(_ body: (UInt64, Value) -> Void) {
        for entry in entries where entry.isUsed { body(entry.key, entry.value) }
    }
}
