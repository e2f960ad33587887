// What recording costs differs by machine more than by anything else: a clock that has to be asked of the host costs a
// hundred times as much as one that the CPU counts. So it is measured where the recording happens, by the recorder itself,
// on the file system of the trace, and chunks are taken as a run takes them. It is the cost of a thread that does nothing
// else: what a cold cache or a crowded CPU adds comes on top.
//
// The road not taken: a buffer in memory with a copy of the recorder's steps, which would go on telling what they used to
// cost once the recorder takes others.

import CProbes
import Glibc
import TraceModel

extension Recorder {
    /// Events recorded between two looks at the clock, a little less than a chunk holds, and how many times.
    private static let costEventCount: UInt64 = 2000
    private static let costRepetitions = 10

    /// Measures what recording one event costs here, in nanoseconds: the median of ten stretches of 2 000 events. They go
    /// into a file of their own, which has lost its name before the first of them and is gone when this returns.
    ///
    /// It takes 3 ms on a 2-core virtual machine, nearly all of it for starting and ending a recorder. No USDT probe
    /// fires. No other recorder may run, and what others record meanwhile is lost.
    ///
    /// - Parameters:
    ///   - path: Where the trace will be; the file lies beside it, under this name and `.cost`.
    ///   - clock: What will stamp the events.
    /// - Throws: ``RecorderError`` where no recorder can start.
    public static func costNanoseconds(
        besideTrace path: String, clock: Clock = .fastest
    ) throws(RecorderError) -> Double {
        // Room for all of the events, so that none is dropped, with what else a file holds.
        let chunks = UInt64(costRepetitions) * costEventCount / UInt64(TraceFormat.recordsPerChunk) + 8
        let recorder = try Recorder(
            path: path + ".cost",
            maximumBytes: UInt64(TraceFormat.headerBytes) + chunks * UInt64(TraceFormat.chunkBytes), clock: clock)
        unlink(recorder.path)
        defer { recorder.finish() }
        let costs = (0..<costRepetitions).map { _ in
            let start = isim_clock_monotonic_nanoseconds()
            for request in 1...costEventCount {
                // A kind that has no probe: whoever traces them shall see none that a run did not make.
                recorder.record(.measurementStart, request: request, client: 0, value: 0)
            }
            return Double(isim_clock_monotonic_nanoseconds() - start) / Double(costEventCount)
        }.sorted()
        return (costs[costRepetitions / 2 - 1] + costs[costRepetitions / 2]) / 2
    }
}
