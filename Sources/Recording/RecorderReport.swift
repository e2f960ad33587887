import CProbes
import Glibc

/// What a recorder stored, and what it could not.
public struct RecorderReport: Sendable, Equatable {
    public var path: String
    /// Events in the file.
    public var eventsRecorded: UInt64
    /// Events that could not be stored.
    public var eventsDropped: UInt64
    /// The size of the closed file.
    public var fileBytes: UInt64
    /// What went wrong, as whole sentences with the path and the next step; empty if nothing did.
    public var warnings: [String]

    public init(path: String, eventsRecorded: UInt64, eventsDropped: UInt64, fileBytes: UInt64, warnings: [String]) {
        self.path = path
        self.eventsRecorded = eventsRecorded
        self.eventsDropped = eventsDropped
        self.fileBytes = fileBytes
        self.warnings = warnings
    }

    init(path: String, _ result: isim_finish_result) {
        self.init(
            path: path, eventsRecorded: result.events_recorded, eventsDropped: result.events_dropped,
            fileBytes: result.file_bytes, warnings: [])
        if result.events_dropped > 0 {
            warnings.append(
                """
                \(path): \(result.events_dropped) events were dropped, \(result.events_recorded) recorded: \
                \(Self.remedy(for: result.growth_error))
                """)
        }
        if result.closing_error != 0 {
            warnings.append(
                """
                \(path): the file could not be cut to \(result.file_bytes) bytes or closed: \
                \(String(cString: strerror(result.closing_error))); its events can be read
                """)
        }
    }

    private static func remedy(for error: Int32) -> String {
        switch error {
        case 0: "there was no memory for a thread's buffer; record fewer threads"
        case EFBIG: "the file was at its maximum size; allow more, or record for a shorter time"
        case ENOSPC, EDQUOT: "the disk was full; free space, or record elsewhere"
        default: "the file could not grow: \(String(cString: strerror(error))); record elsewhere"
        }
    }
}
