// The percentile distribution that HdrHistogram prints (outputPercentileDistribution of the Java library, five ticks a half
// distance), which its plotters read: line by line what the largest value of so many percent is, twice as fine with each
// halving of the distance to 100 %.

import Pairing
import Quantities
import TraceModel

/// Writes the percentile distribution of one stage in milliseconds.
public struct PercentileExporter: ~Copyable, EventExporter {
    public var bytes: [UInt8] = []
    /// Durations written.
    public private(set) var durationCount = 0
    /// Spans that ended before they began, which an HdrHistogram cannot hold.
    public private(set) var negativeCount = 0

    private let stage: Stage
    private var pairer: RequestPairer
    private var counts = HighDynamicRangeCounts()

    /// - Parameter writes: Whether requests wait for their writes.
    public init(stage: Stage, window: TraceWindow, writes: Writes) {
        self.stage = stage
        pairer = RequestPairer(window: window, writes: writes)
    }

    public mutating func add(_ event: Event) {
        pairer.add(event) { span in
            guard span.stage == stage, span.isInWindow else { return }
            guard span.elapsedNanoseconds >= 0 else {
                negativeCount += 1
                return
            }
            counts.add(span.elapsedNanoseconds)
            durationCount += 1
        }
    }

    public mutating func finish() { bytes.append(counts.percentileDistribution) }
}

extension HighDynamicRangeCounts {
    private static let ticksPerHalfDistance = 5.0

    /// The distribution in milliseconds, as text.
    var percentileDistribution: String {
        var text = Self.columns(["Value", "Percentile", "TotalCount", "1/(1-Percentile)"]) + "\n"
        forEachPercentile { nanoseconds, percentile, count in
            var fields = [
                (Double(nanoseconds) / 1e6).fixed(3), (percentile / 100).fixed(12), String(count),
            ]
            if percentile < 100 { fields.append((1 / (1 - percentile / 100)).fixed(2)) }
            text += Self.columns(fields)
        }
        func figure(_ nanoseconds: Double) -> String { (nanoseconds / 1e6).fixed(3).padded(to: 12) }
        text += "#[Mean    = \(figure(mean)), StdDeviation   = \(figure(standardDeviation))]\n"
        text += "#[Max     = \(figure(Double(maximumEquivalent))), Total count    = \(String(total).padded(to: 12))]\n"
        let buckets = Self.bucketsNeeded(for: max(Self.highestUsually, maximumEquivalent))
        text +=
            "#[Buckets = \(String(buckets).padded(to: 12)), SubBuckets     = \(String(Self.subBucketCount).padded(to: 12))]\n"
        return text
    }

    private static func columns(_ fields: [String]) -> String {
        zip(fields, [12, 14, 10, 14]).map { $0.padded(to: $1) }.joined(separator: " ") + "\n"
    }

    /// Octaves that cover the value, the first one of which is twice as wide.
    private static func bucketsNeeded(for value: Int64) -> Int {
        var (smallestUntrackable, buckets) = (Int64(subBucketCount), 1)
        while smallestUntrackable <= value {
            if smallestUntrackable > Int64.max / 2 { return buckets + 1 }
            smallestUntrackable <<= 1
            buckets += 1
        }
        return buckets
    }

    private func forEachPercentile(_ body: (_ nanoseconds: Int64, _ percentile: Double, _ count: Int64) -> Void) {
        var level = 0.0
        var below: Int64 = 0
        for (index, count) in counts.enumerated() where count > 0 {
            below += count
            let reached = 100 * Double(below) / Double(total)
            let value = Self.highest(ofIndex: index)
            while reached >= level {
                body(value, level, below)
                // Past the last duration there is one more line alone, that of 100 %.
                if below == total {
                    body(value, 100, below)
                    return
                }
                // How often the distance to 100 % has been halved, as the library counts it.
                let halvings = Int((100 / (100 - level)).exponent) + 1
                level += 100 / (Self.ticksPerHalfDistance * Double(1 << halvings))
            }
        }
    }
}

extension String {
    /// Filled with spaces on the left.
    fileprivate func padded(to width: Int) -> String {
        String(repeating: " ", count: max(0, width - count)) + self
    }
}
