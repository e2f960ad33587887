/// Encodes events that carry their own times, such as those of a run in virtual time, as the bytes of a trace.
///
/// A program that records as it runs uses `Recorder` or `VirtualRecorder` instead, which lose no event when it is killed.
public struct TraceEncoder: Sendable {
    /// The program's parameters: a JSON object, or empty; at most ``TraceFormat/descriptionBytesMaximum`` bytes.
    public var description: String
    /// What the events' times are. Ticks cannot be encoded: there are no calibrations to convert them by.
    public var clock: TraceFormat.Clock
    /// 0 in virtual time, as are the events' threads and CPUs: anything else is damage to the reader.
    public var process: UInt32
    /// 0 in virtual time.
    public var startNanosecondsSinceEpoch: Int64
    /// Events that are known to be missing.
    public var eventsDropped: UInt64
    /// Who made the events.
    public var origin: TraceFormat.Origin

    public init(
        description: String = "", clock: TraceFormat.Clock = .monotonic, process: UInt32 = 0,
        startNanosecondsSinceEpoch: Int64 = 0, eventsDropped: UInt64 = 0, origin: TraceFormat.Origin = .recorder
    ) {
        precondition(clock != .ticks, "ticks cannot be encoded without calibrations")
        self.description = description
        self.clock = clock
        self.process = process
        self.startNanosecondsSinceEpoch = startNanosecondsSinceEpoch
        self.eventsDropped = eventsDropped
        self.origin = origin
    }

    /// The bytes of a closed trace of one stream.
    ///
    /// - Parameter events: In order of time, from 0 ns on; anything else is a programmer's mistake.
    public func encode(_ events: [Event]) -> [UInt8] {
        var chunks: [UInt8] = []
        let chunkCount = encodeChunks(of: events) { chunks += $0 }
        return header(chunkCount: chunkCount, eventCount: events.count) + chunks
    }

    /// The chunks of a closed trace of one stream, which follow its header page.
    ///
    /// - Parameters:
    ///   - events: In order of time, from 0 ns on; anything else is a programmer's mistake.
    ///   - write: Called with each chunk, in order.
    /// - Returns: How many chunks there are, for the header.
    public func encodeChunks<Failure: Error>(
        of events: [Event], _ write: ([UInt8]) throws(Failure) -> Void
    ) throws(Failure) -> Int {
        var chunk: [UInt8] = []
        chunk.reserveCapacity(TraceFormat.chunkBytes)
        var chunkCount: Int64 = 0
        var thread: UInt32 = 0
        var freeRecords = 0
        func append(_ record: TraceRecord) {
            for word in [record.time, record.request, record.valueBits, record.lastWord] {
                for index in 0..<8 { chunk.append(UInt8(truncatingIfNeeded: word >> UInt64(8 * index))) }
            }
            freeRecords -= 1
        }
        func appendThread(_ event: Event) {
            thread = event.thread
            append(TraceRecord(time: UInt64(event.nanoseconds), technical: .thread, value: Int64(thread)))
        }

        var latest: Int64 = 0
        for event in events {
            precondition(event.nanoseconds >= latest, "event at \(event.nanoseconds) ns after one at \(latest) ns")
            latest = event.nanoseconds
            if freeRecords > 0 && event.thread != thread { appendThread(event) }
            if freeRecords == 0 {
                if !chunk.isEmpty { try write(chunk) }
                chunk.removeAll(keepingCapacity: true)
                freeRecords = TraceFormat.recordsPerChunk
                append(TraceRecord(time: TraceFormat.chunkMagicWord, technical: .chunk, value: chunkCount))
                chunkCount += 1
                appendThread(event)
            }
            append(
                TraceRecord(
                    time: UInt64(event.nanoseconds), kind: event.kind.rawValue, request: event.request,
                    client: event.client, cpu: event.cpu, value: event.value))
        }
        chunk += [UInt8](repeating: 0, count: freeRecords * TraceFormat.recordBytes)
        if !chunk.isEmpty { try write(chunk) }
        return Int(chunkCount)
    }

    /// The header page alone, of a closed trace of so many chunks and events.
    public func header(chunkCount: Int, eventCount: Int) -> [UInt8] {
        TraceHeader(
            clock: clock, process: process, startNanosecondsSinceEpoch: startNanosecondsSinceEpoch,
            chunksClaimed: UInt64(chunkCount), eventsDropped: eventsDropped, eventsRecorded: UInt64(eventCount),
            description: description, isClosed: true, origin: origin
        ).encoded()
    }
}

extension TraceRecord {
    fileprivate init(time: UInt64, technical: TraceFormat.TechnicalKind, value: Int64) {
        self.init(time: time, kind: technical.rawValue, value: value)
    }
}
