extension PairingCounts {
    /// The counts of both, as of several processes together; sums of balanced books are balanced.
    public static func + (left: PairingCounts, right: PairingCounts) -> PairingCounts {
        var sum = left
        sum += right
        return sum
    }

    public static func += (left: inout PairingCounts, right: PairingCounts) {
        left.starts += right.starts
        left.dones += right.dones
        left.paired += right.paired
        left.overwrittenStarts += right.overwrittenStarts
        left.unmatchedDones += right.unmatchedDones
        left.startedBefore += right.startedBefore
        left.open += right.open
        left.changedThread += right.changedThread
        left.mismatchedRequests += right.mismatchedRequests
        left.negative += right.negative
        left.shorterThanDrawn += right.shorterThanDrawn
    }
}
