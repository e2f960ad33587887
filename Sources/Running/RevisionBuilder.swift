// A revision is built in a worktree of its own, so that neither the user's files nor their build are touched, and stays there:
// the next comparison finds it by its hash. What is cached is the whole worktree, for a program may need more than its file.
//
//     .assay/revisions/<hash>/                      the worktree
//     .assay/revisions/<hash>.built                 the command that has ended well in it, if it took one
//     .assay/revisions/<hash>.log                   what the last build printed

import Archiving
import Experiments
import Glibc
import Quantities
import Subprocess
import SystemPackage

/// Builds the program under test at revisions of the repository that the working directory lies in.
public struct RevisionBuilder: Sendable {
    /// The most that a build may take.
    public static let timeLimit = Duration.seconds(3600)
    /// How the bundled simulator is built.
    public static let simulatorBuild = "swift build -c release --product system-simulator"
    private static let simulatorPath = ".build/release/system-simulator"
    /// Where revisions lie, in the repository's own folder.
    static let cache = ".assay/revisions"

    private let repository: FilePath
    private let fileSystem = FileSystem()

    /// - Throws: ``RunningError/revision(name:complaint:)`` where the working directory is in no repository.
    public init(askedFor name: String) async throws(RunningError) {
        guard let top = await Tool.answer("git", ["rev-parse", "--show-toplevel"]), !top.isEmpty else {
            throw .revision(
                name: name,
                complaint:
                    "there is no such program, and no git repository here to find a revision in; name a program with "
                    + "a '/' in it, or change to a checkout")
        }
        self.init(repository: FilePath(top))
    }

    init(repository: FilePath) { self.repository = repository }

    /// The full hash of the commit that a name stands for.
    public func hash(of name: String) async throws(RunningError) -> String {
        guard
            let hash = await Tool.answer(
                "git",
                [
                    "-C", repository.string, "rev-parse", "--verify", "--quiet", "--end-of-options", "\(name)^{commit}",
                ]),
            hash.count >= 40, hash.allSatisfy(\.isHexDigit)
        else {
            throw .revision(
                name: name,
                complaint:
                    "is no commit, branch or tag of the repository at \(repository); `git log --oneline` lists them, "
                    + "and the path of a program needs a '/', as in ./\(name)")
        }
        return hash
    }

    /// The program of a revision, built unless it is built already.
    ///
    /// - Parameters:
    ///   - program: As in ``Plan/program``; a relative path is one in the worktree.
    ///   - command: For `/bin/sh`, in the worktree; nil for a program that lies in it as it was checked out.
    ///   - report: Told before a build that it begins.
    public func program(
        _ program: String, of hash: String, named name: String, builtBy command: String?, report: (String) -> Void
    ) async throws(RunningError) -> FilePath {
        let folder = repository.appending(Self.cache)
        let worktree = folder.appending(hash)
        let isSimulator = program == Program.systemSimulator.text
        let path = worktree.pushing(FilePath(isSimulator ? Self.simulatorPath : program)).lexicallyNormalized()
        let mark = folder.appending("\(hash).built")
        if let command, isBuilt(mark, by: command), Self.isProgram(path) { return path }
        do throws(ArchiveError) {
            try fileSystem.createFolders(folder)
            // So that the repository's own status does not show it.
            try fileSystem.write(Array("*\n".utf8), to: repository.appending(".assay/.gitignore"))
        } catch {
            throw .archive(error)
        }
        if !FileSystem.isFolder(worktree) {
            // A worktree that was removed by hand is still registered.
            _ = await Tool.answer("git", ["-C", repository.string, "worktree", "prune"])
            guard
                await Tool.answer(
                    "git", ["-C", repository.string, "worktree", "add", "--quiet", "--detach", worktree.string, hash])
                    != nil
            else {
                throw .revision(
                    name: name,
                    complaint: "git cannot check \(hash.prefix(12)) out to \(worktree); see to it, or remove it")
            }
        }
        guard let command else {
            guard Self.isProgram(path) else {
                throw .revision(
                    name: name,
                    complaint:
                        "\(program) is no program in the revision's tree as it is; say under `gate` how it is built there, as "
                        + "in `build: make server`")
            }
            return path
        }
        report("building \(name) (\(hash.prefix(12))) in \(worktree): \(command)")
        let log = folder.appending("\(hash).log")
        try await build(command, in: worktree, name: name, log: log)
        guard Self.isProgram(path) else {
            throw .revision(
                name: name, complaint: "the build ended well, but \(path) is no program; correct `build` or `program`")
        }
        do throws(ArchiveError) {
            try fileSystem.write(Array(command.utf8), to: mark)
        } catch {
            throw .archive(error)
        }
        return path
    }

    private static func isProgram(_ path: FilePath) -> Bool {
        access(path.string, X_OK) == 0 && !FileSystem.isFolder(path)
    }

    private func isBuilt(_ mark: FilePath, by command: String) -> Bool {
        guard FileSystem.isFile(mark) else { return false }
        do throws(ArchiveError) {
            return String(decoding: try FileSystem.read(mark), as: UTF8.self) == command
        } catch {
            // Then it is built once more, which shows what is wrong.
            return false
        }
    }

    private func build(
        _ command: String, in worktree: FilePath, name: String, log: FilePath
    ) async throws(RunningError) {
        let file = open(log.string, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard file >= 0 else {
            throw .archive(.fileSystem(operation: "create", path: log, error: Errno(rawValue: errno)))
        }
        let output = FileDescriptor(rawValue: file)
        defer { close(file) }
        var options = PlatformOptions()
        // The build and all that it starts are one group, which ends together.
        options.processGroupID = 0
        options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(5))]
        let status: TerminationStatus?
        do {
            status = try await Tool.limited(to: Self.timeLimit) { [options] in
                try await Subprocess.run(
                    .path("/bin/sh"), arguments: ["-c", command], environment: .inherit, workingDirectory: worktree,
                    platformOptions: options, input: .none,
                    output: .fileDescriptor(output, closeAfterSpawningProcess: false),
                    error: .fileDescriptor(output, closeAfterSpawningProcess: false)
                ).terminationStatus
            }
        } catch {
            if Task.isCancelled { throw .interrupted(done: 0, total: 0) }
            throw .revision(name: name, complaint: "its build cannot be started: \(error)")
        }
        if Task.isCancelled { throw .interrupted(done: 0, total: 0) }
        guard let status else {
            throw .revision(name: name, complaint: "its build took over \(Self.timeLimit.text); see \(log)")
        }
        guard status.isSuccess else {
            let end =
                switch status {
                case .exited(let code): "ended with status \(code)"
                case .signaled(let signal): "was ended by signal \(signal)"
                }
            throw .revision(
                name: name,
                complaint:
                    "its build, `\(command)` in \(worktree), \(end); what it printed is in \(log)\(tail(of: log))")
        }
    }

    /// The end of what the build printed, on one line.
    private func tail(of log: FilePath) -> String {
        do {
            let text = String(decoding: try FileSystem.read(log), as: UTF8.self)
            let lines = text.split(whereSeparator: \.isNewline).filter { !$0.allSatisfy(\.isWhitespace) }.suffix(3)
            return lines.isEmpty ? "" : ", which ends: " + String(lines.joined(separator: " / ").suffix(400))
        } catch {
            // The log is named; why it cannot be read is not the news.
            return ""
        }
    }
}
