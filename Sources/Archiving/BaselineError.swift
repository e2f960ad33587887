import Glibc
import Quantities
import SystemPackage

/// What keeps a baseline from being saved, read or removed: what was tried, where, and the next step. What was stored
/// before stays as it was.
public enum BaselineError: Error, Equatable, CustomStringConvertible {
    /// A name that cannot be a baseline's.
    case unfitName(String)
    /// There is no baseline of that name; those that there are.
    case missing(name: String, path: FilePath, known: [String])
    /// The stored sessions are of something else than the new one.
    case unlike(path: FilePath, differences: [MachineFingerprint.Difference])
    /// A session that began at that time with that seed is stored already.
    case alreadyStored(path: FilePath, startedAt: String)
    /// A baseline of virtual time is there already, and has its one session.
    case oneSession(path: FilePath)
    /// What lies there is a folder, a link or something else that is no file.
    case notAFile(path: FilePath)
    /// The folder of baselines is a file.
    case notAFolder(path: FilePath)
    /// The baseline has as many sessions as one may have.
    case tooManySessions(path: FilePath, most: Int)
    /// The file holds something else than a baseline.
    case damaged(path: FilePath, complaint: String)
    /// The file was stored by a later release of this package.
    case newerVersion(path: FilePath, found: Int, supported: Int)
    /// Another process changes the folder's baselines.
    case locked(folder: FilePath)
    /// The system would not let a file or folder be read.
    case unread(path: FilePath, error: Errno)
    /// The system refused a change. The operation is a verb, as in `create`, `write`, `rename`.
    case refused(operation: String, path: FilePath, error: Errno)

    public var description: String {
        switch self {
        case .unfitName(let name):
            "'\(Self.shown(name))' cannot be the name of a baseline; choose one of at most "
                + "\(BaselineStore.longestName) letters, digits, dots, hyphens and underscores that starts with a letter or digit"
        case .missing(let name, let path, let known): Self.missingText(name, path, known)
        case .unlike(let path, let differences):
            "\(path): the new session differs from the stored ones in "
                + "\(differences.map { Self.shown($0.text, length: 200) }.joined(separator: ", ")); "
                + "save it under another name, or with --replace in place of them"
        case .alreadyStored(let path, let startedAt):
            "\(path): the session of \(Self.shown(startedAt)) is stored already; nothing was changed"
        case .oneSession(let path):
            "\(path): a baseline of virtual time is one session, since another would be the same; save it in place of this one with "
                + "--replace, or under another name"
        case .notAFile(let path):
            "\(path): is a folder, a link or something else that is no file; move it away, or name another baseline"
        case .notAFolder(let path): "\(path): is no folder; name the one that baselines lie in"
        case .tooManySessions(let path, let most):
            "\(path): holds \(most) sessions, the most that a baseline may have; save with --replace, or under another name"
        case .damaged(let path, let complaint):
            "\(path): \(complaint); restore it, as with `git checkout`, or remove it with `assay baseline remove`"
        case .newerVersion(let path, let found, let supported):
            "\(path): expected version \(supported) or older, found \(found); use a release of the same age or newer"
        case .locked(let folder):
            "\(folder): another process is changing the baselines there; wait for it to end, then try again"
        case .unread(let path, let error):
            "\(path): cannot read it: \(error.description.lowercased()); \(Self.remedy(forReading: error))"
        case .refused(let operation, let path, let error):
            "\(path): cannot \(operation) it: \(error.description.lowercased()); \(Self.remedy(for: error))"
        }
    }

    /// The same trouble in the words of this store.
    init(_ error: ArchiveError) {
        switch error {
        case .fileSystem(let operation, let path, let error):
            self = .refused(operation: operation, path: path, error: error)
        case .unread(let path, let error): self = .unread(path: path, error: error)
        case .newerVersion(let path, let found, let supported):
            self = .newerVersion(path: path, found: found, supported: supported)
        case .unreadable(let path, let complaint): self = .damaged(path: path, complaint: complaint)
        case .locked(let path, _): self = .locked(folder: path)
        case .noRun, .alreadyStored, .unfitName:
            preconditionFailure("a baseline has nothing to do with runs: \(error)")
        }
    }

    private static func missingText(_ name: String, _ path: FilePath, _ known: [String]) -> String {
        let head = "\(path): there is no baseline '\(shown(name))' here"
        guard !known.isEmpty else { return "\(head), nor any other; save one with `assay baseline save`" }
        let nearest = nearestName(to: name, among: known).map { "; did you mean '\($0)'?" } ?? ";"
        let listed = known.prefix(20).joined(separator: ", ") + (known.count > 20 ? ", …" : "")
        return "\(head)\(nearest) stored: \(listed)"
    }

    /// Text that others wrote, on one line, without characters that move a cursor, and cut.
    private static func shown(_ text: String, length: Int = 60) -> String {
        let line = String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { $0.properties.generalCategory == .control ? "\u{FFFD}" : $0 }))
        return line.count <= length ? line : line.prefix(length) + "…"
    }

    private static func remedy(forReading error: Errno) -> String {
        switch error {
        case .permissionDenied, .notPermitted: "give this user the right to read it"
        case .tooManyOpenFiles, .tooManyOpenFilesInSystem: "raise the limit of open files (ulimit -n)"
        default: "restore it, then try again"
        }
    }

    private static func remedy(for error: Errno) -> String {
        switch error {
        case .noSpace: "free some space, then save it again"
        case Errno(rawValue: EDQUOT): "raise the quota or free some space, then save it again"
        case .permissionDenied, .notPermitted: "give this user the right to write there, or choose another folder"
        case .readOnlyFileSystem: "make the file system writable, or choose another folder"
        case .tooManyOpenFiles, .tooManyOpenFilesInSystem: "raise the limit of open files (ulimit -n)"
        case .notDirectory, .fileExists: "a file stands where a folder should; move it away"
        default: "see to it, then try again"
        }
    }
}
