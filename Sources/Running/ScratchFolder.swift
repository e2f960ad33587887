import Archiving
import Glibc
import SystemPackage

/// A folder for what nobody keeps: it is gone when its owner is done, whatever happened.
public enum ScratchFolder {
    /// Runs the body with a new, empty folder and removes it with all that it holds.
    ///
    /// - Parameter parent: Where it is made; nil for `TMPDIR`, or `/tmp` where that is not set.
    /// - Throws: ``ArchiveError`` when the folder cannot be made or removed, and what the body throws.
    public static func with<Result: Sendable>(
        in parent: FilePath? = nil, _ body: (FilePath) async throws -> Result
    ) async throws -> Result {
        let parent = parent ?? getenv("TMPDIR").map { FilePath(String(cString: $0)) } ?? "/tmp"
        var template = Array(parent.appending("assay-XXXXXX").string.utf8CString)
        guard mkdtemp(&template) != nil else {
            throw ArchiveError.fileSystem(operation: "create", path: parent, error: Errno(rawValue: errno))
        }
        let folder = FilePath(platformString: template)
        let outcome: Swift.Result<Result, any Error>
        do {
            outcome = .success(try await body(folder))
        } catch {
            outcome = .failure(error)
        }
        do {
            try FileSystem().remove(folder)
        } catch {
            // What the body threw is the first trouble, and the one to report.
            _ = try outcome.get()
            throw error
        }
        return try outcome.get()
    }
}
