import CProbes
import Synchronization
import TraceModel

/// A trace file from its first byte to its last, whatever stamps the events: what the recorders share.
final class RecordingSession: Sendable {
    let path: String
    private let report = Mutex<RecorderReport?>(nil)

    /// Creates the file and begins to record.
    init(path: String, description: String, maximumBytes: UInt64, clock: TraceFormat.Clock) throws(RecorderError) {
        try Self.start(path: path, description: description, maximumBytes: maximumBytes, clock: clock)
        // Last, so that a session that could not start has no deinit, which would finish another's.
        self.path = path
    }

    deinit { finish() }

    /// Events that could not be stored so far; 0 after ``finish()``.
    var eventsDropped: UInt64 {
        report.withLock { $0 == nil ? isim_recorder_events_dropped() : 0 }
    }

    /// Closes the trace; the same report again when called again.
    @discardableResult
    func finish() -> RecorderReport {
        report.withLock { report in
            if let report { return report }
            let result = RecorderReport(path: path, isim_recorder_finish())
            report = result
            return result
        }
    }

    private static func start(
        path: String, description: String, maximumBytes: UInt64, clock: TraceFormat.Clock
    ) throws(RecorderError) {
        var text = description
        let byteCount = text.utf8.count
        guard byteCount <= TraceFormat.descriptionBytesMaximum else {
            throw RecorderError(path: path, reason: .descriptionTooLong(bytes: byteCount))
        }
        guard maximumBytes >= Recorder.maximumBytesLowest else {
            throw RecorderError(path: path, reason: .maximumTooSmall(bytes: maximumBytes))
        }
        let result = text.withUTF8 { bytes in
            isim_recorder_start(path, bytes.baseAddress, UInt32(bytes.count), maximumBytes, clock.rawValue)
        }
        guard result.step == ISIM_START_DONE else { throw RecorderError(path: path, failure: result) }
    }
}
