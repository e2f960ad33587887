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
        Self.sweep(beside: path, fileSystem)
        let file = open(partial.string, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw FileSystem.lastError("create", path) }
        // While this process lives, nobody takes the file for one that was left.
        flock(file, LOCK_EX | LOCK_NB)
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

    /// Removes what writers of the same file left that were killed: their process is gone, and so is their lock, which a process in
    /// another container, whose number means nothing here, still holds.
    private static func sweep(beside path: FilePath, _ fileSystem: FileSystem) {
        let folder = path.removingLastComponent()
        guard let name = path.lastComponent?.string, let names = namesIfReadable(in: folder.isEmpty ? "." : folder)
        else { return }
        for found in names where found.hasPrefix("\(name).") && found.hasSuffix(".partial") {
            let middle = found.dropFirst(name.count + 1).dropLast(".partial".count)
            guard let process = Int32(middle), process > 0, kill(process, 0) != 0, errno == ESRCH else { continue }
            let left = folder.appending(found)
            let file = open(left.string, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
            guard file >= 0 else { continue }
            if flock(file, LOCK_EX | LOCK_NB) == 0 { fileSystem.removeIfPossible(left) }
            close(file)
        }
    }

    private static func namesIfReadable(in folder: FilePath) -> [String]? {
        do {
            return try FileSystem.names(in: folder)
        } catch {
            // Whether the file can be written there is found out by writing it.
            return nil
        }
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
