// Each stream is in order by itself, so that all of them together are put in order by a tree that holds the next time of
// each: memory for the streams, not for the trace. Times are compared as they were recorded (one clock for all streams) and
// converted when an event leaves. Events leave a few hundred at a time, so that the merge and what is done with the events
// do not push each other out of the processor's registers and its first cache.

extension TraceReader {
    /// The events of a trace in order of time. Iterating again reads again.
    public struct Events: Sequence, Sendable {
        fileprivate let reader: TraceReader

        init(reader: TraceReader) { self.reader = reader }

        // No underestimatedCount: a file that is changed while it is read may yield fewer events than were counted.
        public func makeIterator() -> Iterator { Iterator(reader: reader) }
    }

    /// One walk through the events.
    public struct Iterator: IteratorProtocol {
        /// The next events, from `position` to `count`.
        @usableFromInline var batch: ContiguousArray<Event>
        @usableFromInline var position = 0
        @usableFromInline var count = 0
        /// In the order of their identifiers.
        private var cursors: ContiguousArray<StreamCursor>
        private var tree: LoserTree
        private var clock: TickConversion.Walk

        private static let batchMaximum = 256

        fileprivate init(reader: TraceReader) {
            clock = TickConversion.Walk(conversion: reader.conversion)
            batch = ContiguousArray(
                repeating: Event(nanoseconds: 0, kind: .requestStart), count: Self.batchMaximum)
            let wordsPerStream = Self.wordsPerStream(streamCount: reader.streams.count)
            var entries: [LoserTree.Entry] = []
            cursors = []
            for stream in reader.streams.sorted(by: { $0.identifier < $1.identifier }) {
                var cursor = StreamCursor(stream: stream, file: reader.file, wordCount: wordsPerStream)
                let number = entries.count
                entries.append(
                    cursor.begin() ? .init(time: cursor.record.time, stream: number) : .init(endOf: number))
                cursors.append(cursor)
            }
            tree = LoserTree(entries)
        }

        @inlinable
        public mutating func next() -> Event? {
            if position == count { fill() }
            guard position < count else { return nil }
            defer { position &+= 1 }
            return batch[position]
        }

        /// Calls the body with the next few hundred events; false at the end, where it is not called.
        ///
        /// Cheaper than one at a time: nothing is copied. They are valid only during the call.
        public mutating func withNextBatch(_ body: (UnsafeBufferPointer<Event>) -> Void) -> Bool {
            if position == count { fill() }
            guard position < count else { return false }
            batch.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[position..<count])) }
            position = count
            return true
        }

        /// Puts the next events into the batch; none at the end.
        @usableFromInline @inline(never)
        mutating func fill() {
            // What the loop changes is its own while it runs, so that nothing is looked up or checked again an event.
            var (clock, filled) = (clock, 0)
            EventKind.byRawValue.withUnsafeBufferPointer { kinds in
                batch.withUnsafeMutableBufferPointer { batch in
                    cursors.withUnsafeMutableBufferPointer { cursors in
                        tree.play { losers, winner in
                            while filled < batch.count, !winner.isEnded {
                                let stream = winner.stream
                                let record = cursors[stream].record
                                batch[filled] = Event(
                                    nanoseconds: clock.nanoseconds(at: record.time),
                                    kind: kinds[Int(record.kind)] ?? .requestStart, request: record.request,
                                    client: record.client, thread: cursors[stream].thread, cpu: record.cpu,
                                    value: record.value)
                                filled &+= 1
                                let isNext = cursors[stream].advance()
                                winner = LoserTree.replay(
                                    losers,
                                    isNext
                                        ? .init(time: cursors[stream].record.time, stream: stream)
                                        : .init(endOf: stream))
                            }
                        }
                    }
                }
            }
            (self.clock, position, count) = (clock, 0, filled)
        }

        /// 16 KiB a stream, less when there are so many that they would come to more than 64 MiB.
        private static func wordsPerStream(streamCount: Int) -> Int {
            let recordsAffordable = (64 << 20) / TraceFormat.recordBytes / Swift.max(streamCount, 1)
            return 4 * Swift.min(Swift.max(recordsAffordable, 16), 512)
        }
    }
}
