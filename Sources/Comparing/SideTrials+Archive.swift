import Analysis
import Archiving
import Auditing
import Experiments
import Gating

extension SideTrials {
    /// What became of each side's trials, in the plan's order of sides; of an ordinary run they are the candidate's.
    ///
    /// - Parameters:
    ///   - archive: As far as it was run.
    ///   - missing: Its trials without numbers.
    static func all(of archive: RunArchive, missing: [MissingTrial]) throws(ArchiveError) -> [SideTrials] {
        let plan = archive.plan
        let sides = plan.sides.isEmpty ? [Side.candidate] : plan.sides
        let lost = Set(missing.map(\.identifier))
        let failed = Dictionary(grouping: try archive.failedAttempts(), by: \.identifier).mapValues(\.count)
        var all = sides.map { SideTrials(side: $0, trialCount: 0, lostCount: 0, repeatedCount: 0) }
        for trial in plan.trials {
            let side = trial.cellIndex % sides.count
            let failures = failed[trial.identifier] ?? 0
            all[side].trialCount += 1
            if lost.contains(trial.identifier) {
                all[side].lostCount += 1
                // The last of its attempts was not made once more.
                all[side].repeatedCount += max(0, failures - 1)
            } else {
                all[side].repeatedCount += failures
            }
        }
        return all
    }
}
