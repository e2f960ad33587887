// The histograms of the log, in its own look: DTrace's quantize prints the lower bound, a bar and the count of each
// bucket. Two or three of them stand side by side here, so the bars are 16 wide instead of 40; by powers of two they
// share their buckets, and so the column of values.

import Experiments
import Statistics

/// A histogram as lines of text: value, distribution, count.
struct Distribution {
    private static let barWidth = 16
    private static let valueWidth = 11
    private static let countWidth = 8
    static let width = valueWidth + 2 + barWidth + countWidth
    /// A histogram in equal steps has at most so many lines; `histograms.csv` has it in full.
    static let linearRowLimit = 20

    private let rows: [Row]
    private let total: Int

    private enum Row {
        case bucket(lowerBoundNanoseconds: Int64, count: Int)
        /// Empty buckets left out between two others.
        case gap(bucketCount: Int)
    }

    /// A histogram in equal steps, neighbours merged until they fit the limit; three or more empty buckets in a row
    /// become one line.
    init(linear buckets: [HistogramBucket]) {
        let buckets = Self.merged(buckets)
        var rows: [Row] = []
        var index = 0
        while index < buckets.count {
            let empty = buckets[index...].prefix { $0.count == 0 }.count
            if empty >= 3 {
                rows.append(.gap(bucketCount: empty))
                index += empty
            } else {
                let bucket = buckets[index]
                rows.append(.bucket(lowerBoundNanoseconds: bucket.lowerBound, count: bucket.count))
                index += 1
            }
        }
        self.rows = rows
        self.total = buckets.map(\.count).reduce(0, +)
    }

    /// Buckets of the smallest round multiple of the step that needs no more lines than the limit; their bounds are multiples
    /// of the new step, as they were of the old.
    private static func merged(_ buckets: [HistogramBucket]) -> [(lowerBound: Int64, count: Int)] {
        guard buckets.count > linearRowLimit else { return buckets.map { ($0.lowerBoundNanoseconds, $0.count) } }
        let step = Int128(buckets[1].lowerBoundNanoseconds) - Int128(buckets[0].lowerBoundNanoseconds)
        // 2, 4, 10, 20, 40, …: bounds stay round.
        var multiple: Int128 = 2
        var merged: [(lowerBound: Int64, count: Int)] = []
        repeat {
            merged = []
            for bucket in buckets {
                let place = Int128(bucket.lowerBoundNanoseconds) / (step * multiple)
                let lowerBound = Int64(clamping: place * step * multiple)
                if merged.last?.lowerBound == lowerBound {
                    merged[merged.count - 1].count += bucket.count
                } else {
                    merged.append((lowerBound, bucket.count))
                }
            }
            multiple = String(multiple).hasPrefix("4") ? multiple / 4 * 10 : multiple * 2
        } while merged.count > linearRowLimit
        return merged
    }

    var lines: [String] {
        guard !rows.isEmpty else { return ["none".leftPadded(to: Self.valueWidth).rightPadded(to: Self.width)] }
        return ["value".leftPadded(to: Self.valueWidth) + Self.columnHead] + rows.map(line)
    }

    private func line(_ row: Row) -> String {
        switch row {
        case .bucket(let lowerBound, let count):
            return String(lowerBound).leftPadded(to: Self.valueWidth) + Self.column(count, of: total)
        case .gap(let bucketCount):
            return Self.gap(bucketCount).rightPadded(to: Self.width)
        }
    }

    private static var columnHead: String {
        let title = " Distribution "
        let dashes = String(repeating: "-", count: (barWidth - title.count) / 2)
        return "  " + dashes + title + dashes + "count".leftPadded(to: countWidth)
    }

    private static func column(_ count: Int, of total: Int) -> String {
        let share = total > 0 ? Double(count) / Double(total) : 0
        let bar = String(repeating: "@", count: Int((share * Double(barWidth)).rounded()))
        return " |" + bar.rightPadded(to: barWidth) + String(count).leftPadded(to: countWidth)
    }

    private static func gap(_ bucketCount: Int) -> String {
        "…".leftPadded(to: valueWidth) + " |\(bucketCount) empty buckets"
    }

    // MARK: Side by side

    /// Power-of-two histograms over the buckets that they share, in lines of their own; one empty bucket before and
    /// after, as in DTrace. Three or more buckets in a row that all of them have empty become one line.
    ///
    /// - Parameters:
    ///   - columns: Their titles, and the counts by lower bound.
    ///   - range: Lower bounds of the first and the last bucket that is not empty in any of them.
    static func powersOfTwo(
        _ columns: [(title: String, counts: [Int64: Int])], over range: ClosedRange<Int64>
    ) -> [String] {
        let totals = columns.map { $0.counts.values.reduce(0, +) }
        let margin = String(repeating: " ", count: valueWidth)
        let titles = columns.map { "  " + $0.title.rightPadded(to: barWidth + countWidth) }.joined()
        var lines = [
            (margin + titles).withoutTrailingSpaces,
            "value".leftPadded(to: valueWidth) + columns.map { _ in columnHead }.joined(),
        ]
        let bounds = bounds(around: range)
        var index = 0
        while index < bounds.count {
            let empty = bounds[index...].prefix { bound in columns.allSatisfy { ($0.counts[bound] ?? 0) == 0 } }.count
            if empty >= 3 {
                lines.append(gap(empty))
                index += empty
            } else {
                let bound = bounds[index]
                let cells = zip(columns, totals).map { column($0.counts[bound] ?? 0, of: $1) }
                lines.append(String(bound).leftPadded(to: valueWidth) + cells.joined())
                index += 1
            }
        }
        return lines
    }

    private static func bounds(around range: ClosedRange<Int64>) -> [Int64] {
        var bounds = [range.lowerBound > 1 ? range.lowerBound / 2 : 0]
        let last = range.upperBound <= Int64.max / 4 ? max(1, range.upperBound * 2) : range.upperBound
        while let bound = bounds.last, bound < last { bounds.append(max(1, bound * 2)) }
        return bounds
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
