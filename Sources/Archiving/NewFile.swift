// What is too large to be held is written piece by piece under a temporary name, and gets its own when all of it is on the disk:
// the same promise as that of `FileSystem.write`, whole or not at all.

import Glibc
import SystemPackage

/// A file that is being written, and is not there until it is finished.
package final class NewFile {
    private let path: FilePath
    private let partial: FilePath
    private let descriptor: Int32
    private let fileSystem: FileSystem
    private var isFinished = false

    /// Begins a file.
    ///
    /// - Parameter path: A regular file of that name is replaced when this one is finished.
    /// - Throws: ``ArchiveError``, with ``Errno/fileExists`` where something else has that name: a folder, a link, a device.
    package init(at path: FilePath, fileSystem: FileSystem = FileSystem()) throws(ArchiveError) {
        guard access(path.string, F_OK) != 0 || FileSystem.isFile(path) else {
            throw .fileSystem(operation: "replace", path: path, error: .fileExists)
        }
        let partial = FilePath("\(path.string).\(getpid()).partial")
        try fileSystem.willChange("create", path)
        let file = open(partial.string, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw FileSystem.lastError("create", path) }
        self.path = path
        self.partial = partial
        self.fileSystem = fileSystem
        descriptor = file
    }

    deinit {
        close(descriptor)
        // What was not finished must not stay.
        if !isFinished { fileSystem.removeIfPossible(partial) }
    }

    /// Appends bytes.
    package func append(_ bytes: [UInt8]) throws(ArchiveError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            try fileSystem.willChange("write", path)
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw FileSystem.lastError("write", path) }
            rest = rest.dropFirst(count)
        }
    }

    /// Writes over the beginning of what was written.
    package func overwriteStart(_ bytes: [UInt8]) throws(ArchiveError) {
        guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw FileSystem.lastError("write", path) }
        try append(bytes)
        guard lseek(descriptor, 0, SEEK_END) >= 0 else { throw FileSystem.lastError("write", path) }
    }

    /// Makes the file last under its own name.
    package func finish() throws(ArchiveError) {
        try fileSystem.willChange("sync", path)
        guard fsync(descriptor) == 0 else { throw FileSystem.lastError("sync", path) }
        try fileSystem.rename(partial, to: path)
        isFinished = true
    }
}
