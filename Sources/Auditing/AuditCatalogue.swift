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

    /// The findings of all audits over all cells of an experiment: most severe first, then in the catalogue's order and
    /// the cells' order, each once.
    public static func findings(in cells: [CellEvidence]) -> [Finding] {
        let together = CellEvidence(
            trials: cells.flatMap(\.trials), missing: cells.flatMap(\.missing), limits: cells.first?.limits ?? Limits(),
            shownStages: cells.first?.shownStages ?? Stage.allCases)
        var findings: [Finding] = []
        for audit in all {
            let evidence = audit.scope == .cell ? cells : [together]
            for finding in evidence.flatMap(audit.findings(in:)) where !findings.contains(finding) {
                findings.append(finding)
            }
        }
        return Finding.bySeverity(findings)
    }
}

extension Finding {
    /// Findings in the order that lists of them have: most severe first, and as they come among equals.
    public static func bySeverity(_ findings: [Finding]) -> [Finding] {
        Severity.allCases.reversed().flatMap { severity in findings.filter { $0.severity == severity } }
    }
}
