import Archiving
import SystemPackage

/// Where a command writes what it makes: a file that is there whole or not at all, or standard output.
enum OutputFile {
    /// Has the pieces written, in order, and the file made last when the body returns.
    ///
    /// - Parameter path: Nil or `-` for standard output.
    /// - Throws: ``Failure`` with the status of what cannot be written, and what the body throws; the file is then not there, or
    ///   as it was before.
    static func write(to path: String?, _ body: (_ write: ([UInt8]) throws -> Void) throws -> Void) throws {
        guard let path, path != "-" else {
            return try body { StandardStream.output.write(bytes: $0) }
        }
        try explaining(path) {
            let file = try NewFile(at: FilePath(path))
            try body { piece in try file.append(piece) }
            try file.finish()
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
