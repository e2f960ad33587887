import Glibc
import SystemPackage

extension FileSystem {
    /// Copies a program, so that the copy can be executed; one of that name is replaced. The copy is another file to the
    /// kernel, with an inode of its own.
    package func copyProgram(_ source: FilePath, to target: FilePath) throws(ArchiveError) {
        let from = open(source.string, O_RDONLY | O_CLOEXEC)
        guard from >= 0 else { throw FileSystem.lastError("open", source) }
        defer { close(from) }
        try willChange("create", target)
        let into = open(target.string, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o755)
        guard into >= 0 else { throw FileSystem.lastError("create", target) }
        defer { close(into) }
        while true {
            try willChange("write", target)
            let count = sendfile(into, from, nil, 1 << 24)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw FileSystem.lastError("write", target) }
            if count == 0 { return }
        }
    }
}
