import CProbes
import Glibc
import TraceModel

/// Why a recorder could not start. No file is left behind.
public struct RecorderError: Error, Equatable, CustomStringConvertible {
    public enum Reason: Sendable, Equatable {
        /// A process has one recorder at a time.
        case alreadyRecording
        case alreadyExists
        case isDirectory
        /// The directory that should hold it does not exist.
        case noSuchDirectory
        /// The system refused to create it; its words.
        case notWritable(String)
        /// The disk, a quota or a limit of the process refused the first chunks; the system's words.
        case noSpace(String)
        /// The address space for the maximum size is not to be had; the system's words.
        case notMappable(String)
        /// The kernel lacks what the recorder stands on; what, and the system's words.
        case notSupported(String)
        case descriptionTooLong(bytes: Int)
        case maximumTooSmall(bytes: UInt64)
    }

    public let path: String
    public let reason: Reason

    public init(path: String, reason: Reason) {
        self.path = path
        self.reason = reason
    }

    public var description: String { "\(path): \(sentence)" }

    private var sentence: String {
        switch reason {
        case .alreadyRecording: "this process records already; finish that trace first"
        case .alreadyExists: "exists, and a trace is never written over; name another file, or remove this one"
        case .isDirectory: "is a directory; name a file in it"
        case .noSuchDirectory: "its directory does not exist; make it, or name another file"
        case .notWritable(let why): "cannot be created: \(why); check the permissions, or name another file"
        case .noSpace(let why): "no space for the first chunks: \(why); free space, or record elsewhere"
        case .notMappable(let why):
            "the maximum size cannot be mapped: \(why); lower the maximum size, or record on another file system"
        case .notSupported(let what): "cannot be recorded here: \(what); record on Linux 4.3 or newer"
        case .descriptionTooLong(let bytes):
            "the description has \(bytes) bytes; shorten it to \(TraceFormat.descriptionBytesMaximum)"
        case .maximumTooSmall(let bytes):
            "the maximum size is \(bytes) bytes; allow \(Recorder.maximumBytesLowest) or more"
        }
    }
}

extension RecorderError {
    init(path: String, failure: isim_start_result) {
        let why = String(cString: strerror(failure.error))
        switch failure.step {
        case ISIM_START_ALREADY_RECORDING: self.init(path: path, reason: .alreadyRecording)
        case ISIM_START_BARRIER: self.init(path: path, reason: .notSupported("membarrier(2) fails: \(why)"))
        case ISIM_START_RESERVE: self.init(path: path, reason: .noSpace(why))
        case ISIM_START_MAP: self.init(path: path, reason: .notMappable(why))
        case ISIM_START_THREAD: self.init(path: path, reason: .notSupported("no thread can be started: \(why)"))
        default: self.init(path: path, openingError: failure.error)
        }
    }

    private init(path: String, openingError error: Int32) {
        let why = String(cString: strerror(error))
        switch error {
        case EISDIR: self.init(path: path, reason: .isDirectory)
        case EEXIST: self.init(path: path, reason: Self.isDirectory(path) ? .isDirectory : .alreadyExists)
        case ENOENT: self.init(path: path, reason: .noSuchDirectory)
        case ENOSPC, EDQUOT: self.init(path: path, reason: .noSpace(why))
        default: self.init(path: path, reason: .notWritable(why))
        }
    }

    private static func isDirectory(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
