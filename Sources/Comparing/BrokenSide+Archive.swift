import Analysis
import Archiving
import Auditing
import Experiments
import Gating
import SystemPackage

extension BrokenSide {
    /// The first side of which no trial in some cell has numbers; nil where every side of every cell has some.
    ///
    /// - Parameters:
    ///   - archive: As far as it was run.
    ///   - missing: Its trials without numbers.
    static func first(in archive: RunArchive, missing: [MissingTrial]) throws(ArchiveError) -> BrokenSide? {
        let plan = archive.plan
        let reasons = Dictionary(missing.map { ($0.identifier, $0.reason) }) { first, _ in first }
        for cell in plan.cells {
            let trials = plan.trials.filter { $0.cellIndex == cell.index }.sorted { $0.order < $1.order }
            guard let last = trials.last, let reason = reasons[last.identifier],
                trials.allSatisfy({ reasons[$0.identifier] != nil })
            else { continue }
            let sides = plan.sides
            let attempt = try archive.failedAttempts().last { $0.identifier == last.identifier }
            return BrokenSide(
                experiment: sides.isEmpty
                    ? plan.experiment : String(plan.experiment.dropLast(ComparisonPlanner.suffix.count)),
                side: sides.isEmpty ? .candidate : sides[cell.index % sides.count], cell: cell.titleWithoutSide,
                trialCount: trials.count, reason: "\(last.identifier): \(reason)",
                folder: attempt.map {
                    archive.folder(ofTrial: $0.identifier, failedAttempt: $0.attempt).path.string
                })
        }
        return nil
    }
}

extension Cell {
    /// The cell as it is called without its side; empty where there is only one.
    var titleWithoutSide: String {
        var bare = self
        bare.choices.removeAll { $0.factor == Side.factorName }
        return bare.choices.isEmpty ? "" : bare.title
    }
}
