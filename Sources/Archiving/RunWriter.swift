// The one process that adds to a run. It holds the run's lock for as long as the value lives.

import Experiments
import Glibc
import SystemPackage

/// The right to add to a run.
public final class RunWriter: Sendable {
    /// The run as a reader sees it.
    public let archive: RunArchive
    private let lock: RunLock
    private var fileSystem: FileSystem { archive.fileSystem }
    private var staging: FilePath { archive.path.appending("staging") }

    fileprivate init(archive: RunArchive, lock: RunLock) {
        self.archive = archive
        self.lock = lock
    }

    /// Stages a folder for an attempt at a trial, empty but for ``TrialFolder/work``, where the program can write.
    ///
    /// - Throws: ``ArchiveError/alreadyStored(path:)`` when the trial is finished, or this attempt at it has failed.
    public func stage(_ trial: PlannedTrial, attempt: Int) throws(ArchiveError) -> TrialFolder {
        try stage(
            as: "\(trial.identifier)-attempt-\(attempt)",
            unlessStored: [
                archive.folder(ofTrial: trial.identifier),
                archive.folder(ofTrial: trial.identifier, failedAttempt: attempt),
            ])
    }

    func stage(as name: String, unlessStored folders: [TrialFolder]) throws(ArchiveError) -> TrialFolder {
        for stored in folders where FileSystem.isFolder(stored.path) { throw .alreadyStored(path: stored.path) }
        let folder = TrialFolder(path: staging.appending(name))
        try fileSystem.remove(folder.path)
        try fileSystem.createFolder(folder.path)
        try fileSystem.createFolder(folder.work)
        return folder
    }

    /// Takes the trace out of the program's working folder, once the program has ended.
    public func collect(_ folder: TrialFolder) throws(ArchiveError) {
        // A program may have removed even this. Then its attempt has failed, and needs a place to be told.
        try fileSystem.createFolders(folder.path)
        // Nothing is followed: a link may lead anywhere.
        guard FileSystem.isFolder(folder.work, followingLinks: false), FileSystem.isFile(folder.unfinishedTrace)
        else { return }
        try fileSystem.rename(folder.unfinishedTrace, to: folder.trace)
        try fileSystem.makeReadable(folder.trace)
    }

    /// Whether the file system has room for another trial at all: a mebibyte, less than any trial takes. What failed
    /// where there is none may have failed for that alone.
    public var hasRoom: Bool { FileSystem.hasRoom(at: archive.path, bytes: 1 << 20) }

    /// Stores what an attempt left, for good, and returns where: under `trials` if it finished, else under `failed`.
    /// When this returns, all of it is on the disk; if it throws, the attempt counts as never made.
    ///
    /// - Parameter folder: As ``stage(_:attempt:)`` returned it.
    @discardableResult
    public func commit(_ record: TrialRecord, in folder: TrialFolder) throws(ArchiveError) -> TrialFolder {
        try commit(record, in: folder, to: archive.folder(of: record))
    }

    func commit(
        _ record: TrialRecord, in folder: TrialFolder, to target: TrialFolder
    ) throws(ArchiveError) -> TrialFolder {
        if FileSystem.isFolder(target.path) { throw .alreadyStored(path: target.path) }
        try fileSystem.write(StoredJSON.bytes(record, for: folder.record), to: folder.record)
        // This also writes the trace back now, between two trials, and not during the next one. What else the program
        // left is no part of the record, may be locked or endless, and is left to the kernel.
        let observers = archive.plan.observers.flatMap {
            [folder.observerScript($0.name), folder.observerOutput($0.name), folder.observerErrors($0.name)]
        }
        for path in [folder.trace, folder.output, folder.errors, folder.environment] + observers
        where FileSystem.isFile(path) {
            try fileSystem.syncFile(path)
        }
        try fileSystem.removeIfEmpty(folder.work)
        try fileSystem.syncFolder(folder.path)
        try fileSystem.rename(folder.path, to: target.path)
        return target
    }

    /// Removes what an attempt left that was broken off, as if it had never been made.
    public func discard(_ folder: TrialFolder) throws(ArchiveError) {
        try fileSystem.remove(folder.path)
    }
}

extension RunArchive {
    /// Creates a run, which appears whole or not at all.
    ///
    /// - Parameters:
    ///   - declaration: The bytes of the experiment's file.
    ///   - results: The folder of all experiments' results, created if need be.
    ///   - secondsSinceEpoch: The current time of the system's clock.
    public static func create(
        plan: Plan, declaration: [UInt8], in results: FilePath, secondsSinceEpoch: Int
    ) throws(ArchiveError) -> RunWriter {
        try create(
            plan: plan, declaration: declaration, in: results, secondsSinceEpoch: secondsSinceEpoch,
            fileSystem: FileSystem())
    }

    static func create(
        plan: Plan, declaration: [UInt8], in results: FilePath, secondsSinceEpoch: Int, fileSystem: FileSystem
    ) throws(ArchiveError) -> RunWriter {
        let runs = try runsFolder(experiment: plan.experiment, in: results)
        for trial in plan.trials { _ = try fitName(trial.identifier) }
        let identifier = RunIdentifier(
            secondsSinceEpoch: secondsSinceEpoch, profile: try fitName(plan.profile), seed: plan.seed)
        try fileSystem.createFolders(runs)
        try sweepUnborn(in: runs, fileSystem: fileSystem)
        let unborn = runs.appending(".\(identifier)-\(getpid())")
        let lock: RunLock
        let path: FilePath
        do {
            try fileSystem.createFolder(unborn)
            lock = try RunLock(folder: unborn)
            for name in folders { try fileSystem.createFolder(unborn.appending(name)) }
            let planPath = unborn.appending("plan.json")
            try fileSystem.write(StoredJSON.bytes(plan, for: planPath), to: planPath)
            try fileSystem.write(declaration, to: unborn.appending("declaration.yaml"))
            try fileSystem.syncTree(unborn)
            path = try giveName(to: unborn, identifier: identifier, in: runs, fileSystem: fileSystem)
        } catch {
            fileSystem.removeIfPossible(unborn)
            throw error
        }
        return try RunWriter(archive: RunArchive(path: path, fileSystem: fileSystem), lock: lock)
    }

    /// Takes the right to add to this run, and removes what a killed writer left unfinished.
    ///
    /// - Throws: ``ArchiveError/locked(path:holder:)`` while another process has it.
    public func resume() throws(ArchiveError) -> RunWriter {
        let lock = try RunLock(folder: path)
        // One that held nothing may have been lost on the way from another machine.
        for name in Self.folders { try fileSystem.createFolders(path.appending(name)) }
        for name in try FileSystem.names(in: path.appending("staging")) {
            try fileSystem.remove(path.appending("staging").appending(name))
        }
        return RunWriter(archive: self, lock: lock)
    }

    private static let folders = ["trials", "failed", "staging"]

    /// Two runs may begin in the same second; the later one is numbered.
    private static func giveName(
        to unborn: FilePath, identifier: RunIdentifier, in runs: FilePath, fileSystem: FileSystem
    ) throws(ArchiveError) -> FilePath {
        for number in 1...1000 {
            let path = runs.appending(identifier.numbered(number).text)
            do {
                // A folder that is not empty is never replaced by a rename, and a run is never empty.
                try fileSystem.rename(unborn, to: path)
                return path
            } catch .fileSystem(_, _, .fileExists), .fileSystem(_, _, .directoryNotEmpty) {
                continue
            }
        }
        throw .alreadyStored(path: runs.appending(identifier.text))
    }

    /// Removes runs that were killed while they were being created. One whose process is alive stays, because between the
    /// making of its folder and the taking of its lock it holds nothing; so does one that is locked, from a machine or a
    /// container whose processes are not seen from here.
    private static func sweepUnborn(in runs: FilePath, fileSystem: FileSystem) throws(ArchiveError) {
        for name in try FileSystem.names(in: runs) where isUnborn(name) && !isCreatorAlive(name) {
            let unborn = runs.appending(name)
            do {
                let lock = try RunLock(folder: unborn)
                try fileSystem.remove(unborn)
                withExtendedLifetime(lock) {}
            } catch .locked {
                continue
            }
        }
    }

    /// Whether the process is alive that an unborn run is named after, its own or, by chance, a later one of the same number.
    private static func isCreatorAlive(_ name: String) -> Bool {
        guard let process = name.split(separator: "-").last.flatMap({ pid_t($0) }), process > 0 else { return false }
        // This one makes a run at a time: what bears its number is left from before.
        if process == getpid() { return false }
        return kill(process, 0) == 0 || errno == EPERM
    }

    /// Whether a name is one that ``create(plan:declaration:in:secondsSinceEpoch:)`` gives at first. Other names that
    /// start with a dot are strangers', and not ours to remove.
    private static func isUnborn(_ name: String) -> Bool {
        name.hasPrefix(".") && RunIdentifier(name: String(name.dropFirst())) != nil
    }
}
