// What is on the disk for one run of one experiment, as a reader sees it:
//
//     Results/<experiment>/runs/<run>/
//         plan.json            the Plan
//         declaration.yaml     the experiment's file as it was, byte for byte
//         trials/<trial>/      each finished trial: trial.json, trace, output.txt, errors.txt, environment.csv
//         failed/<trial>-attempt-<n>/    each failed attempt, with the same files as far as they came to be
//         oracle/<trial>/      for finished trials of the wall clock: the same in virtual time (RunArchive+Oracles.swift)
//         staging/             what runs now; never read. In it, the program works in a folder `work` of its own, out
//                              of which its trace is taken at the end; what else it leaves there is kept beside
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
        let planPath = path.appending("plan.json")
        plan = try StoredJSON.read(Plan.self, from: planPath, supportedVersion: Plan.currentVersion)
        if let contradiction = PlanCheck.contradiction(in: plan) {
            throw .unreadable(path: planPath, complaint: "is no plan that can be run: it \(contradiction)")
        }
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
        // Another name is a stranger's, or that of a run that is being created.
        try FileSystem.names(in: folder).filter { FileSystem.isFolder(folder.appending($0)) }
            .compactMap(RunIdentifier.init(name:)).sorted()
    }

    static func runsFolder(experiment: String, in results: FilePath) throws(ArchiveError) -> FilePath {
        try experimentFolder(experiment, in: results).appending("runs")
    }

    /// - Throws: ``ArchiveError/unfitName(_:)`` also where the folder of all results has no name: the empty path would
    ///   be the working directory, which nobody asks for in that way.
    static func experimentFolder(_ experiment: String, in results: FilePath) throws(ArchiveError) -> FilePath {
        if results.isEmpty { throw .unfitName("") }
        return results.appending(try fitName(experiment))
    }

    /// The name as it was given, once it is known to be fit for a folder.
    static func fitName(_ name: String) throws(ArchiveError) -> String {
        guard isFit(name) else { throw .unfitName(name) }
        return name
    }

    static func isFit(_ name: String) -> Bool {
        !name.isEmpty && !name.hasPrefix(".") && !name.contains { $0 == "/" || $0 == "\0" } && name.utf8.count <= 200
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

    /// Where the record's files belong.
    func folder(of record: TrialRecord) -> TrialFolder {
        switch record.outcome {
        case .finished: folder(ofTrial: record.identifier)
        case .failed: folder(ofTrial: record.identifier, failedAttempt: record.attempt)
        }
    }

    /// The records of all finished trials, in the plan's order.
    public func completedTrials() throws(ArchiveError) -> [TrialRecord] {
        var records: [TrialRecord] = []
        for trial in plan.trials.sorted(by: { $0.order < $1.order }) {
            let stored = folder(ofTrial: trial.identifier)
            if FileSystem.isFolder(stored.path) { records.append(try record(of: trial, in: stored)) }
        }
        return records
    }

    /// The records of all failed attempts, in the plan's order and then by attempt.
    public func failedAttempts() throws(ArchiveError) -> [TrialRecord] {
        let failed = path.appending("failed")
        // Git and many another tool that carries files does not carry a folder that holds none.
        guard FileSystem.isFolder(failed) else { return [] }
        let trials = Dictionary(uniqueKeysWithValues: plan.trials.map { ($0.identifier, $0) })
        var records: [TrialRecord] = []
        for name in try FileSystem.names(in: failed) {
            // A name of another form is a stranger's.
            guard let match = name.wholeMatch(of: /(.+)-attempt-([1-9][0-9]*)/), let trial = trials[String(match.1)]
            else { continue }
            records.append(try record(of: trial, in: TrialFolder(path: failed.appending(name))))
        }
        return records.sorted { ($0.order, $0.attempt) < ($1.order, $1.attempt) }
    }

    /// Reads a record, which must be of the trial and of the folder that it lies in.
    func record(of trial: PlannedTrial, in stored: TrialFolder) throws(ArchiveError) -> TrialRecord {
        let record = try StoredJSON.read(
            TrialRecord.self, from: stored.record, supportedVersion: TrialRecord.currentVersion)
        let places = [folder(of: record), folder(ofOracle: record.identifier)]
        guard record.identifier == trial.identifier, places.contains(stored) else {
            throw .unreadable(
                path: stored.record,
                complaint: "speaks of attempt \(record.attempt) at \(record.identifier), which does not belong here")
        }
        let planned = PlannedTrial(
            identifier: record.identifier, order: record.order, block: record.block, cellIndex: record.cellIndex,
            seed: record.seed)
        guard planned == trial else {
            throw .unreadable(
                path: stored.record, complaint: "speaks of \(trial.identifier) otherwise than the plan does")
        }
        return record
    }

    /// The trials that are neither finished nor failed for good, in the plan's order, each with the number that its
    /// next attempt has, from 1. A trial has failed for good once it failed one time more than the schedule's retries.
    public func openTrials() throws(ArchiveError) -> [(trial: PlannedTrial, attempt: Int)] {
        let finished = Set(try completedTrials().map(\.identifier))
        // The last attempt's number, not a count: an attempt that was removed since was made all the same.
        var failures: [String: Int] = [:]
        for record in try failedAttempts() {
            failures[record.identifier] = max(failures[record.identifier] ?? 0, record.attempt)
        }
        return plan.trials.sorted { $0.order < $1.order }.compactMap { trial in
            let failed = failures[trial.identifier] ?? 0
            guard !finished.contains(trial.identifier), failed <= plan.schedule.retries else { return nil }
            return (trial, failed + 1)
        }
    }

    /// Whether no trial is left to run: every one is finished or has failed for good. Oracles are not counted.
    public func isComplete() throws(ArchiveError) -> Bool { try openTrials().isEmpty }
}
