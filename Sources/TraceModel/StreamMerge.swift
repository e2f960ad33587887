// Each stream is in order by itself, so that all of them together are put in order by a tree that holds the next time of
// each: memory for the streams, not for the trace. Times are compared as they were recorded (one clock for all streams) and
// converted when an event leaves. Events leave a few hundred at a time, so that the merge and what is done with the events
// do not push each other out of the processor's registers and its first cache.

/// The streams of a trace, while they are merged into one in the order of time.
@usableFromInline
final class StreamMerge {
    static let batchSize = 256

    /// What is left of a stream's run of events.
    private struct Head {
        var next: UnsafePointer<UInt64>
        var end: UnsafePointer<UInt64>
        var thread: UInt32
    }

    /// Where ``fill()`` puts events.
    let batch: UnsafeMutablePointer<Event>
    /// The words of all cursors, one after the other.
    private let words: UnsafeMutablePointer<UInt64>
    /// In the order of their streams' identifiers, as the cursors.
    private let heads: UnsafeMutablePointer<Head>
    /// By their numbers; of numbers that are no event's, which no run has, any.
    private let kinds = ContiguousArray(EventKind.byRawValue.map { $0 ?? .requestStart })
    private var cursors: ContiguousArray<StreamCursor> = []
    private var tree = LoserTree([])
    private var clock: TickConversion.Walk

    init(_ streams: [TraceStream], file: TraceFile, conversion: TickConversion) {
        let wordsPerStream = Self.wordsPerStream(streamCount: streams.count)
        batch = .allocate(capacity: Self.batchSize)
        words = .allocate(capacity: streams.count * wordsPerStream)
        words.initialize(repeating: 0, count: streams.count * wordsPerStream)
        heads = .allocate(capacity: streams.count)
        heads.initialize(repeating: Head(next: words, end: words, thread: 0), count: streams.count)
        clock = TickConversion.Walk(conversion: conversion)
        for stream in streams.sorted(by: { $0.identifier < $1.identifier }) {
            let buffer = UnsafeMutableBufferPointer(
                start: words + cursors.count * wordsPerStream, count: wordsPerStream)
            cursors.append(StreamCursor(stream: stream, file: file, buffer: buffer))
            _ = beginRun(cursors.count - 1)
        }
        _ = plantTree()
    }

    deinit {
        batch.deallocate()
        words.deallocate()
        heads.deallocate()
    }

    /// Puts the next events into the batch.
    ///
    /// - Returns: How many; fewer than ``batchSize`` only at the end.
    func fill() -> Int {
        // What the loop changes is its own while it runs, so that nothing is looked up or checked again an event.
        var (clock, filled) = (clock, 0)
        let (heads, batch) = (heads, batch)
        kinds.withUnsafeBufferPointer { kinds in
            repeat {
                let code = tree.code
                tree.play { losers, winner in
                    while filled < Self.batchSize, !code.isFar(winner) {
                        let stream = code.stream(of: winner)
                        let head = heads + stream
                        let record = TraceRecord(words: head.pointee.next)
                        (batch + filled).initialize(
                            to: Event(
                                nanoseconds: clock.nanoseconds(at: record.time),
                                kind: kinds[Int(record.kind)], request: record.request,
                                client: record.client, thread: head.pointee.thread, cpu: record.cpu,
                                value: record.value))
                        filled &+= 1
                        head.pointee.next += 4
                        let isNext = head.pointee.next != head.pointee.end || beginRun(stream)
                        winner = LoserTree.replay(
                            losers,
                            isNext
                                ? code.entry(time: Self.time(head), stream: stream) : code.entry(endOf: stream),
                            stream: stream)
                    }
                }
            } while filled < Self.batchSize && plantTree()
        }
        self.clock = clock
        return filled
    }

    /// Gives a stream's head the next run of its events; false at its end.
    @inline(never)
    private func beginRun(_ stream: Int) -> Bool {
        guard let run = cursors[stream].nextRun(), let start = run.baseAddress else {
            heads[stream].end = heads[stream].next
            return false
        }
        heads[stream] = Head(next: start, end: start + run.count, thread: cursors[stream].thread)
        return true
    }

    /// Builds the tree of what is left of all streams; false where nothing is.
    private func plantTree() -> Bool {
        let times = cursors.indices.map { heads[$0].next == heads[$0].end ? nil : Self.time(heads + $0) }
        tree = LoserTree(times)
        return !tree.code.isFar(tree.winner)
    }

    @inline(__always)
    private static func time(_ head: UnsafeMutablePointer<Head>) -> UInt64 {
        UInt64(littleEndian: head.pointee.next.pointee)
    }

    /// 16 KiB a stream, less when there are so many that they would come to more than 64 MiB.
    private static func wordsPerStream(streamCount: Int) -> Int {
        let recordsAffordable = (64 << 20) / TraceFormat.recordBytes / max(streamCount, 1)
        return 4 * min(max(recordsAffordable, 16), 512)
    }
}
