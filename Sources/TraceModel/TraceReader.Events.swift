// Each stream is in order by itself, so that all of them together are put in order by a heap that holds the next event
// of each: memory for the streams, not for the trace. Times are compared as they were recorded (one clock for all
// streams) and converted when an event leaves.

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
        private var cursors: [StreamCursor]
        /// Indices of the cursors that have an event, the earliest first.
        private var heap: [Int]
        private let conversion: TickConversion

        fileprivate init(reader: TraceReader) {
            conversion = reader.conversion
            let wordsPerStream = Self.wordsPerStream(streamCount: reader.streams.count)
            cursors = reader.streams.map { StreamCursor(stream: $0, file: reader.file, wordCount: wordsPerStream) }
            heap = []
            for index in cursors.indices where cursors[index].advance() { heap.append(index) }
            for position in (0..<heap.count / 2).reversed() { siftDown(from: position) }
        }

        public mutating func next() -> Event? {
            guard let first = heap.first else { return nil }
            let event = cursors[first].event(in: conversion)
            if !cursors[first].advance() {
                heap[0] = heap[heap.count - 1]
                heap.removeLast()
            }
            siftDown(from: 0)
            return event
        }

        /// 16 KiB a stream, less when there are so many that they would come to more than 64 MiB.
        private static func wordsPerStream(streamCount: Int) -> Int {
            let recordsAffordable = (64 << 20) / TraceFormat.recordBytes / Swift.max(streamCount, 1)
            return 4 * Swift.min(Swift.max(recordsAffordable, 16), 512)
        }

        private func isBefore(_ left: Int, _ right: Int) -> Bool {
            let (leftTime, rightTime) = (cursors[left].record.time, cursors[right].record.time)
            return leftTime != rightTime ? leftTime < rightTime : cursors[left].identifier < cursors[right].identifier
        }

        private mutating func siftDown(from start: Int) {
            var parent = start
            while true {
                var child = 2 * parent + 1
                guard child < heap.count else { return }
                if child + 1 < heap.count && isBefore(heap[child + 1], heap[child]) { child += 1 }
                guard isBefore(heap[child], heap[parent]) else { return }
                heap.swapAt(child, parent)
                parent = child
            }
        }
    }
}
