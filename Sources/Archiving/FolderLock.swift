import Glibc
import SystemPackage

/// Holds a folder for one process that changes its files, until it is released or the process ends, however it ends.
///
/// The folder itself is locked, and not a file in it as with runs: this folder is committed, and a lock's file would be
/// one more thing to ignore.
final class FolderLock: Sendable {
    private let descriptor: Int32

    /// - Parameter patience: How long to wait for another holder; it is asked again every 20 ms.
    /// - Throws: ``ArchiveError/locked(path:holder:)`` when another process, or another lock of this one, still holds it.
    init(_ folder: FilePath, patience: Duration = .zero) throws(ArchiveError) {
        let file = open(folder.string, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard file >= 0 else { throw FileSystem.lastError("open", folder) }
        let begun = ContinuousClock.now
        while flock(file, LOCK_EX | LOCK_NB) != 0 {
            let error = errno
            if error == EWOULDBLOCK, ContinuousClock.now - begun < patience {
                usleep(20_000)
                continue
            }
            close(file)
            guard error == EWOULDBLOCK else {
                throw .fileSystem(operation: "lock", path: folder, error: Errno(rawValue: error))
            }
            throw .locked(path: folder, holder: nil)
        }
        descriptor = file
    }

    deinit {
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }
}
