// What recording costs differs by machine more than by anything else: a clock that has to be asked of the host costs a
// hundred times as much as one that the CPU counts. So it is measured where the recording happens, by the recorder itself,
// on the file system of the trace, and chunks are taken as a run takes them. It is the cost of a thread that does nothing
// else: what a cold cache or a crowded CPU adds comes on top.
//
// It is counted in the thread's own CPU time. By the clock a stretch holds what the kernel gave to others meanwhile, and on a
// crowded machine most stretches do, since each wakes the recorder's housekeeper: an event that costs 15 ns once seemed to cost
// 5 µs. All that the recorder itself does is in the CPU time, system calls included; a file system that makes it wait is not.
//
// The road not taken: a buffer in memory with a copy of the recorder's steps, which would go on telling what they used to
// cost once the recorder takes others. Nor the fastest of the stretches, which would hide what a chunk costs.

import Glibc
import TraceModel

extension Recorder {
    /// Events recorded between two looks at the clock, a little less than a chunk holds, and how many times.
    private static let costEventCount: UInt64 = 2000
    private static let costRepetitions = 10

    /// Measures what recording one event costs here, in nanoseconds of CPU time: the median of ten stretches of 2 000 events. They go
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
            let start = threadNanoseconds()
            for request in 1...costEventCount {
                // A kind that has no probe: whoever traces them shall see none that a run did not make.
                recorder.record(.measurementStart, request: request, client: 0, value: 0)
            }
            return Double(threadNanoseconds() - start) / Double(costEventCount)
        }.sorted()
        return (costs[costRepetitions / 2 - 1] + costs[costRepetitions / 2]) / 2
    }

    /// The CPU time that the calling thread has had.
    static func threadNanoseconds() -> UInt64 {
        var time = timespec()
        let status = clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        precondition(status == 0, "a thread's own CPU time cannot be refused to it: errno \(errno)")
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
