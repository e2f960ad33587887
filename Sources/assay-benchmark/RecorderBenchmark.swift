import CProbes
import Glibc
import Quantities
import Recording
import TraceModel

// What an event costs, beside what reading a clock alone costs on the same machine at the same time. The machine may be
// busy and its CPU may change its speed, so each kind is measured in many short stretches, in turn with the others;
// the median and the range over the stretches are printed, and ratios are of medians.
//
// "In place" is an event into a chunk that the thread has: memory that was zeroed ahead and never written since.
// "Growing" includes taking the chunks, one in 2 046 events, and waiting for them where the housekeeper, which needs a
// CPU of its own, does not keep up. Both fire their probe, which nobody traces.

/// Events that a chunk holds after its header and its thread record.
private let eventsPerChunk = TraceFormat.recordsPerChunk - 2
private let stretchCount = 401

func runRecorderBenchmark() throws(BenchmarkFailure) -> [BenchmarkResult] {
    let path = temporaryPath()
    defer { unlink(path) }
    // The last is what runs record with, and what the summary shows.
    let clockNames: [(Recorder.Clock, String)] = [(.monotonic, "CLOCK_MONOTONIC"), (.fastest, "fastest clock")]
    print("## Recorder: nanoseconds an event")
    print("")
    print("| recorder | measured | median | min | max | ÷ ticks alone | ÷ clock_gettime alone |")
    print("|---|---|--:|--:|--:|--:|--:|")
    var rows: [Row] = []
    do throws(RecorderError) {
        for (clock, name) in clockNames {
            let recorder = try Recorder(path: path, clock: clock)
            rows = measure(recorder)
            let report = recorder.finish()
            for row in rows { print(row.line(recorder: name, ticks: rows[0], system: rows[1])) }
            for warning in report.warnings { complain(warning) }
            unlink(path)
        }
        try measureVirtualRecorder(path)
    } catch {
        throw BenchmarkFailure(sentence: "\(error)")
    }
    print("")
    print(
        "\(stretchCount) interleaved stretches of \(eventsPerChunk) events, growing \(8 * eventsPerChunk); one thread.")
    print("")
    return [inPlaceResult(ticks: rows[0], event: rows[3]), try measureFullSpeedRecording()]
}

let recorderUnmeasured = [
    inPlaceResult(ticks: Row(name: ""), event: Row(name: "")), fullSpeedResult(eventsLost: []),
]

private func inPlaceResult(ticks: Row, event: Row) -> BenchmarkResult {
    BenchmarkResult(
        name: "recording an event in place", unit: "ns", measured: .init(event.nanoseconds),
        referenceName: "reading the fastest clock alone", reference: .init(ticks.nanoseconds), bound: .ratioAtMost(1.6))
}

/// The cost of one thing over all stretches.
private struct Row {
    var name: String
    var nanoseconds: [Double] = []

    var median: Double { nanoseconds.sorted()[nanoseconds.count / 2] }

    func line(recorder: String, ticks: Row, system: Row) -> String {
        let figures = [median, nanoseconds.min() ?? .nan, nanoseconds.max() ?? .nan].map { $0.fixed(1) }
        let ratios = [median / ticks.median, median / system.median].map { $0.fixed(2) }
        return "| \(recorder) | \(name) | \((figures + ratios).joined(separator: " | ")) |"
    }
}

private func measure(_ recorder: Recorder) -> [Row] {
    var rows = [
        Row(name: "ticks alone"), Row(name: "clock_gettime alone"), Row(name: "probe alone, nobody attached"),
        Row(name: "event in place, with its probe"), Row(name: "event while growing, with its probe"),
    ]
    let probes = ProbeOnlySink()
    var sink: UInt64 = 0
    for stretch in 0..<stretchCount {
        rows[0].nanoseconds.append(cost(of: eventsPerChunk) { _ in sink &+= isim_clock_ticks() })
        rows[1].nanoseconds.append(cost(of: eventsPerChunk) { _ in sink &+= isim_clock_monotonic_nanoseconds() })
        rows[2].nanoseconds.append(
            cost(of: eventsPerChunk) { probes.record(.requestStart, request: UInt64($0), client: 1, value: 0) })
        // The first event of a chunk takes it; the rest fill it up to the last record.
        recorder.record(.requestStart, request: 0, client: 0, value: 0)
        rows[3].nanoseconds.append(
            cost(of: eventsPerChunk - 1) { recorder.record(.requestStart, request: UInt64($0), client: 1, value: 0) })
        if stretch % 4 == 0 {
            rows[4].nanoseconds.append(
                cost(of: 8 * eventsPerChunk) {
                    recorder.record(.requestStart, request: UInt64($0), client: 1, value: 0)
                })
        }
    }
    precondition(sink != 0, "the clocks were read")
    return rows
}

/// The recorder of virtual time, whose clock is a load: beside the same two clocks, which it does not read.
private func measureVirtualRecorder(_ path: String) throws(RecorderError) {
    let time = SteppingTime()
    let recorder = try VirtualRecorder(path: path, time: time)
    var rows = [
        Row(name: "ticks alone"), Row(name: "clock_gettime alone"), Row(name: "event in place, with its probe"),
        Row(name: "event while growing, with its probe"),
    ]
    var sink: UInt64 = 0
    func event(_ request: Int) {
        recorder.record(.requestStart, request: UInt64(request), client: 1, value: 0)
        time.step()
    }
    for stretch in 0..<stretchCount {
        rows[0].nanoseconds.append(cost(of: eventsPerChunk) { _ in sink &+= isim_clock_ticks() })
        rows[1].nanoseconds.append(cost(of: eventsPerChunk) { _ in sink &+= isim_clock_monotonic_nanoseconds() })
        event(0)
        rows[2].nanoseconds.append(cost(of: eventsPerChunk - 1, event))
        if stretch % 4 == 0 { rows[3].nanoseconds.append(cost(of: 8 * eventsPerChunk, event)) }
    }
    precondition(sink != 0, "the clocks were read")
    let report = recorder.finish()
    for row in rows[2...] { print(row.line(recorder: "virtual time", ticks: rows[0], system: rows[1])) }
    for warning in report.warnings { complain(warning) }
    unlink(path)
}

/// Nanoseconds a call of the body.
@inline(__always)
private func cost(of count: Int, _ body: (Int) -> Void) -> Double {
    let start = isim_clock_monotonic_nanoseconds()
    for index in 0..<count { body(index) }
    return Double(isim_clock_monotonic_nanoseconds() - start) / Double(count)
}
