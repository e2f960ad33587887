import Auditing
import Selftesting
import TestSupport
import Testing

@testable import Reporting

@Suite("The report of a self-test")
struct SelftestReportTests {
    /// One fault that `conservation` calls doubtful from its second size on and invalid from its fourth, that `drops` calls
    /// doubtful at its first size alone, and that nothing else sees.
    private var result: SelftestResult {
        let fault = FaultCatalogue.all[0]
        let verdicts = fault.sizes.indices.map { place in
            var findings: [Finding] = []
            if place > 0 { findings.append(finding("conservation", place > 2 ? .invalid : .doubtful)) }
            if place == 0 { findings.append(finding("drops", .doubtful)) }
            return AuditVerdicts(findings)
        }
        var alarms = FalseAlarms()
        for _ in 0..<199 { alarms.add(AuditVerdicts([])) }
        alarms.add(AuditVerdicts([finding("clock", .doubtful)]))
        return SelftestResult(
            selftest: Selftest(seed: 7, cleanRunCount: 200, faults: [fault]), falseAlarms: alarms,
            outcomes: [FaultOutcome(fault: fault, verdicts: verdicts)])
    }

    private func finding(_ audit: String, _ severity: Finding.Severity) -> Finding {
        Finding(audit: audit, severity: severity, sentence: "It is off.", remedy: "None.")
    }

    @Test("is the same text as when it was last read")
    func text() throws {
        let outcome = try Golden.compare(SelftestReport(of: result).text, with: "selftest.txt")
        #expect(outcome.complaint == nil)
    }

    @Test("is the same Markdown as when it was last read")
    func markdown() throws {
        let outcome = try Golden.compare(SelftestReport(of: result).markdown, with: "selftest.md")
        #expect(outcome.complaint == nil)
    }
}
