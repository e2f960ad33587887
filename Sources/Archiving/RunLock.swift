import Glibc
import SystemPackage

/// Holds a run for one writer, until it is released or the process ends, however it ends.
///
/// `flock` is chosen over a file that merely exists: the kernel lets go of it when the holder dies, so no stale lock
/// is ever left. The file holds the holder's process identifier, for the error message alone.
final class RunLock: Sendable {
    private let descriptor: Int32

    /// - Throws: ``ArchiveError/locked(path:holder:)`` naming the run's folder when another process holds it.
    init(folder: FilePath) throws(ArchiveError) {
        let path = folder.appending("lock")
        let file = open(path.string, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw FileSystem.lastError("open", path) }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            let error = errno
            close(file)
            if error != EWOULDBLOCK {
                throw .fileSystem(operation: "lock", path: path, error: Errno(rawValue: error))
            }
            let text = String(decoding: try FileSystem.read(path), as: UTF8.self)
            throw .locked(path: folder, holder: Int32(text.filter { $0.isNumber }))
        }
        let text = "\(getpid())\n"
        // Not atomic, and need not be: a reader that finds less than a number reports "another process".
        guard ftruncate(file, 0) == 0, pwrite(file, text, text.utf8.count, 0) == text.utf8.count else {
            let error = FileSystem.lastError("write", path)
            close(file)
            throw error
        }
        descriptor = file
    }

    /// Lets go of the run. Closing alone would not do at once: a process that is just being started elsewhere shares
    /// the descriptor until its exec.
    deinit {
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }
}
