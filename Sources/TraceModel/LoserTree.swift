// Merges sorted streams (Knuth, The Art of Computer Programming, vol. 3, 2nd ed., section 5.4.1): each node of a binary tree
// holds what lost there, and the winner of all stands above. When the winner has moved on, only its way up is played
// again, with one comparison a node, where a heap needs two.
//
// A time and the number of its stream are one number: the time since the tree's base above, the stream below. So a node is
// played by taking the smaller of two numbers up and leaving the larger, without a branch, which would be predicted wrongly
// every other time where streams take turns at random; and of equal times the one of the stream that stands first is the
// smaller. A time that is too far from the base for its place counts as far away; when nothing nearer is left, the tree is
// built anew on a later base.

/// Which of several streams has the earliest time; of the same time, the one that stands first.
struct LoserTree {
    /// From 1 on; the children of node n are 2n and 2n + 1, and the leaves stand for the streams.
    private(set) var losers: ContiguousArray<UInt64>
    /// The earliest.
    private(set) var winner: UInt64
    /// How entries are made.
    let code: Code

    /// How a time and a stream are put into one number.
    struct Code {
        fileprivate let base: UInt64
        fileprivate let streamBits: UInt64
        /// Of times this far from the base the order is not kept.
        fileprivate let farDistance: UInt64

        fileprivate init(base: UInt64, leafCount: Int) {
            self.base = base
            streamBits = UInt64(leafCount.trailingZeroBitCount)
            farDistance = UInt64.max &>> streamBits
        }

        /// The entry of a stream's next time, which is not before the base.
        @inline(__always)
        func entry(time: UInt64, stream: Int) -> UInt64 {
            min(time &- base, farDistance) &<< streamBits | UInt64(truncatingIfNeeded: stream)
        }

        /// The entry of a stream that has ended.
        func entry(endOf stream: Int) -> UInt64 { farDistance &<< streamBits | UInt64(truncatingIfNeeded: stream) }

        @inline(__always)
        func stream(of entry: UInt64) -> Int { Int(truncatingIfNeeded: entry & ~(UInt64.max &<< streamBits)) }

        /// Whether the stream has ended, or goes on so much later that the tree has to be built anew.
        @inline(__always)
        func isFar(_ entry: UInt64) -> Bool { entry &>> streamBits == farDistance }
    }

    /// - Parameter times: The next time of each stream, in the order that decides between equal ones; nil of one that has ended.
    init(_ times: [UInt64?]) {
        var leafCount = 1
        while leafCount < times.count { leafCount *= 2 }
        let code = Code(base: times.compactMap(\.self).min() ?? 0, leafCount: leafCount)
        var winners = ContiguousArray(repeating: UInt64.max, count: 2 * leafCount)
        for (stream, time) in times.enumerated() {
            winners[leafCount + stream] = time.map { code.entry(time: $0, stream: stream) } ?? code.entry(endOf: stream)
        }
        losers = ContiguousArray(repeating: .max, count: leafCount)
        for node in (1..<leafCount).reversed() {
            winners[node] = min(winners[2 * node], winners[2 * node + 1])
            losers[node] = max(winners[2 * node], winners[2 * node + 1])
        }
        winner = winners[1]
        self.code = code
    }

    /// Calls the body with the losers in place, for ``replay(_:_:_:)``, and with the winner, which it may change.
    mutating func play(_ body: (UnsafeMutableBufferPointer<UInt64>, inout UInt64) -> Void) {
        var winner = winner
        losers.withUnsafeMutableBufferPointer { body($0, &winner) }
        self.winner = winner
    }

    /// The new winner, where the stream of the winner has moved on to this entry, or ended.
    @inline(__always)
    static func replay(_ losers: UnsafeMutableBufferPointer<UInt64>, _ entry: UInt64, stream: Int) -> UInt64 {
        var winner = entry
        var place = (losers.count &+ stream) &>> 1
        while place > 0 {
            let other = losers[place]
            losers[place] = max(winner, other)
            winner = min(winner, other)
            place &>>= 1
        }
        return winner
    }
}
