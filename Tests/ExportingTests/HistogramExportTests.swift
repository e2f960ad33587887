import Foundation
import Pairing
import TestSupport
import Testing
import TraceModel

@testable import Exporting

@Suite("HdrHistogram logs and percentiles")
struct HistogramExportTests {
    @Test("the buckets cover all durations without gaps, each less than a thousandth wide")
    func buckets() {
        var next: Int64 = 0
        for index in 0..<20_000 {
            #expect(HighDynamicRangeCounts.lowest(ofIndex: index) == next)
            let highest = HighDynamicRangeCounts.highest(ofIndex: index)
            #expect(HighDynamicRangeCounts.index(of: next) == index)
            #expect(HighDynamicRangeCounts.index(of: highest) == index)
            #expect((highest - next) * 1000 <= highest)
            next = highest + 1
        }
        let last = HighDynamicRangeCounts.index(of: .max)
        #expect(HighDynamicRangeCounts.highest(ofIndex: last) == .max)
    }

    @Test(
        "Base64 is that of RFC 4648",
        arguments: zip(
            ["", "f", "fo", "foo", "foob", "fooba", "foobar"],
            ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"]))
    func base64(plain: String, encoded: String) {
        #expect(Base64.text(of: Array(plain.utf8)) == encoded)
    }

    private static func log(_ events: [Event], interval: Int64? = nil) -> String {
        var exporter = HistogramLogExporter(
            header: header(), outline: TraceOutline(of: events)!, writes: .asynchronous, interval: interval)
        var bytes: [UInt8] = []
        exporter.export(events) { bytes += $0 }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Reads the log on standard input and prints tag, start and end in milliseconds, count, p50, p99 and maximum of each line.
    private static let reader = """
        import sys, tempfile
        from hdrh.histogram import HdrHistogram
        from hdrh.log import HistogramLogReader
        with tempfile.NamedTemporaryFile() as file:
            file.write(sys.stdin.buffer.read()); file.flush()
            log = HistogramLogReader(file.name, HdrHistogram(1, 3600000000000, 3))
            while True:
                histogram = log.get_next_interval_histogram()
                if histogram is None: break
                print(histogram.get_tag(), round(histogram.get_start_time_stamp()), round(histogram.get_end_time_stamp()),
                    histogram.get_total_count(), histogram.get_value_at_percentile(50),
                    histogram.get_value_at_percentile(99), histogram.get_max_value())
        """

    @Test(
        "the hdrhistogram package reads a tag a stage, with our counts and our durations within a thousandth",
        .enabled(if: Python.withReaders != nil, Comment(rawValue: Python.whyReadersNeeded)))
    func readLog() throws {
        let events = varied(900)
        let text = try Python.run(Self.reader, input: Array(Self.log(events).utf8), with: Python.withReaders)
        var pairer = RequestPairer(window: whole(events), writes: .asynchronous)
        var durations: [Stage: [Int64]] = [:]
        for event in events {
            pairer.add(event) { if $0.isInWindow { durations[$0.stage, default: []].append($0.elapsedNanoseconds) } }
        }
        let lines = text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        #expect(lines.map { $0[0] } == Stage.allCases.filter { durations[$0] != nil }.map(\.rawValue))
        for line in lines {
            let stage = try #require(Stage(rawValue: line[0]))
            let own = try #require(durations[stage]).sorted()
            #expect(Int(line[3]) == own.count, "\(stage)")
            for (field, quantile) in [(4, 0.5), (5, 0.99), (6, 1.0)] {
                let read = try #require(Double(line[field]))
                // HdrHistogram's percentile: the smallest duration that so many percent are at most as long as.
                let rank = max(1, Int((quantile * Double(own.count)).rounded(.up)))
                let exact = Double(own[rank - 1])
                #expect(abs(read - exact) <= max(1, exact / 1000), "\(stage) \(quantile): \(read), ours \(exact)")
            }
        }
    }

    @Test(
        "intervals are those in which the durations were done, and together they are the whole",
        .enabled(if: Python.withReaders != nil, Comment(rawValue: Python.whyReadersNeeded)))
    func intervals() throws {
        let log = Self.log(crowd(300), interval: 1_000_000_000)
        let text = try Python.run(Self.reader, input: Array(log.utf8), with: Python.withReaders)
        let lines = text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        let requests = lines.filter { $0[0] == "request" }
        #expect(requests.map { Int($0[3])! }.reduce(0, +) == 300)
        #expect(requests.count == 3)
        let start = 1_700_000_000_500
        #expect(requests.map { Int($0[1])! } == [start, start + 1000, start + 2000])
        #expect(requests[0][2] == "\(start + 1000)")
    }

    @Test(
        "the percentile file says what the hdrhistogram package counts",
        .enabled(if: Python.withReaders != nil, Comment(rawValue: Python.whyReadersNeeded)))
    func percentiles() throws {
        let events = varied(900)
        var exporter = PercentileExporter(stage: .request, window: whole(events), writes: .asynchronous)
        var bytes: [UInt8] = []
        exporter.export(events) { bytes += $0 }
        let ours = String(decoding: bytes, as: UTF8.self)
        #expect(exporter.durationCount == 900)
        let log = Self.log(events).split(separator: "\n").first { $0.hasPrefix("Tag=request,") }
        let encoded = try #require(log?.split(separator: ",").last)
        // The package takes steps of its own from level to level; ours are those of the Java library: halves of what is left to
        // 100 % in five steps. So each line is held against the package's own count of its histogram.
        let script = """
            import sys
            from hdrh.histogram import HdrHistogram
            encoded, text = sys.stdin.read().split(' ', 1)
            histogram = HdrHistogram.decode(encoded)
            total, below, cumulative = histogram.get_total_count(), 0, []
            for item in histogram.get_recorded_iterator():
                cumulative.append((item.value_iterated_to / 1e6, below, below + item.count_at_value_iterated_to))
                below += item.count_at_value_iterated_to
            lines = text.splitlines()
            for line in lines[2:-3]:
                value, level, count = line.split()[:3]
                reached = [c for c in cumulative if 100 * c[2] / total >= 100 * float(level) - 1e-9][0]
                assert value == '%.3f' % reached[0], (line, reached)
                assert int(count) == reached[2], (line, reached)
            mean, largest = histogram.get_mean_value() / 1e6, histogram.get_max_value() / 1e6
            assert lines[-3].startswith('#[Mean    = %12.3f, StdDeviation   = ' % mean), lines[-3]
            assert lines[-3].endswith('%12.3f]' % (histogram.get_stddev() / 1e6)), lines[-3]
            assert lines[-2] == '#[Max     = %12.3f, Total count    = %12d]' % (largest, total), lines[-2]
            assert lines[-1] == '#[Buckets = %12d, SubBuckets     = %12d]' % (
                histogram.bucket_count, histogram.sub_bucket_count), lines[-1]
            print(' '.join(line.split()[1] for line in lines[2:10]))
            """
        let levels = try Python.run(script, input: Array("\(encoded) \(ours)".utf8), with: Python.withReaders)
        #expect(
            levels == "0.000000000000 0.100000000000 0.200000000000 0.300000000000 0.400000000000 0.500000000000 "
                + "0.550000000000 0.600000000000\n")
        #expect(ours.split(separator: "\n").count > 20)
    }

    @Test("what ended before it began is counted and said in the log's last line")
    func negative() {
        var events = wanderer()
        events[4].nanoseconds = -5
        let log = Self.log(events)
        #expect(log.hasSuffix("#[2 spans that ended before they began are not in this log]\n"))
    }

    @Test("a log without durations has its head alone")
    func empty() {
        let log = Self.log([wanderer()[0]])
        #expect(log.split(separator: "\n").allSatisfy { $0.hasPrefix("#[") || $0.hasPrefix("\"StartTimestamp\"") })
        #expect(log.contains("#[Histogram log format version 1.3]\n"))
        #expect(log.contains("#[StartTime: 1700000000.500 (seconds since epoch)"))
    }

    /// Requests whose durations go over five orders of magnitude.
    private func varied(_ count: UInt64) -> [Event] {
        var state: UInt64 = 42
        let events = (1...count).flatMap { request -> [Event] in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let stretch = Int64(1) << Int64(state >> 60)
            var events = wanderer(request, from: 0)
            for index in events.indices {
                events[index].nanoseconds =
                    Int64(request) * 1_000_000 + events[index].nanoseconds / 1000 * stretch
                    + Int64(state >> 40 & 1023) * Int64(index)
            }
            return events
        }
        return events.enumerated().sorted { ($0.element.nanoseconds, $0.offset) < ($1.element.nanoseconds, $1.offset) }
            .map(\.element)
    }
}
