// The histograms of the log, in its own look: DTrace's quantize prints the lower bound, a bar and the count of each
// bucket. Two of them stand side by side here, so the bars are 24 wide instead of 40.

import Experiments
import Statistics

/// A histogram as lines of text: value, distribution, count.
struct Distribution {
    private static let barWidth = 24
    private static let valueWidth = 13
    private static let countWidth = 9
    static let width = valueWidth + 2 + barWidth + countWidth

    private let rows: [Row]
    private let total: Int

    private enum Row {
        case bucket(lowerBoundNanoseconds: Int64, count: Int)
        /// Empty buckets left out between two others.
        case gap(bucketCount: Int)
    }

    /// A power-of-two histogram over the range that it shares with those beside it, so that equal values stand in
    /// equal lines; one empty bucket before and after, as in DTrace.
    ///
    /// - Parameter range: Lower bounds of the first and the last bucket that is not empty in any of them.
    init(powersOfTwo counts: [Int64: Int], over range: ClosedRange<Int64>) {
        var rows: [Row] = []
        var lowerBound = range.lowerBound > 1 ? range.lowerBound / 2 : 0
        let last = range.upperBound <= Int64.max / 4 ? max(1, range.upperBound * 2) : range.upperBound
        while true {
            rows.append(.bucket(lowerBoundNanoseconds: lowerBound, count: counts[lowerBound] ?? 0))
            guard lowerBound < last else { break }
            lowerBound = max(1, lowerBound * 2)
        }
        self.rows = rows
        self.total = counts.values.reduce(0, +)
    }

    /// A histogram in equal steps; three or more empty buckets in a row become one line.
    init(linear buckets: [HistogramBucket]) {
        var rows: [Row] = []
        var index = 0
        while index < buckets.count {
            let empty = buckets[index...].prefix { $0.count == 0 }.count
            if empty >= 3 {
                rows.append(.gap(bucketCount: empty))
                index += empty
            } else {
                let bucket = buckets[index]
                rows.append(.bucket(lowerBoundNanoseconds: bucket.lowerBoundNanoseconds, count: bucket.count))
                index += 1
            }
        }
        self.rows = rows
        self.total = buckets.map(\.count).reduce(0, +)
    }

    var lines: [String] {
        guard !rows.isEmpty else { return ["none".leftPadded(to: Self.valueWidth).rightPadded(to: Self.width)] }
        let title = " Distribution "
        let left = (Self.barWidth - title.count) / 2
        let bar =
            String(repeating: "-", count: left) + title
            + String(repeating: "-", count: Self.barWidth - title.count - left)
        let head = "value".leftPadded(to: Self.valueWidth) + "  " + bar + " count".leftPadded(to: Self.countWidth)
        return [head] + rows.map(line)
    }

    private func line(_ row: Row) -> String {
        switch row {
        case .bucket(let lowerBound, let count):
            let share = total > 0 ? Double(count) / Double(total) : 0
            let bar = String(repeating: "@", count: Int((share * Double(Self.barWidth)).rounded()))
            return String(lowerBound).leftPadded(to: Self.valueWidth) + " |" + bar.rightPadded(to: Self.barWidth)
                + String(count).leftPadded(to: Self.countWidth)
        case .gap(let bucketCount):
            return "…".leftPadded(to: Self.valueWidth)
                + " |\(bucketCount) empty buckets".rightPadded(to: Self.width - Self.valueWidth)
        }
    }

    /// Blocks of lines beside each other under their titles.
    static func sideBySide(_ columns: [(title: String, lines: [String])]) -> [String] {
        let height = columns.map(\.lines.count).max() ?? 0
        let titles = columns.map { (String(repeating: " ", count: valueWidth + 2) + $0.title).rightPadded(to: width) }
        let rows = (0..<height).map { row in
            columns.map { row < $0.lines.count ? $0.lines[row].rightPadded(to: width) : "".rightPadded(to: width) }
        }
        return ([titles] + rows).map { cells in
            cells.joined(separator: "  ").withoutTrailingSpaces
        }
    }
}
