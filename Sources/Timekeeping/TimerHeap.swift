// A 4-ary heap of 16-byte entries, laid out so that the four children of a node share one cache line: a step down costs
// one line instead of the two of a binary heap, and there are half as many steps. The root is at place 3 of an array
// that begins on a cache line, so the children of place p, which are at 4 (p - 2) … 4 (p - 2) + 3, begin on one too.
//
// Taking out the least moves the hole that it leaves down to a leaf, always to the least child, and lets the last entry
// rise from there (Wegener 1993, doi:10.1016/0304-3975(93)90364-Y): the last entry nearly always belongs near
// a leaf, and comparing it on the way down would be in vain. Of four children the least is found without a branch that
// could be predicted wrongly.
//
// The road not taken: positions kept in the slots, so that a cancelled entry could be taken from the middle. Each move
// of an entry would write to a second place in memory, and sleeps are cancelled only at the end of a run.

/// Deadlines, the earliest first.
package struct TimerHeap: ~Copyable {
    /// A deadline, and a number that tells entries with the same deadline apart and orders them.
    package struct Entry: Comparable, Sendable {
        package let deadlineNanoseconds: Int64
        package let tie: UInt64

        @inlinable
        package init(deadlineNanoseconds: Int64, tie: UInt64) {
            self.deadlineNanoseconds = deadlineNanoseconds
            self.tie = tie
        }

        /// Both as one number, which orders as the pair does.
        @inline(__always) fileprivate var key: Int128 { Int128(deadlineNanoseconds) << 64 | Int128(tie) }

        @inlinable
        package static func < (a: Entry, b: Entry) -> Bool {
            (a.deadlineNanoseconds, a.tie) < (b.deadlineNanoseconds, b.tie)
        }
    }

    private static let root = 3
    private static let cacheLineBytes = 64

    /// Places from 0; those before the root are never used.
    private var places: UnsafeMutablePointer<Entry>
    private var capacity: Int
    /// The place after the last entry.
    private var end = root

    package init() {
        capacity = 16
        places = Self.allocate(capacity)
    }

    deinit { places.deallocate() }

    package var count: Int { end - Self.root }

    /// The earliest entry; nil if there is none. O(1).
    package var first: Entry? { end > Self.root ? places[Self.root] : nil }

    /// O(log n), and O(1) for a deadline after most others.
    package mutating func insert(_ entry: Entry) {
        if end == capacity { grow() }
        end += 1
        rise(entry, from: end - 1)
    }

    /// Takes out the earliest entry, which must be there. O(log n).
    @discardableResult
    package mutating func removeFirst() -> Entry {
        precondition(end > Self.root, "an entry is taken from an empty heap")
        let first = places[Self.root]
        end -= 1
        if end > Self.root { rise(places[end], from: sinkHole()) }
        return first
    }

    /// Moves the hole at the root down to a leaf, each time up the least child; returns where it ends.
    private func sinkHole() -> Int {
        var hole = Self.root
        while true {
            let children = 4 &* (hole &- 2)
            if children &+ 4 <= end {
                let left = Self.least(places, children, children &+ 1)
                let right = Self.least(places, children &+ 2, children &+ 3)
                let least = Self.least(places, left, right)
                places[hole] = places[least]
                hole = least
            } else {
                guard children < end else { return hole }
                var least = children
                for child in children &+ 1..<max(end, children &+ 1) { least = Self.least(places, least, child) }
                places[hole] = places[least]
                return least
            }
        }
    }

    /// Puts an entry into a hole, or as many places above as there are later ones in its way.
    private func rise(_ entry: Entry, from start: Int) {
        var hole = start
        while hole > Self.root {
            let parent = hole &>> 2 &+ 2
            guard entry.key < places[parent].key else { break }
            places[hole] = places[parent]
            hole = parent
        }
        places[hole] = entry
    }

    @inline(__always)
    private static func least(_ places: UnsafeMutablePointer<Entry>, _ a: Int, _ b: Int) -> Int {
        // Arithmetic instead of a choice, for the compiler makes a jump of the latter.
        let isSecond = places[b].key < places[a].key
        return a &+ (b &- a) &* (isSecond ? 1 : 0)
    }

    private mutating func grow() {
        let larger = Self.allocate(capacity * 2)
        (larger + Self.root).update(from: places + Self.root, count: count)
        places.deallocate()
        places = larger
        capacity *= 2
    }

    private static func allocate(_ capacity: Int) -> UnsafeMutablePointer<Entry> {
        UnsafeMutableRawPointer.allocate(
            byteCount: capacity * MemoryLayout<Entry>.stride, alignment: cacheLineBytes
        ).bindMemory(to: Entry.self, capacity: capacity)
    }
}
