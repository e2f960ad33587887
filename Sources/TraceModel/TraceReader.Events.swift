extension TraceReader {
    /// The events of a trace in order of time. Iterating again reads again.
    public struct Events: Sequence, Sendable {
        fileprivate let reader: TraceReader

        init(reader: TraceReader) { self.reader = reader }

        // No underestimatedCount: a file that is changed while it is read may yield fewer events than were counted.
        public func makeIterator() -> Iterator { Iterator(reader: reader) }
    }

    /// One walk through the events; its copies go on together.
    public struct Iterator: IteratorProtocol {
        /// It owns the batch.
        @usableFromInline let merge: StreamMerge
        /// The next events of the merge, from `position` to `count`.
        @usableFromInline let batch: UnsafePointer<Event>
        @usableFromInline var position = 0
        @usableFromInline var count = 0

        fileprivate init(reader: TraceReader) {
            merge = StreamMerge(reader.streams, file: reader.file, conversion: reader.conversion)
            batch = UnsafePointer(merge.batch)
        }

        @inlinable
        public mutating func next() -> Event? {
            if position == count { fill() }
            guard position < count else { return nil }
            defer { position &+= 1 }
            return withExtendedLifetime(merge) { batch[position] }
        }

        /// Calls the body with the next few hundred events; false at the end, where it is not called.
        ///
        /// Cheaper than one at a time: nothing is copied. They are valid only during the call.
        public mutating func withNextBatch(_ body: (UnsafeBufferPointer<Event>) -> Void) -> Bool {
            if position == count { fill() }
            guard position < count else { return false }
            withExtendedLifetime(merge) {
                body(UnsafeBufferPointer(start: batch + position, count: count - position))
            }
            position = count
            return true
        }

        /// Puts the next events into the batch; none at the end.
        @usableFromInline
        mutating func fill() { (position, count) = (0, merge.fill()) }
    }
}
