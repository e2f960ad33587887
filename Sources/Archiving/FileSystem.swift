// Files as the archive needs them. The invariant: a name appears only when all that it names is on the disk, so a
// process that is killed at any instant leaves the whole or nothing (write, fsync, rename, fsync of the folder: see
// Pillai et al. 2014, "All File Systems Are Not Created Equal", OSDI). Every change is one step, and each step can be
// observed and refused from outside: tests end a writer at every one of them.
//
// Foundation's FileManager is the road not taken: it does not sync, and its errors hide the errno.

import Glibc
import SystemPackage

/// The few changes to a file system that an archive is made of.
package struct FileSystem: Sendable {
    /// Called before each change with its verb and path; what it throws takes the place of the change.
    package var willChange: @Sendable (_ operation: String, _ path: FilePath) throws(ArchiveError) -> Void

    package init(
        willChange: @escaping @Sendable (_ operation: String, _ path: FilePath) throws(ArchiveError) -> Void = {
            (_, _) throws(ArchiveError) in
        }
    ) {
        self.willChange = willChange
    }

    /// Creates the folder and those above it; one that exists already is no error.
    package func createFolders(_ path: FilePath) throws(ArchiveError) {
        if FileSystem.isFolder(path) { return }
        let parent = path.removingLastComponent()
        if parent != path, !parent.isEmpty { try createFolders(parent) }
        do {
            try createFolder(path)
        } catch .fileSystem(_, _, .fileExists) where FileSystem.isFolder(path) {
            // Another process made it in the meantime.
            return
        }
        try syncFolder(parent)
    }

    /// Creates a folder that does not exist yet.
    package func createFolder(_ path: FilePath) throws(ArchiveError) {
        try willChange("create", path)
        guard mkdir(path.string, 0o755) == 0 else { throw FileSystem.lastError("create", path) }
    }

    /// Writes a file so that it is there whole or not at all; one of that name is replaced.
    package func write(_ bytes: [UInt8], to path: FilePath) throws(ArchiveError) {
        let partial = FilePath(path.string + ".partial")
        do {
            try writePlainly(bytes, to: partial)
            try rename(partial, to: path)
        } catch {
            removeIfPossible(partial)
            throw error
        }
    }

    /// Clears away what a failure left unfinished.
    package func removeIfPossible(_ path: FilePath) {
        do {
            try remove(path)
        } catch {
            // The failure that led here is the one to report. What stays has a temporary name, so no reader takes it
            // for anything, and the next writer sweeps it.
            return
        }
    }

    private func writePlainly(_ bytes: [UInt8], to path: FilePath) throws(ArchiveError) {
        try willChange("create", path)
        let file = open(path.string, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw FileSystem.lastError("create", path) }
        defer { close(file) }
        var rest = bytes[...]
        while !rest.isEmpty {
            try willChange("write", path)
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw FileSystem.lastError("write", path) }
            rest = rest.dropFirst(count)
        }
        try willChange("sync", path)
        guard fsync(file) == 0 else { throw FileSystem.lastError("sync", path) }
    }

    /// Gives a file or folder its final name, and makes that last.
    package func rename(_ source: FilePath, to target: FilePath) throws(ArchiveError) {
        try move(source, to: target)
        try syncFolder(target.removingLastComponent())
        if source.removingLastComponent() != target.removingLastComponent() {
            try syncFolder(source.removingLastComponent())
        }
    }

    /// Gives a file or folder another name, which lasts only once both folders are synced.
    package func move(_ source: FilePath, to target: FilePath) throws(ArchiveError) {
        try willChange("rename", target)
        guard Glibc.rename(source.string, target.string) == 0 else { throw FileSystem.lastError("rename", target) }
    }

    /// Gives a file a second name; where the file system has no such thing, its bytes are written again.
    package func link(_ source: FilePath, as target: FilePath) throws(ArchiveError) {
        try willChange("create", target)
        if Glibc.link(source.string, target.string) == 0 { return }
        guard [EPERM, ENOTSUP, EMLINK, ENOSYS].contains(errno) else { throw FileSystem.lastError("create", target) }
        try write(FileSystem.read(source), to: target)
    }

    /// Makes the names in a folder last.
    package func syncFolder(_ path: FilePath) throws(ArchiveError) {
        try sync(path.isEmpty ? "." : path, O_RDONLY | O_DIRECTORY)
    }

    /// Makes all that lies under a folder last: what a program wrote there is not on the disk until this returns.
    package func syncTree(_ path: FilePath) throws(ArchiveError) {
        for name in try FileSystem.names(in: path) {
            let inner = path.appending(name)
            if FileSystem.isFolder(inner, followingLinks: false) {
                try syncTree(inner)
            } else if FileSystem.isFile(inner) {
                try sync(inner, O_RDONLY)
            }
        }
        try syncFolder(path)
    }

    private func sync(_ path: FilePath, _ flags: Int32) throws(ArchiveError) {
        try willChange("sync", path)
        let file = open(path.string, flags | O_CLOEXEC)
        guard file >= 0 else { throw FileSystem.lastError("open", path) }
        defer { close(file) }
        guard fsync(file) == 0 else { throw FileSystem.lastError("sync", path) }
    }

    /// Lets everybody read a file, and its owner write it, whatever its maker chose.
    package func makeReadable(_ path: FilePath) throws(ArchiveError) {
        try willChange("change", path)
        guard chmod(path.string, 0o644) == 0 else { throw FileSystem.lastError("change", path) }
    }

    /// Removes a folder unless it holds something.
    package func removeIfEmpty(_ path: FilePath) throws(ArchiveError) {
        try willChange("remove", path)
        guard rmdir(path.string) == 0 || [ENOENT, ENOTDIR, ENOTEMPTY, EEXIST].contains(errno) else {
            throw FileSystem.lastError("remove", path)
        }
    }

    /// Makes a file last that another process wrote.
    package func syncFile(_ path: FilePath) throws(ArchiveError) { try sync(path, O_RDONLY) }

    /// Removes a file, or a folder with all that it holds; what does not exist is no error.
    package func remove(_ path: FilePath) throws(ArchiveError) {
        if FileSystem.isFolder(path, followingLinks: false) {
            // A program may have locked a folder of its own. If it stays locked, the next line says so.
            if access(path.string, R_OK | W_OK | X_OK) != 0 { chmod(path.string, 0o700) }
            for name in try FileSystem.names(in: path) { try remove(path.appending(name)) }
        }
        try willChange("remove", path)
        // `remove` of the C library unlinks files and links, and removes empty folders.
        guard Glibc.remove(path.string) == 0 || errno == ENOENT else { throw FileSystem.lastError("remove", path) }
    }
}

extension FileSystem {
    /// All bytes of a file.
    package static func read(_ path: FilePath) throws(ArchiveError) -> [UInt8] {
        try read(path, from: 0)
    }

    /// The last bytes of a file, at most the given count.
    package static func readTail(of path: FilePath, count: Int) throws(ArchiveError) -> [UInt8] {
        try read(path, from: max(0, (size(of: path) ?? 0) - count))
    }

    private static func read(_ path: FilePath, from offset: Int) throws(ArchiveError) -> [UInt8] {
        var bytes: [UInt8] = []
        try readChunks(of: path, from: offset) { bytes += $0 }
        return bytes
    }

    /// Passes the bytes of a file in pieces, in order.
    package static func readChunks(
        of path: FilePath, from offset: Int = 0, _ body: (ArraySlice<UInt8>) -> Void
    ) throws(ArchiveError) {
        let file = open(path.string, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw lastReadError(path) }
        defer { close(file) }
        // A pipe has no places.
        guard offset == 0 || lseek(file, offset, SEEK_SET) >= 0 else { throw lastReadError(path) }
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = Glibc.read(file, &buffer, buffer.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw lastReadError(path) }
            if count == 0 { return }
            body(buffer[..<count])
        }
    }

    /// The names in a folder in ascending order of their bytes, without `.` and `..`.
    package static func names(in path: FilePath) throws(ArchiveError) -> [String] {
        guard let folder = opendir(path.string) else { throw lastReadError(path) }
        defer { closedir(folder) }
        var names: [String] = []
        errno = 0
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
            errno = 0
        }
        guard errno == 0 else { throw lastReadError(path) }
        return names.sorted()
    }

    /// The size of a regular file in bytes; nil where there is none, or something else.
    package static func size(of path: FilePath) -> Int? {
        guard let status = status(path, followingLinks: false), status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int(status.st_size)
    }

    /// Whether anything lies at the path, a link that leads nowhere included.
    package static func exists(_ path: FilePath) -> Bool { status(path, followingLinks: false) != nil }

    package static func isFile(_ path: FilePath) -> Bool { size(of: path) != nil }

    package static func isFolder(_ path: FilePath, followingLinks: Bool = true) -> Bool {
        status(path, followingLinks: followingLinks).map { $0.st_mode & S_IFMT == S_IFDIR } ?? false
    }

    /// Whether a file of the given size could be written at the path by this user; true where it cannot be told.
    package static func hasRoom(at path: FilePath, bytes: UInt) -> Bool {
        freeBytes(at: path).map { $0 >= bytes } ?? true
    }

    /// The bytes that this user could still write at the path, none where no further file can be made; nil where it cannot
    /// be told.
    package static func freeBytes(at path: FilePath) -> UInt? {
        var status = statvfs()
        guard statvfs(path.string, &status) == 0 else { return nil }
        // What is kept for the superuser counts for the superuser alone. Some file systems count no files: all are 0.
        let (blocks, files) =
            geteuid() == 0 ? (status.f_bfree, status.f_ffree) : (status.f_bavail, status.f_favail)
        guard status.f_files == 0 || files > 0 else { return 0 }
        let (free, isVast) = UInt(blocks).multipliedReportingOverflow(by: UInt(status.f_frsize))
        return isVast ? .max : free
    }

    private static func status(_ path: FilePath, followingLinks: Bool) -> stat? {
        var status = stat()
        return (followingLinks ? stat(path.string, &status) : lstat(path.string, &status)) == 0 ? status : nil
    }

    private static func lastReadError(_ path: FilePath) -> ArchiveError {
        .unread(path: path, error: Errno(rawValue: errno))
    }

    /// The error of the system call that has just failed.
    static func lastError(_ operation: String, _ path: FilePath) -> ArchiveError {
        .fileSystem(operation: operation, path: path, error: Errno(rawValue: errno))
    }
}
