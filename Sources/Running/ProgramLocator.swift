import Experiments
import Glibc
import SystemPackage

/// Finds the programs that a run needs, before anything is written.
public struct ProgramLocator: Sendable {
    private let harnessFolder: FilePath
    private let currentFolder: FilePath

    /// - Parameters:
    ///   - harnessFolder: The folder of the running executable, where the bundled programs lie.
    ///   - currentFolder: The folder from which a declaration's relative path counts.
    public init(harnessFolder: FilePath, currentFolder: FilePath) {
        self.harnessFolder = harnessFolder
        self.currentFolder = currentFolder
    }

    /// Looks beside the running executable and from the current directory.
    public init() throws(RunningError) {
        let link = FilePath("/proc/self/exe")
        guard let executable = realpath(link.string, nil) else {
            throw .noProgram(path: link, complaint: "cannot be read", remedy: "mount /proc, then try again")
        }
        defer { free(executable) }
        guard let current = getcwd(nil, 0) else {
            throw .noProgram(path: ".", complaint: "does not exist any more", remedy: "change to another folder")
        }
        defer { free(current) }
        self.init(
            harnessFolder: FilePath(String(cString: executable)).removingLastComponent(),
            currentFolder: FilePath(String(cString: current)))
    }

    /// The absolute path of a plan's program.
    ///
    /// - Parameters:
    ///   - program: `system-simulator`, or a path.
    ///   - command: The command that the program is, if it is one: then its first word decides, which may also be a name
    ///     that is looked up in `PATH`.
    /// - Throws: ``RunningError/noProgram(path:complaint:remedy:)`` when nothing there can be executed.
    public func path(ofProgram program: String, command: ProgramCommand? = nil) throws(RunningError) -> FilePath {
        let word = command?.program ?? program
        if word == Program.systemSimulator.text { return try bundled(word) }
        if command != nil, !word.contains("/") { return try installed(word) }
        let path = currentFolder.pushing(FilePath(word))
        try requireExecutable(path, remedy: "correct `program` in the declaration, or build the program")
        return path
    }

    private func installed(_ name: String) throws(RunningError) -> FilePath {
        let path = getenv("PATH").map { String(cString: $0) } ?? ""
        for folder in path.split(separator: ":") {
            let found = FilePath(String(folder)).appending(name)
            guard found.isAbsolute else { continue }
            do {
                try requireExecutable(found, remedy: "")
                return found
            } catch {
                // Not in this folder, or a folder of that name.
                continue
            }
        }
        throw .noProgram(
            path: FilePath(name), complaint: "is in no folder of PATH",
            remedy: "correct the first word of `command` in the declaration, or install the program")
    }

    /// The folder from which a declaration's relative path counts.
    public var directory: String { currentFolder.string }

    /// The absolute path of the launcher.
    public func launcher() throws(RunningError) -> FilePath { try bundled("assay-launcher") }

    private func bundled(_ name: String) throws(RunningError) -> FilePath {
        let path = harnessFolder.appending(name)
        try requireExecutable(path, remedy: "build all products with `swift build`")
        return path
    }

    private func requireExecutable(_ path: FilePath, remedy: String) throws(RunningError) {
        var status = stat()
        guard stat(path.string, &status) == 0 else {
            let reason = Errno(rawValue: errno)
            let complaint = reason == .noSuchFileOrDirectory ? "does not exist" : reason.description.lowercased()
            throw .noProgram(path: path, complaint: complaint, remedy: remedy)
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw .noProgram(path: path, complaint: "is no file", remedy: remedy)
        }
        guard access(path.string, X_OK) == 0 else {
            throw .noProgram(path: path, complaint: "is not executable", remedy: "make it so with chmod +x")
        }
    }
}
