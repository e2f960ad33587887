import Auditing
import Experiments
import Monitoring
import Testing

@Suite("Audits of processes without traces")
struct ProcessAuditTests {
    private func cell(
        _ wallTimes: [Double], provenance: (Int) -> String = { _ in "b" }, machine: MachineEvidence = MachineEvidence()
    ) -> CellEvidence {
        CellEvidence(
            trials: wallTimes.enumerated().map { index, value in
                TrialEvidence(
                    withoutTrace: "trial \(index)", block: index, cellIndex: 0, order: index,
                    provenance: ["binary": provenance(index)], machine: machine,
                    figures: [ProcessFigure(metric: .wallTime, value: value)])
            }, shownStages: [])
    }

    @Test("audits of events are not applicable, and are named; nothing of them is found")
    func notApplicable() {
        let evidence = cell([1, 2, 1])
        #expect(
            AuditCatalogue.unapplied(to: [evidence]).filter { $0.reason == "no trace of events" }.map(\.audit) == [
                "drops", "conservation", "clock", "pairing", "floor", "overshoot", "stage-sum", "little",
                "response-time-law", "oracle", "load-delivered", "observer", "censoring", "steady-state",
            ])
        #expect(!AuditCatalogue.unapplied(to: [SteadySystem.cell()]).contains { $0.reason == "no trace of events" })
        let audits = Set(AuditCatalogue.findings(in: [evidence]).map(\.audit))
        #expect(audits == ["environment"], "what the machine cannot tell is a note")
    }

    @Test("figures that drift over the blocks are doubtful; the same in another order are not")
    func independence() {
        let drifting = (0..<20).map { 1e6 * (1 + 0.01 * Double($0)) }
        let findings = IndependenceAudit().findings(in: cell(drifting))
        #expect(findings.map(\.severity) == [.doubtful])
        #expect(
            findings.first?.sentence.hasPrefix(
                "Trials resemble those that ran before them: the lag-1 correlation of wall-time over 20 blocks is")
                ?? false)
        let mixed = [7, 0, 19, 4, 12, 1, 16, 9, 3, 18, 6, 14, 2, 11, 5, 17, 8, 13, 10, 15].map { drifting[$0] }
        #expect(IndependenceAudit().findings(in: cell(mixed)) == [])
    }

    @Test("unlike programs, missing trials, a single process and a busy machine are found as ever")
    func others() {
        func severities(_ evidence: CellEvidence, _ audit: String) -> [Finding.Severity] {
            AuditCatalogue.findings(in: [evidence]).filter { $0.audit == audit }.map(\.severity)
        }
        #expect(severities(cell([1, 2]) { "\($0)" }, "provenance") == [.invalid])
        #expect(severities(cell([1]), "sample-size") == [.note])
        var missing = cell([1, 2])
        missing.missing = [MissingTrialEvidence(identifier: "x", reason: "It hung.")]
        #expect(severities(missing, "missing-trials") == [.doubtful])
        var environment = EnvironmentFigures()
        environment.stealShare = 0.9
        let busy = cell([1, 2], machine: MachineEvidence(environment: environment))
        #expect(severities(busy, "environment") == [.doubtful, .note])
    }
}
