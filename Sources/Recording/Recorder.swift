import CProbes
import TraceModel

/// Records events into a trace file, and fires their USDT probes.
///
/// An event is in the file as soon as ``record(_:request:client:value:)`` returns: it survives the death of the process
/// by any signal, though not that of the machine. A process has one recorder at a time.
public final class Recorder: EventSink {
    /// The clock that stamps the events.
    public enum Clock: Sendable {
        /// The CPU's tick counter where CPU and kernel vouch for it, else `CLOCK_MONOTONIC`.
        case fastest
        /// `CLOCK_MONOTONIC`, at more than twice the cost.
        case monotonic
    }

    /// The size that a trace does not outgrow unless told otherwise: 16 GiB, half a billion events.
    public static let maximumBytesDefault: UInt64 = 16 << 30
    /// The smallest maximum size: a header and two chunks.
    public static let maximumBytesLowest = UInt64(TraceFormat.headerBytes + 2 * TraceFormat.chunkBytes)

    /// The file that is recorded into.
    public var path: String { session.path }
    private let session: RecordingSession

    /// Creates the file and begins to record.
    ///
    /// - Parameters:
    ///   - path: Where no file is yet: a trace is never written over.
    ///   - description: The program's parameters, a JSON object, at most ``TraceFormat/descriptionBytesMaximum`` bytes.
    ///   - maximumBytes: Events that would make the file outgrow this are dropped and counted;
    ///     ``maximumBytesLowest`` at least. The address space for it is taken at once, the disk as the trace grows.
    ///   - clock: What stamps the events.
    public init(
        path: String, description: String = "", maximumBytes: UInt64 = Recorder.maximumBytesDefault,
        clock: Clock = .fastest
    ) throws(RecorderError) {
        session = try RecordingSession(
            path: path, description: description, maximumBytes: maximumBytes,
            clock: clock == .fastest ? .ticks : .monotonic)
    }

    /// Records an event of the calling thread, now, and fires its probe. After ``finish()`` it only fires the probe.
    ///
    /// Any thread may call it, also while another finishes; a signal handler may not. What cannot be stored is counted.
    @inlinable
    public func record(_ kind: EventKind, request: UInt64, client: UInt32, value: Int64) {
        isim_record(kind.rawValue, request, client, value)
    }

    /// Events that could not be stored so far; 0 after ``finish()``, whose report has the final number.
    public var eventsDropped: UInt64 { session.eventsDropped }

    /// Closes the trace. Every event whose call began before is either in it or counted as dropped, but for those that
    /// other threads record at this very moment, which are wholly in it or not at all.
    ///
    /// - Returns: What was recorded; the same again when called again.
    @discardableResult
    public func finish() -> RecorderReport { session.finish() }
}
