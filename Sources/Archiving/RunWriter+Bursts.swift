// Trials that ran together are committed together: each gets a folder and a record of its own below the burst's, all of it
// is synced, and then each folder is renamed to where it belongs. A crash in between leaves some of them stored, each whole,
// and the others as if they had never run.

import Experiments
import SystemPackage

extension RunWriter {
    /// Stages a folder for trials that run together, empty but for ``TrialFolder/work``.
    ///
    /// - Parameter first: The first of them.
    public func stageBurst(from first: PlannedTrial) throws(ArchiveError) -> TrialFolder {
        try stage(as: "burst-from-\(first.identifier)", unlessStored: [])
    }

    /// Stores the trials of a burst for good, and removes what else the burst left. When this returns, all of them are on
    /// the disk; if it throws, each of them is stored whole or counts as never run.
    ///
    /// - Parameters:
    ///   - records: One for each trial that ran; a failed one is that of an attempt.
    ///   - folder: As ``stageBurst(from:)`` returned it; the samples of its environment are stored with each finished trial.
    ///   - errors: What the failed trial wrote to its standard error.
    /// - Returns: Where each trial is stored now.
    @discardableResult
    public func commit(
        _ records: [TrialRecord], from folder: TrialFolder, errors: String
    ) throws(ArchiveError) -> [TrialFolder] {
        let fileSystem = archive.fileSystem
        let trials = folder.path.appending("trials")
        try fileSystem.createFolder(trials)
        let hasEnvironment = FileSystem.isFile(folder.environment)
        if hasEnvironment { try fileSystem.syncFile(folder.environment) }
        var moves: [(staged: TrialFolder, target: TrialFolder)] = []
        for record in records {
            let target = archive.folder(of: record)
            if FileSystem.isFolder(target.path) { throw .alreadyStored(path: target.path) }
            let staged = TrialFolder(path: trials.appending(record.identifier))
            try fileSystem.createFolder(staged.path)
            try fileSystem.write(StoredJSON.bytes(record, for: staged.record), to: staged.record)
            if case .failed = record.outcome {
                try fileSystem.write(Array(errors.utf8), to: staged.errors)
            }
            if hasEnvironment { try fileSystem.link(folder.environment, as: staged.environment) }
            try fileSystem.syncFolder(staged.path)
            moves.append((staged, target))
        }
        for move in moves { try fileSystem.move(move.staged.path, to: move.target.path) }
        for parent in Set(moves.map { $0.target.path.removingLastComponent() }) { try fileSystem.syncFolder(parent) }
        try fileSystem.remove(folder.path)
        return moves.map(\.target)
    }
}
