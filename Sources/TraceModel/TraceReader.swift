/// An examined trace: what it says of itself, what is wrong with it, and its events.
///
/// Opening reads the whole file once and checks every byte; the events are then read again as they are asked for. A
/// trace that is still being recorded can be opened, but may show problems that are gone when its program has ended.
public struct TraceReader: Sendable {
    public let header: TraceHeader
    public let counts: TraceCounts
    /// How many problems were found beyond those listed in ``problems``, which holds 100 at most.
    public let unlistedProblemCount: Int

    /// The ends, markers and counts of the events that can be read; nil where there are none.
    public let outline: TraceOutline?
    /// What the times say of the clock; nil in virtual time, where none was read.
    public let clockQuality: ClockQuality?

    let file: TraceFile
    let streams: [TraceStream]
    let conversion: TickConversion
    private let problemsFound: [TraceProblem]

    /// The file that was opened.
    public var path: String { file.path }

    /// Damage, in the order in which it was found: the header's, then in the order of the file. None if the trace is
    /// whole; that it was not closed is not damage.
    public var problems: [TraceProblem] {
        if let late = file.problemWhileReading { problemsFound + [late] } else { problemsFound }
    }

    /// Whether the recorder closed the trace.
    public var ending: TraceEnding { header.isClosed ? .closed : .notClosed(process: header.process) }

    /// The events of all streams in order of time; those of the same time in order of stream and place. Each stream is
    /// read up to its first damage.
    ///
    /// Complexity: O(log s) an event and at most 16 KiB a stream, with s streams.
    public var events: Events { Events(reader: self) }

    /// Opens and examines a trace.
    ///
    /// - Throws: ``TraceError`` when the file cannot be opened or read, or is no trace of a known version. Damage
    ///   behind the header is no error: see ``problems``.
    public init(path: String) throws(TraceError) {
        file = try TraceFile(path: path)
        var page = [UInt8](repeating: 0, count: TraceFormat.headerBytes)
        let count = try Self.read(&page, of: file)
        guard count > 0, page.prefix(8).prefix(count).elementsEqual(Self.magicBytes.prefix(count)) else {
            let reason: TraceError.Reason =
                count == 0 ? .tooShort(bytes: 0) : .notATrace(found: Array(page.prefix(min(8, count))))
            throw TraceError(path: path, byteOffset: 0, reason: reason)
        }
        guard count == TraceFormat.headerBytes else {
            throw TraceError(path: path, byteOffset: UInt64(count), reason: .tooShort(bytes: UInt64(count)))
        }
        let headerProblems: [TraceProblem]
        (header, headerProblems) = try TraceHeader.decode(page, path: path)
        let scan = try TraceScan(file: file, header: header, headerProblems: headerProblems)
        streams = scan.streams
        counts = scan.counts
        conversion = scan.conversion
        outline = scan.tally.outline(in: conversion)
        clockQuality = header.clock == .virtual ? nil : conversion.quality(step: scan.tally.step.value)
        problemsFound = scan.problems
        unlistedProblemCount = scan.unlistedProblemCount
    }

    private static let magicBytes = TraceFormat.magic.withUTF8Buffer { Array($0) }

    private static func read(_ page: inout [UInt8], of file: TraceFile) throws(TraceError) -> Int {
        var result = Result<Int, TraceError>.success(0)
        page.withUnsafeMutableBytes { buffer in
            result = Result { () throws(TraceError) in try file.read(into: buffer, at: 0) }
        }
        return try result.get()
    }
}
