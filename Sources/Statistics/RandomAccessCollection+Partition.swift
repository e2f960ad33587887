extension RandomAccessCollection where Index == Int {
    /// The first index whose element is beyond, in a collection whose elements before it are not; the end where none is. O(log n).
    func partitioningIndex(_ isBeyond: (Element) -> Bool) -> Int {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = low + (high - low) / 2
            if isBeyond(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
