// What is on the disk for one run of one experiment, as a reader sees it:
//
//     Results/<experiment>/runs/<run>/
//         plan.json            the Plan
//         declaration.yaml     the experiment's file as it was, byte for byte
//         trials/<trial>/      each finished trial: trial.json, trace, output.txt, errors.txt
//         failed/<trial>-attempt-<n>/    each failed attempt, with the same files as far as they came to be
//         staging/             what runs now; never read
//         lock                 held by the one process that writes the run (RunWriter)
//
// The invariant: what is seen here is whole. Every folder is filled under another name, synced and then renamed, so
// neither a reader nor a crash ever meets half of one. Nothing is changed or removed once it has its name.

import Experiments
import SystemPackage

/// One stored run, for reading; ``resume()`` gives the right to add to it.
public struct RunArchive: Sendable {
    /// The run's folder.
    public let path: FilePath
    public let plan: Plan
    let fileSystem: FileSystem

    /// Opens the stored run in a folder.
    public init(path: FilePath) throws(ArchiveError) {
        try self.init(path: path, fileSystem: FileSystem())
    }

    init(path: FilePath, fileSystem: FileSystem) throws(ArchiveError) {
        self.path = path
        self.fileSystem = fileSystem
        plan = try StoredJSON.read(Plan.self, from: path.appending("plan.json"), supportedVersion: 1)
    }

    /// Opens the run of the experiment that was begun last.
    ///
    /// - Parameter results: The folder of all experiments' results, usually `Results`.
    /// - Throws: ``ArchiveError/noRun(experiment:path:)`` when there is none.
    public static func openNewest(experiment: String, in results: FilePath) throws(ArchiveError) -> RunArchive {
        let folder = try runsFolder(experiment: experiment, in: results)
        guard FileSystem.isFolder(folder), let newest = try runs(in: folder).last else {
            throw .noRun(experiment: experiment, path: folder)
        }
        return try RunArchive(path: folder.appending(newest.text))
    }

    /// The identifiers of the experiment's runs in the order in which they were begun.
    public static func runs(experiment: String, in results: FilePath) throws(ArchiveError) -> [RunIdentifier] {
        let folder = try runsFolder(experiment: experiment, in: results)
        return FileSystem.isFolder(folder) ? try runs(in: folder) : []
    }

    private static func runs(in folder: FilePath) throws(ArchiveError) -> [RunIdentifier] {
        // A name that starts with a dot is of a run that is being created.
        try FileSystem.names(in: folder).filter { !$0.hasPrefix(".") && FileSystem.isFolder(folder.appending($0)) }
            .map(RunIdentifier.init(text:)).sorted()
    }

    static func runsFolder(experiment: String, in results: FilePath) throws(ArchiveError) -> FilePath {
        results.appending(try fitName(experiment)).appending("runs")
    }

    /// The name as it was given, once it is known to be fit for a folder.
    static func fitName(_ name: String) throws(ArchiveError) -> String {
        let isFit = !name.isEmpty && !name.hasPrefix(".") && !name.contains { $0 == "/" || $0 == "\0" }
        guard isFit, name.utf8.count <= 200 else { throw .unfitName(name) }
        return name
    }

    /// The run's name: its folder's.
    public var identifier: RunIdentifier { RunIdentifier(text: path.lastComponent?.string ?? path.string) }

    /// The experiment's file as it was when the run was begun.
    public func declarationText() throws(ArchiveError) -> String {
        String(decoding: try FileSystem.read(path.appending("declaration.yaml")), as: UTF8.self)
    }

    /// Where a finished trial's files lie, or will lie.
    public func folder(ofTrial identifier: String) -> TrialFolder {
        TrialFolder(path: path.appending("trials").appending(identifier))
    }

    /// Where a failed attempt's files lie, or would lie.
    public func folder(ofTrial identifier: String, failedAttempt attempt: Int) -> TrialFolder {
        TrialFolder(path: path.appending("failed").appending("\(identifier)-attempt-\(attempt)"))
    }

    /// The records of all finished trials, in the plan's order.
    public func completedTrials() throws(ArchiveError) -> [TrialRecord] {
        try records(in: "trials") { folder(ofTrial: $0.identifier) }
    }

    /// The records of all failed attempts, in the plan's order and then by attempt.
    public func failedAttempts() throws(ArchiveError) -> [TrialRecord] {
        try records(in: "failed") { folder(ofTrial: $0.identifier, failedAttempt: $0.attempt) }
    }

    /// The trials that are neither finished nor failed for good, in the plan's order, each with the number that its
    /// next attempt has, from 1. A trial has failed for good once it failed one time more than the schedule's retries.
    public func openTrials() throws(ArchiveError) -> [(trial: PlannedTrial, attempt: Int)] {
        let finished = Set(try completedTrials().map(\.identifier))
        var failures: [String: Int] = [:]
        for record in try failedAttempts() { failures[record.identifier, default: 0] += 1 }
        return plan.trials.sorted { $0.order < $1.order }.compactMap { trial in
            let failed = failures[trial.identifier] ?? 0
            guard !finished.contains(trial.identifier), failed <= plan.schedule.retries else { return nil }
            return (trial, failed + 1)
        }
    }

    /// Whether nothing is left to run: every trial is finished or has failed for good.
    public func isComplete() throws(ArchiveError) -> Bool { try openTrials().isEmpty }

    private func records(
        in name: String, expectedFolder: (TrialRecord) -> TrialFolder
    ) throws(ArchiveError) -> [TrialRecord] {
        let folder = path.appending(name)
        let planned = Set(plan.trials.map(\.identifier))
        var records: [TrialRecord] = []
        for name in try FileSystem.names(in: folder) {
            let stored = TrialFolder(path: folder.appending(name))
            let record = try StoredJSON.read(TrialRecord.self, from: stored.record, supportedVersion: 1)
            guard planned.contains(record.identifier), expectedFolder(record) == stored else {
                throw .unreadable(
                    path: stored.record,
                    complaint: "speaks of attempt \(record.attempt) at \(record.identifier), which does not belong here"
                )
            }
            records.append(record)
        }
        return records.sorted { ($0.order, $0.attempt) < ($1.order, $1.attempt) }
    }
}
