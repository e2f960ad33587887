// Merges sorted streams (Knuth, The Art of Computer Programming, vol. 3, 2nd ed., section 5.4.1): each node of a binary tree
// holds the stream that lost there, and the winner of all stands above. When the winner has moved on, only its way up is
// played again, with one comparison a node, where a heap needs two.

/// Which of several streams has the earliest time; of the same time, the one that stands first.
struct LoserTree {
    /// A stream's next time, and its number.
    struct Entry: Equatable {
        /// Below 2⁶³.
        let time: UInt64
        /// Below 2³²; of a stream that has ended, 2³² more, so that it is behind all others.
        private let rank: UInt64

        init(time: UInt64, stream: Int) { self.init(time: time, rank: UInt64(stream)) }

        /// Of a stream that has ended.
        init(endOf stream: Int) { self.init(time: UInt64(Int64.max), rank: 1 << 32 | UInt64(stream)) }

        private init(time: UInt64, rank: UInt64) {
            self.time = time
            self.rank = rank
        }

        var stream: Int { Int(UInt32(truncatingIfNeeded: rank)) }
        var isEnded: Bool { rank >> 32 != 0 }

        /// The two in their order, by the signs of differences: a branch would be predicted wrongly every other time where
        /// streams take turns at random.
        @inline(__always)
        func sorted(with other: Entry) -> (earlier: Entry, later: Entry) {
            let timeStep = Int64(bitPattern: other.time &- time)
            let rankStep = Int64(bitPattern: other.rank &- rank)
            let differ = (timeStep | (0 &- timeStep)) >> 63
            // All ones where the other one is earlier, else zero.
            let mask = UInt64(bitPattern: timeStep >> 63 | (rankStep >> 63 & ~differ))
            let (times, ranks) = ((time ^ other.time) & mask, (rank ^ other.rank) & mask)
            return (
                Entry(time: time ^ times, rank: rank ^ ranks), Entry(time: other.time ^ times, rank: other.rank ^ ranks)
            )
        }
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
            (winners[node], losers[node]) = winners[2 * node].sorted(with: winners[2 * node + 1])
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
    @inline(__always)
    static func replay(_ losers: UnsafeMutableBufferPointer<Entry>, _ entry: Entry) -> Entry {
        var winner = entry
        var node = (losers.count &+ entry.stream) &>> 1
        while node > 0 {
            (winner, losers[node]) = winner.sorted(with: losers[node])
            node &>>= 1
        }
        return winner
    }
}
