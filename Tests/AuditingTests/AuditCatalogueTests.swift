import Auditing
import Foundation
import Testing
import TraceModel

@Suite("The catalogue of audits")
struct AuditCatalogueTests {
    @Test("a system that runs like clockwork passes every audit")
    func accepts() {
        #expect(AuditCatalogue.findings(in: [SteadySystem.cell()]) == [])
    }

    @Test("the names and their order are public, and no two are alike")
    func names() {
        #expect(
            AuditCatalogue.all.map(\.identifier) == [
                "drops", "conservation", "clock", "pairing", "floor", "overshoot", "stage-sum", "little",
                "response-time-law", "oracle", "load-delivered", "environment", "observer", "censoring", "steady-state",
                "independence", "sample-size", "missing-trials", "provenance",
            ])
    }

    @Test(
        "lost events and damage come first, then the most severe findings; each opens with its cell, and the experiment's own come once"
    )
    func order() {
        var (left, right) = (SteadySystem.cell(), SteadySystem.cell())
        left.label = "clients 15"
        right.label = "clients 125"
        right.trials[0].trace.isClosed = false
        left.trials[0].provenance["host"] = "bench-2"
        let findings = AuditCatalogue.findings(in: [left, right])
        #expect(findings.map(\.audit) == ["drops", "provenance"])
        #expect(findings.map(\.severity) == [.doubtful, .invalid])
        #expect(
            findings.map(\.sentence) == [
                "clients 125: block-00-cell-000: the trace was never closed, so the program was killed or crashed.",
                "Trials that differ in host are pooled: bench-2 (1 trial), bench-1 (3 trials).",
            ])
        left.trials[0].machine.clock?.largestResidualNanoseconds = 1e6
        #expect(AuditCatalogue.findings(in: [left, right]).map(\.audit) == ["drops", "provenance", "clock"])
    }

    @Test("the handbook's table lists exactly these audits, in this order")
    func handbook() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "docs/audits.md"), encoding: .utf8)
        let rows = text.split(separator: "\n").drop { !$0.hasPrefix("| audit |") }.dropFirst(2)
            .prefix { $0.hasPrefix("|") }
        let names = rows.map { $0.split(separator: "`")[1] }
        #expect(names.map(String.init) == AuditCatalogue.all.map(\.identifier))
    }

    @Test("no trials and no events are judged without a trap")
    func nothing() {
        #expect(AuditCatalogue.findings(in: []) == [])
        #expect(AuditCatalogue.findings(in: [CellEvidence(trials: [])]) == [])
        let empty = CellEvidence(trials: [SteadySystem.trial([.init(nanoseconds: 5, kind: .measurementStart)])])
        #expect(AuditCatalogue.findings(in: [empty]).map(\.audit) == ["sample-size", "sample-size"])
    }
}
