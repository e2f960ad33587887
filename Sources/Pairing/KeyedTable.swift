// What is open, by its key: open addressing with linear probing, at most half full, entries moved back when one is
// removed, so that no tombstones pile up while millions of requests come and go. Keys are spread by a multiplication
// (Fibonacci hashing, Knuth, The Art of Computer Programming, vol. 3, 2nd ed., section 6.4), because identifiers are
// consecutive numbers. `Dictionary` hashes with SipHash and looks up twice to change a value in place; this looks up
// once, and a walk over it comes in the same order in every process. A file made to collide can slow it down to the
// number of open requests an event, and cannot make it wrong.
//
// Values lie in a pool of their own, and what is looked through are 16 bytes a key. A value's place is used again as soon as
// it is free, so that the caches hold what is open, and not the gaps between.

/// Values by a 64-bit key; an index into it, a slot, is valid until its key is removed.
///
/// Sendable, although it holds pointers: the table alone owns the memory, and cannot be copied. An array would ask at every
/// change whether somebody else shares it.
struct KeyedTable<Value: Sendable & BitwiseCopyable>: ~Copyable, @unchecked Sendable {
    private struct Entry: BitwiseCopyable {
        var key: UInt64 = 0
        /// One more than the slot; 0 where the entry is free.
        var slotPlusOne = 0
    }

    /// A value while its slot is used; else the next free slot in place of the key.
    private struct Place: BitwiseCopyable {
        var key: UInt64 = 0
        var value: Value
        var isUsed = false
    }

    private var entries: UnsafeMutablePointer<Entry>
    /// How many entries there are, a power of two, less one.
    private var mask: Int
    /// Half as many as there are entries.
    private var places: UnsafeMutablePointer<Place>
    private let initial: Value
    private(set) var count = 0
    /// The slots that were freed are a chain from here on, which ends at the largest number there is.
    private var firstFree: Int
    /// How many places were ever used.
    private var placesTouched = 0
    /// How far a hash is shifted so that it addresses `entries`.
    private var shift: UInt64

    /// An empty table whose new entries begin as `initial`.
    init(initial: Value) {
        self.initial = initial
        entries = Self.aligned(64, Entry())
        mask = 64 - 1
        places = Self.aligned(32, Place(value: initial))
        firstFree = .max
        shift = 64 - 6
    }

    deinit {
        entries.deallocate()
        places.deallocate()
    }

    /// Memory from the start of a line of the cache on.
    private static func aligned<Element>(_ count: Int, _ element: Element) -> UnsafeMutablePointer<Element> {
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: count * MemoryLayout<Element>.stride, alignment: max(64, MemoryLayout<Element>.alignment))
        return memory.initializeMemory(as: Element.self, repeating: element, count: count)
    }

    private func home(of key: UInt64) -> Int { Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) &>> shift) }

    /// The entry of the key, or the free one where it would be.
    @inline(__always)
    private func entry(of key: UInt64) -> Int {
        var index = home(of: key)
        while entries[index].slotPlusOne != 0, entries[index].key != key {
            index = (index &+ 1) & mask
        }
        return index
    }

    /// Where the key is, or nil.
    @inline(__always)
    func slot(of key: UInt64) -> Int? {
        let slotPlusOne = entries[entry(of: key)].slotPlusOne
        return slotPlusOne == 0 ? nil : slotPlusOne &- 1
    }

    /// Where the key is; it is put there with the initial value if it was not in the table.
    @inline(__always)
    mutating func slot(inserting key: UInt64) -> Int {
        let index = entry(of: key)
        let slotPlusOne = entries[index].slotPlusOne
        return slotPlusOne == 0 ? insert(key, at: index) : slotPlusOne &- 1
    }

    private mutating func insert(_ key: UInt64, at index: Int) -> Int {
        if count == (mask &+ 1) / 2 {
            grow()
            return insert(key, at: entry(of: key))
        }
        let slot: Int
        if firstFree != .max {
            slot = firstFree
            firstFree = Int(truncatingIfNeeded: places[slot].key)
        } else {
            slot = placesTouched
            placesTouched &+= 1
        }
        places[slot] = Place(key: key, value: initial, isUsed: true)
        entries[index] = Entry(key: key, slotPlusOne: slot &+ 1)
        count &+= 1
        return slot
    }

    subscript(slot: Int) -> Value {
        get { places[slot].value }
        @inline(__always) _modify { yield &places[slot].value }
    }

    /// Removes the key, and moves back the entries that would no longer be found behind the gap.
    mutating func remove(at slot: Int) {
        var gap = entry(of: places[slot].key)
        var next = (gap &+ 1) & mask
        while entries[next].slotPlusOne != 0 {
            let distanceFromHome = (next &- home(of: entries[next].key)) & mask
            let distanceFromGap = (next &- gap) & mask
            if distanceFromHome >= distanceFromGap {
                entries[gap] = entries[next]
                gap = next
            }
            next = (next &+ 1) & mask
        }
        entries[gap].slotPlusOne = 0
        places[slot].isUsed = false
        places[slot].key = UInt64(truncatingIfNeeded: firstFree)
        firstFree = slot
        count &-= 1
    }

    private mutating func grow() {
        let (full, fullCount) = (places, count)
        entries.deallocate()
        shift &-= 1
        entries = Self.aligned(fullCount * 4, Entry())
        mask = fullCount * 4 - 1
        places = Self.aligned(fullCount * 2, Place(value: initial))
        for slot in 0..<fullCount {
            places[slot] = full[slot]
            entries[entry(of: full[slot].key)] = Entry(key: full[slot].key, slotPlusOne: slot + 1)
        }
        full.deallocate()
    }

    /// Calls the body with every key and value, in no order of meaning, but in the same order in every process.
    func forEach(_ body: (UInt64, Value) -> Void) {
        for slot in 0..<placesTouched where places[slot].isUsed { body(places[slot].key, places[slot].value) }
    }
}
