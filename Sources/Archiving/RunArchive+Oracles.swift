// Beside each finished trial of the wall clock lies its oracle: the same cell, seed and schedule in virtual time, so that
// what the machine added can be told from what there was to find. It is stored under the trial's own identifier:
//
//     oracle/<trial>/          trial.json, trace, output.txt, errors.txt
//
// There is one attempt at each, since a run in virtual time does the same each time. One that failed is stored with its
// reason, and then there is no oracle for that trial.

import Experiments
import SystemPackage

extension RunArchive {
    /// Where the oracle of a trial lies, or will lie.
    public func folder(ofOracle identifier: String) -> TrialFolder {
        TrialFolder(path: path.appending("oracle").appending(identifier))
    }

    /// The records of all oracles, finished and failed, in the plan's order; their identifiers are those of their trials.
    public func oracleTrials() throws(ArchiveError) -> [TrialRecord] {
        var records: [TrialRecord] = []
        for trial in plan.trials.sorted(by: { $0.order < $1.order }) {
            let stored = folder(ofOracle: trial.identifier)
            guard FileSystem.isFolder(stored.path) else { continue }
            let record = try record(of: trial, in: stored)
            guard record.attempt == 1 else {
                throw .unreadable(
                    path: stored.record, complaint: "speaks of attempt \(record.attempt), and an oracle has one")
            }
            records.append(record)
        }
        return records
    }

    /// The finished trials that should have an oracle and have none yet, in the plan's order.
    public func openOracles() throws(ArchiveError) -> [PlannedTrial] {
        let finished = Set(try completedTrials().map(\.identifier))
        return plan.trials.sorted { $0.order < $1.order }.filter { trial in
            finished.contains(trial.identifier) && plan.cells[trial.cellIndex].oracle(of: plan.program) != nil
                && !FileSystem.isFolder(folder(ofOracle: trial.identifier).path)
        }
    }
}

extension RunWriter {
    /// Stages a folder for the oracle of a trial, as ``stage(_:attempt:)`` does for an attempt.
    ///
    /// - Throws: ``ArchiveError/alreadyStored(path:)`` when the oracle is stored.
    public func stageOracle(of trial: PlannedTrial) throws(ArchiveError) -> TrialFolder {
        try stage(as: "\(trial.identifier)-oracle", unlessStored: [archive.folder(ofOracle: trial.identifier)])
    }

    /// Stores an oracle for good, finished or failed, and returns where. When this returns, all of it is on the disk; if
    /// it throws, the oracle counts as never run.
    ///
    /// - Parameter folder: As ``stageOracle(of:)`` returned it.
    @discardableResult
    public func commitOracle(_ record: TrialRecord, in folder: TrialFolder) throws(ArchiveError) -> TrialFolder {
        let target = archive.folder(ofOracle: record.identifier)
        // Runs of older releases have no such folder, and those without oracles need none.
        try archive.fileSystem.createFolders(target.path.removingLastComponent())
        return try commit(record, in: folder, to: target)
    }
}
