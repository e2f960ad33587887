import Auditing
import Experiments
import TraceModel

extension Verdict {
    /// The worst finding that concerns each pairing, or, where there is none, the worst: one `invalid` makes it invalid, one
    /// `doubtful` doubtful.
    public init(of findings: [Finding], pairings: [PairingKey]) {
        self.init(
            byPairing: pairings.map { pairing in
                let concerning = findings.filter { $0.subject == nil || $0.subject == Self.subject(pairing) }
                return PairingVerdict(pairing: pairing, level: Level(concerning))
            }, ofProcesses: pairings.isEmpty ? Level(findings) : nil)
    }

    /// What findings that concern one pairing name as their subject.
    fileprivate static func subject(_ pairing: PairingKey) -> String { "by \(pairing.rawValue)" }
}

extension Verdict.Level {
    fileprivate init(_ findings: [Finding]) {
        switch findings.map(\.severity).max() {
        case .invalid: self = .invalid
        case .doubtful: self = .doubtful
        case .note, nil: self = .trusted
        }
    }

    /// The worst of the findings that touch what a hypothesis rests on. Doubt about another cell, stage or pairing than
    /// its own is not doubt about it.
    ///
    /// - Parameter cells: The titles of the cells that it selects.
    init(of findings: [Finding], for hypothesis: Hypothesis, cells: [String]) {
        let pairings: [PairingKey] =
            switch hypothesis.claim {
            case .equivalent(along: .pairing, _), .varies(along: .pairing, _), .rises(along: .pairing),
                .falls(along: .pairing):
                PairingKey.allCases
            // Counts come from the events themselves, of which the audits by request speak.
            case _ where !hypothesis.metric.dependsOnPairing: [.request]
            default: [hypothesis.pairing]
            }
        let subjects = pairings.map(Verdict.subject)
        let stage = hypothesis.metric.stage
        self.init(
            findings.filter { finding in
                finding.subject.map(subjects.contains) ?? true && finding.cell.map(cells.contains) ?? true
                    && (stage == nil || finding.stage == nil || finding.stage == stage)
            })
    }
}
