import Glibc
import SystemPackage

/// What keeps a run from being written or read: what was tried, where, and the next step. Nothing is half-written when
/// one of these is thrown; what was finished before stays.
public enum ArchiveError: Error, Equatable, CustomStringConvertible {
    /// The system refused a change. The operation is a verb, as in `create`, `write`, `rename`.
    case fileSystem(operation: String, path: FilePath, error: Errno)
    /// The system would not let a file or folder be read; nothing was to be changed.
    case unread(path: FilePath, error: Errno)
    /// Another process writes this run; its identifier is nil where it could not be told.
    case locked(path: FilePath, holder: Int32?)
    /// A file was stored by a later release of this package.
    case newerVersion(path: FilePath, found: Int, supported: Int)
    /// A file that should hold stored values holds something else.
    case unreadable(path: FilePath, complaint: String)
    /// The experiment has no run yet.
    case noRun(experiment: String, path: FilePath)
    /// The trial, or this attempt at it, is stored already; records are written once.
    case alreadyStored(path: FilePath)
    /// A name that cannot be a folder's: it is empty, starts with a dot, or holds a slash or a zero byte.
    case unfitName(String)

    public var description: String {
        switch self {
        case .fileSystem(let operation, let path, let error):
            "\(path): cannot \(operation) it: \(error.description.lowercased()); \(Self.remedy(for: error))"
        case .unread(let path, let error):
            "\(path): cannot read it: \(error.description.lowercased()); \(Self.remedy(forReading: error))"
        case .locked(let path, let holder):
            "\(path): \(holder.map { "process \($0)" } ?? "another process") is writing this run; "
                + "wait for it or end it, then try again"
        case .newerVersion(let path, let found, let supported):
            "\(path): expected version \(supported) or older, found \(found); use a release of the same age or newer"
        case .unreadable(let path, let complaint):
            "\(path): \(complaint); remove the run's folder or restore the file, then try again"
        case .noRun(let experiment, let path):
            "\(path): there is no run of \(experiment) here; start one with `assay run`"
        case .alreadyStored(let path):
            "\(path): is stored already, and is written only once; run the experiment anew instead"
        case .unfitName(let name):
            "'\(name)' cannot be the name of a folder; choose one without slashes that does not start with a dot"
        }
    }

    private static func remedy(forReading error: Errno) -> String {
        switch error {
        case .permissionDenied, .notPermitted: "give this user the right to read it"
        case .tooManyOpenFiles, .tooManyOpenFilesInSystem: "raise the limit of open files (ulimit -n)"
        default: "restore it, or begin a new run"
        }
    }

    private static func remedy(for error: Errno) -> String {
        switch error {
        case .noSpace: "free some space, then continue with `--resume`"
        case Errno(rawValue: EDQUOT): "raise the quota or free some space, then continue with `--resume`"
        case .permissionDenied, .notPermitted: "give this user the right to write there, or work in another folder"
        case .readOnlyFileSystem: "make the file system writable, or work in another folder"
        case .tooManyOpenFiles, .tooManyOpenFilesInSystem: "raise the limit of open files (ulimit -n)"
        case .notDirectory, .fileExists: "a file stands where a folder should; move it away"
        case .noSuchFileOrDirectory: "restore it, or begin a new run"
        default: "see to it, then continue with `--resume`"
        }
    }
}
