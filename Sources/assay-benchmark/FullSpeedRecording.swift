import CProbes
import Glibc
import Quantities
import Recording
import Timekeeping
import TraceModel

// Two threads record as fast as they can, longer than any buffer lasts; then the trace is read, and its events are
// counted. What the recorder says of itself is not asked: an event that it lost without noticing is lost, too.

private let threadCount = 2
private let eventsPerThread = 20_000_000

func measureFullSpeedRecording() throws(BenchmarkFailure) -> BenchmarkResult {
    let path = temporaryPath()
    defer { unlink(path) }
    let start = isim_clock_monotonic_nanoseconds()
    do throws(RecorderError) {
        let recorder = try Recorder(path: path)
        let runtime = ThreadRuntime()
        // Returns when all three threads have ended.
        runToEnd(runtime) {
            for thread in 0..<threadCount { runtime.spawn { record(into: recorder, as: UInt32(thread)) } }
        }
        for warning in recorder.finish().warnings { complain(warning) }
    } catch {
        throw BenchmarkFailure(sentence: "\(error)")
    }
    let seconds = Double(isim_clock_monotonic_nanoseconds() - start) / 1e9
    let eventsRead: Int
    do throws(TraceError) {
        eventsRead = try TraceReader(path: path).counts.events
    } catch {
        throw BenchmarkFailure(sentence: "\(error)")
    }
    let eventCount = threadCount * eventsPerThread
    print(
        "At full speed: \(eventCount.grouped) events by \(threadCount) threads in \(seconds.fixed(2)) s, "
            + "\(eventsRead.grouped) of them in the trace.")
    return fullSpeedResult(eventsLost: [Double(eventCount - eventsRead)])
}

func fullSpeedResult(eventsLost: [Double]) -> BenchmarkResult {
    BenchmarkResult(
        name: "events lost at full speed, \(threadCount) threads × \(eventsPerThread.grouped) events", unit: "events",
        measured: .init(eventsLost), bound: .valueAtMost(0), decimals: 0)
}

private func record(into recorder: Recorder, as client: UInt32) {
    for request in 0..<UInt64(eventsPerThread) {
        recorder.record(.requestStart, request: request, client: client, value: 0)
    }
}
