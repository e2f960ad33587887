import Archiving
import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Where a command writes what it makes: a file that is there whole or not at all, or standard output.
enum OutputFile {
    /// Has the pieces written, in order, and the file made last when the body returns.
    ///
    /// - Parameter path: Nil or `-` for standard output.
    /// - Throws: ``Failure`` with the status of what cannot be written, and what the body throws; the file is then not there, or
    ///   as it was before.
    static func write(to path: String?, _ body: (_ write: ([UInt8]) throws -> Void) throws -> Void) throws {
        guard let path, path != "-" else {
            return try body { piece in
                try requireNotStopped()
                StandardStream.output.write(bytes: piece)
            }
        }
        try explaining(path) {
            let file = try NewFile(at: FilePath(path))
            try body { piece in
                try requireNotStopped(path)
                try file.append(piece)
            }
            try requireNotStopped(path)
            try file.finish()
        }
    }

    /// Ends the writing where a signal has cancelled the task, and says so.
    static func requireNotStopped(_ path: String? = nil) throws(Failure) {
        guard Task.isCancelled else { return }
        // What standard output has taken cannot be taken back.
        let said = path.map { "\($0): stopped; nothing was written there" } ?? "stopped; what was written is incomplete"
        StandardStream.error.write("assay: \(said)\n")
        throw Failure(.interrupted, "")
    }

    /// Refuses a name that cannot be one, and to write over the file that is read: it would be gone before it is read, or replaced
    /// by what was made of it.
    static func requireUsable(_ path: String?, reading input: String) throws(Failure) {
        guard let path, path != "-" else { return }
        guard !path.isEmpty else { throw Failure(.usage, "-o is empty; name a file, or '-' for standard output") }
        var (read, written) = (stat(), stat())
        guard stat(input, &read) == 0, stat(path, &written) == 0 else { return }
        guard (read.st_dev, read.st_ino) != (written.st_dev, written.st_ino) else {
            throw Failure(.usage, "\(path): is the file that is read; name another one with -o")
        }
    }

    /// Gives the archive's errors the words of a single file, which no run can be resumed for.
    static func explaining(_ path: String, _ body: () throws -> Void) throws {
        do {
            try body()
        } catch ArchiveError.fileSystem("replace", _, _) {
            throw Failure(
                .cannotWrite, "\(path): is there and no regular file; name another file, or '-' for standard output")
        } catch ArchiveError.fileSystem(let operation, _, let error) {
            throw Failure(
                .cannotWrite,
                "\(path): cannot \(operation) it: \(error.description.lowercased()); \(remedy(for: error)); nothing was left "
                    + "there")
        }
    }

    private static func remedy(for error: Errno) -> String {
        switch error {
        case .noSpace: "free some space, or name a file on another disk with -o"
        case .noSuchFileOrDirectory: "make its folder first"
        case .permissionDenied, .notPermitted, .readOnlyFileSystem: "name a file with -o that this user may write"
        default: "name another file with -o"
        }
    }
}
