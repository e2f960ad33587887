import Experiments
import TraceModel

/// All audits there are, in the order in which reports list them: first whether the data are whole, then whether they
/// are what they claim to be, then what may be concluded from them.
public enum AuditCatalogue {
    public static let all: [any Audit] = [
        DropsAudit(), ConservationAudit(), ClockAudit(), PairingAudit(), FloorAudit(), OvershootAudit(),
        StageSumAudit(), LittleAudit(), ResponseTimeLawAudit(), OracleAudit(), LoadDeliveredAudit(),
        EnvironmentAudit(), ObserverAudit(), CensoringAudit(), SteadyStateAudit(), IndependenceAudit(),
        SampleSizeAudit(), MissingTrialsAudit(), ProvenanceAudit(),
    ]

    private static func isApplicable(_ audit: any Audit, to evidence: CellEvidence) -> Bool {
        !audit.needsTrace || evidence.trials.allSatisfy(\.hasTrace)
    }

    /// The findings of all audits over all cells of an experiment: lost events and damage first, since much else follows from
    /// them, then the most severe first, then in the catalogue's order and the cells' order, each once. Audits of events judge no
    /// trial without a trace.
    public static func findings(in cells: [CellEvidence]) -> [Finding] {
        let together = together(cells)
        var findings: [Finding] = []
        for audit in all where isApplicable(audit, to: together) {
            let evidence = audit.scope == .cell ? cells : [together]
            for finding in evidence.flatMap(audit.findings(in:)) where !findings.contains(finding) {
                findings.append(finding)
            }
        }
        return Finding.inOrder(findings)
    }

    /// The audits that could not be applied, in the catalogue's order. Cells without a trial are left out: of what is not there
    /// the audit `missing-trials` speaks.
    public static func unapplied(to cells: [CellEvidence]) -> [UnappliedAudit] {
        let judged = cells.filter { !$0.trials.isEmpty }
        guard !judged.isEmpty else { return [] }
        let together = together(judged)
        return all.compactMap { audit in
            let evidence = audit.scope == .cell ? judged : [together]
            let obstacles = evidence.compactMap { cell in
                isApplicable(audit, to: cell) ? audit.obstacle(in: cell) : Obstacle.noTrace
            }
            return UnappliedAudit(audit: audit.identifier, obstacles: obstacles, of: evidence.count)
        }
    }

    /// All trials as those of one cell.
    private static func together(_ cells: [CellEvidence]) -> CellEvidence {
        CellEvidence(
            trials: cells.flatMap(\.trials), missing: cells.flatMap(\.missing), limits: cells.first?.limits ?? Limits(),
            shownStages: cells.first?.shownStages ?? Stage.allCases,
            isTraceAlone: !cells.isEmpty && cells.allSatisfy(\.isTraceAlone))
    }
}

extension Finding {
    /// Findings in the order that lists of them have: lost events and damage first, since much else follows from them; then the
    /// most severe first, and as they come among equals.
    public static func inOrder(_ findings: [Finding]) -> [Finding] {
        let cause = DropsAudit().identifier
        let bySeverity = Severity.allCases.reversed().flatMap { severity in
            findings.filter { $0.severity == severity }
        }
        return bySeverity.filter { $0.audit == cause } + bySeverity.filter { $0.audit != cause }
    }
}
