// Merges sorted streams (Knuth, The Art of Computer Programming, vol. 3, 2nd ed., section 5.4.1): each node of a binary tree
// holds the stream that lost there, and the winner of all stands above. When the winner has moved on, only its way up is
// played again, with one comparison a node, where a heap needs two.

/// Which of several streams has the earliest time; of the same time, the one that stands first.
struct LoserTree {
    /// A stream's next time, and its number.
    struct Entry: Equatable {
        /// Below 2⁶³; of a stream that has ended, 2⁶³, so that it is behind all others.
        let time: UInt64
        /// Below 2³².
        let stream: Int

        private static let endTime: UInt64 = 1 << 63

        init(time: UInt64, stream: Int) { (self.time, self.stream) = (time, stream) }

        /// Of a stream that has ended.
        init(endOf stream: Int) { self.init(time: Self.endTime, stream: stream) }

        var isEnded: Bool { time == Self.endTime }
    }

    /// The earliest; ended when all streams are.
    private(set) var winner: Entry
    /// From 1 on; the children of node n are 2n and 2n + 1, and the leaves stand for the streams.
    var losers: ContiguousArray<Entry>

    /// - Parameter entries: One for each stream, in the order that decides between equal times.
    init(_ entries: [Entry]) {
        var leafCount = 1
        while leafCount < entries.count { leafCount *= 2 }
        let none = Entry(endOf: Int(UInt32.max))
        var winners = ContiguousArray(repeating: none, count: 2 * leafCount)
        for entry in entries { winners[leafCount + entry.stream] = entry }
        losers = ContiguousArray(repeating: none, count: leafCount)
        for node in (1..<leafCount).reversed() {
            let (left, right) = (winners[2 * node], winners[2 * node + 1])
            (winners[node], losers[node]) = left.time <= right.time ? (left, right) : (right, left)
        }
        winner = winners[1]
    }

    /// Calls the body with the losers in place, for ``replay(_:_:)``, and with the winner, which it may change.
    mutating func play(_ body: (UnsafeMutableBufferPointer<Entry>, inout Entry) -> Void) {
        var winner = winner
        losers.withUnsafeMutableBufferPointer { body($0, &winner) }
        self.winner = winner
    }

    /// The winner's stream has moved on, or ended.
    ///
    /// What stands at a node of its way up is the earliest of the node's other side. So of two equal times the one from the left
    /// is of the stream that stands first, and numbers need not be compared.
    @inline(__always)
    static func replay(_ losers: UnsafeMutableBufferPointer<Entry>, _ entry: Entry) -> Entry {
        var (time, stream) = (entry.time, UInt64(truncatingIfNeeded: entry.stream))
        var place = losers.count &+ entry.stream
        while place > 1 {
            let cameFromRight = UInt64(truncatingIfNeeded: place & 1)
            place &>>= 1
            let other = losers[place]
            // Exchanged by a mask, all ones or zero: a branch would be predicted wrongly every other time where streams take
            // turns at random.
            let mask: UInt64 = 0 &- (other.time < time &+ cameFromRight ? 1 : 0)
            let otherStream = UInt64(truncatingIfNeeded: other.stream)
            let (times, streams) = ((time ^ other.time) & mask, (stream ^ otherStream) & mask)
            losers[place] = Entry(time: other.time ^ times, stream: Int(truncatingIfNeeded: otherStream ^ streams))
            time ^= times
            stream ^= streams
        }
        return Entry(time: time, stream: Int(truncatingIfNeeded: stream))
    }
}
