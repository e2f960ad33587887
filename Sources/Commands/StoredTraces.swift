import Archiving
import Experiments
import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Where the traces of a stored run lie, for somebody who has named a folder and not one of them.
enum StoredTraces {
    /// So many are named.
    static let namedMaximum = 3

    /// Refuses a folder where a trace is wanted, and says which traces the run has that it stands for.
    static func refuseFolder(_ path: String) throws(Failure) {
        guard FileSystem.isFolder(FilePath(path)) else { return }
        let found: (folder: FilePath, archive: RunArchive)
        do throws(ArchiveError) {
            found = try run(of: FilePath(path))
        } catch .noRun, .unfitName {
            throw Failure(.noInput, "\(path): is a folder without a stored run; name a trace file")
        } catch {
            throw Failure(error)
        }
        let trials = found.archive.plan.trials.sorted { $0.order < $1.order }.map(\.identifier)
        let stored = trials.filter { FileSystem.isFile(found.archive.folder(ofTrial: $0).trace) }
        let named = stored.prefix(namedMaximum).map { trial in
            found.folder.appending("trials").appending(trial).appending(TrialFolder.traceName).string
        }
        guard !named.isEmpty else {
            throw Failure(.noInput, "\(path): is a folder, and its newest run has no traces; name a trace file")
        }
        let more = stored.count > named.count ? ", and \(stored.count - named.count) more" : ""
        throw Failure(
            .noInput, "\(path): is a folder; name one of its traces: \(named.joined(separator: ", "))\(more)")
    }

    /// The run that a folder is, or the newest one of the experiment whose results it holds; with its folder as the user would
    /// name it.
    ///
    /// - Throws: ``ArchiveError``, with ``ArchiveError/noRun(experiment:path:)`` where there is none.
    static func run(of folder: FilePath) throws(ArchiveError) -> (folder: FilePath, archive: RunArchive) {
        if access(folder.appending("plan.json").string, F_OK) == 0 {
            return (folder, try RunArchive(path: folder))
        }
        // Its own name, whether it is called `.`, `Results/permits/` or by a link.
        let resolved = realpath(folder.string, nil)
        defer { free(resolved) }
        let real = resolved.map { FilePath(platformString: $0) } ?? folder
        let name = real.lastComponent?.string ?? folder.string
        let results = real.removingLastComponent()
        let archive = try RunArchive.openNewest(experiment: name, in: results.isEmpty ? "." : results)
        let run = archive.path.lastComponent?.string ?? ""
        return (folder.appending("runs").appending(run), archive)
    }
}
