// A log of HdrHistogram, format 1.3 (HistogramLogWriter of the Java library): comments, then one line an interval and tag. The tag
// is the stage, and a duration belongs to the interval in which it was done. Only what the summary counts is in it: the finished
// durations of the measured window, paired by request. What is open has no bucket there; the summary counts it in.

import Pairing
import Quantities
import TraceModel

/// Writes the durations of each stage as an HdrHistogram log.
///
/// Memory: one histogram a stage, at most 0.4 MB each.
public struct HistogramLogExporter: ~Copyable, EventExporter {
    public var bytes: [UInt8] = []
    /// Spans that ended before they began, which an HdrHistogram cannot hold; the log's last line says how many.
    public private(set) var negativeCount = 0
    /// Durations written.
    public private(set) var durationCount = 0

    private let window: TraceWindow
    /// From the trace's first event to the window.
    private let warmUp: Int128
    private let interval: Int64
    private var pairer: RequestPairer
    private var counts: [Stage: HighDynamicRangeCounts] = [:]
    /// The number of the interval that is being filled.
    private var current: Int64 = 0

    /// - Parameters:
    ///   - outline: Of the whole trace.
    ///   - interval: How long each interval is, in nanoseconds, more than zero; nil for the window as a whole.
    ///   - writes: Whether requests wait for their writes.
    public init(header: TraceHeader, outline: TraceOutline, writes: Writes, interval: Int64? = nil) {
        precondition(interval ?? 1 > 0, "an interval of \(interval ?? 0) ns")
        let window = TraceWindow(of: outline)
        self.window = window
        warmUp = Int128(window.start) - Int128(outline.first)
        self.interval = interval ?? max(1, window.lengthNanoseconds)
        pairer = RequestPairer(window: window, writes: writes)
        let start = Double(header.startNanosecondsSinceEpoch) / 1e9
        bytes.append("#[Histogram log of durations in nanoseconds, one tag a stage, by assay]\n")
        bytes.append("#[Histogram log format version 1.3]\n")
        bytes.append("#[StartTime: \(start.fixed(3)) (seconds since epoch), when recording began]\n")
        bytes.append("#[BaseTime: \(start.fixed(3)) (seconds since epoch)]\n")
        bytes.append("#[Intervals are in seconds since the first event, maxima in milliseconds]\n")
        bytes.append("\"StartTimestamp\",\"Interval_Length\",\"Interval_Max\",\"Interval_Compressed_Histogram\"\n")
    }

    public mutating func add(_ event: Event) {
        var spans: [Span] = []
        pairer.add(event) { if $0.isInWindow { spans.append($0) } }
        for span in spans { take(span) }
    }

    private mutating func take(_ span: Span) {
        let elapsed = span.elapsedNanoseconds
        guard elapsed >= 0 else {
            negativeCount += 1
            return
        }
        // The last instant belongs to the last interval.
        let whole = max(0, min(Int128(span.done) - Int128(window.start), Int128(window.lengthNanoseconds) - 1))
        let number = Int64(whole / Int128(interval))
        if number != current { flush() }
        current = number
        counts[span.stage, default: HighDynamicRangeCounts()].add(elapsed)
        durationCount += 1
    }

    public mutating func finish() {
        flush()
        if negativeCount > 0 {
            bytes.append("#[\(negativeCount) spans that ended before they began are not in this log]\n")
        }
    }

    private mutating func flush() {
        let start = Int128(current) * Int128(interval)
        let length = min(Int128(interval), max(0, Int128(window.lengthNanoseconds) - start))
        for stage in Stage.allCases {
            guard let histogram = counts[stage] else { continue }
            let figures = [
                (Double(warmUp + start) / 1e9).fixed(3), (Double(length) / 1e9).fixed(3),
                (Double(histogram.maximumEquivalent) / 1e6).fixed(3),
            ]
            bytes.append("Tag=\(stage.rawValue),\(figures.joined(separator: ",")),\(histogram.encodedText)\n")
        }
        counts = [:]
    }
}
