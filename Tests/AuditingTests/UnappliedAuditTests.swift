import Auditing
import Testing
import TraceModel

@Suite("Audits that could not be applied")
struct UnappliedAuditTests {
    private func unapplied(_ cells: [CellEvidence]) -> [String: String] {
        Dictionary(
            uniqueKeysWithValues: AuditCatalogue.unapplied(to: cells).map { ($0.audit, $0.reason) })
    }

    @Test("of the system that runs like clockwork only what needs more trials or a twin is not judged")
    func steady() {
        #expect(
            AuditCatalogue.unapplied(to: [SteadySystem.cell()]) == [
                UnappliedAudit(audit: "oracle", reason: "no virtual twin"),
                UnappliedAudit(audit: "independence", reason: "1 of 10 blocks needed"),
            ])
    }

    @Test("with twins and ten blocks every audit is applied")
    func all() {
        let cell = SteadySystem.cell(trials: 10) { trial, _ in trial.oracle = .found(SteadySystem.stages) }
        #expect(AuditCatalogue.unapplied(to: [cell]) == [])
    }

    @Test("one twin is too few")
    func oneTwin() {
        let cell = SteadySystem.cell { trial, index in if index == 0 { trial.oracle = .found(SteadySystem.stages) } }
        #expect(unapplied([cell])["oracle"] == "1 of 2 virtual twins needed")
    }

    @Test("what keeps an audit from one cell and not from others says how many")
    func someCells() {
        let byRequest = SteadySystem.cell { trial, _ in trial.byThread = nil }
        #expect(
            unapplied([byRequest, SteadySystem.cell(), SteadySystem.cell()])["pairing"]
                == "no figures by thread in 1 of 3 cells")
        #expect(unapplied([byRequest, byRequest])["pairing"] == "no figures by thread")
    }

    @Test("a cell without a trial is the concern of missing-trials, and does not count")
    func emptyCells() {
        #expect(AuditCatalogue.unapplied(to: [CellEvidence(trials: [])]) == [])
        #expect(unapplied([CellEvidence(trials: []), SteadySystem.cell()]) == unapplied([SteadySystem.cell()]))
    }

    @Test("a trace alone has no plan, no other trial, and nobody who watched the machine")
    func traceAlone() {
        var trial = SteadySystem.trial(byThread: false)
        trial.machine = .init(clientsSeen: SteadySystem.clients)
        trial.provenance = [:]
        let found = unapplied([CellEvidence(trials: [trial], isTraceAlone: true)])
        #expect(
            found == [
                "clock": "nothing known of the clock", "pairing": "no figures by thread", "oracle": "no virtual twin",
                "environment": "machine not watched", "observer": "cost of recording unknown",
                "steady-state": "too few spans", "independence": "1 of 10 blocks needed", "missing-trials": "no plan",
                "provenance": "one trial",
            ])
    }

    @Test("in virtual time what is of the machine is not judged")
    func virtual() {
        let found = unapplied([SteadySystem.cell { trial, _ in trial.trace.clock = .virtual }])
        for audit in ["clock", "oracle", "environment", "observer"] {
            #expect(found[audit] == "virtual time", "\(audit)")
        }
        #expect(found["overshoot"] == nil)
    }

    @Test("without the events that a rule is about it cannot be applied")
    func noEvents() {
        let found = unapplied([
            CellEvidence(trials: [SteadySystem.trial([.init(nanoseconds: 5, kind: .measurementStart)])])
        ])
        #expect(found["conservation"] == "no stage with both its events")
        #expect(found["little"] == "an empty window")
        #expect(found["stage-sum"] == "no stage outbound-network")
        #expect(found["response-time-law"] == "no request done")
        #expect(found["censoring"] == "nothing started in the window")
        #expect(found["overshoot"] == "no write with a known delay")
    }

    @Test("what the load decides")
    func load() {
        var cell = SteadySystem.cell { trial, _ in trial.load.clients = nil }
        #expect(unapplied([cell])["load-delivered"] == "number of clients unknown")
        // Other programs are judged by the clients that are seen.
        #expect(unapplied([cell])["response-time-law"] == nil)
        cell = SteadySystem.cell { trial, _ in trial.load = .init(clients: 20) }
        #expect(unapplied([cell])["response-time-law"] == "unknown delays")
        cell = SteadySystem.cell { trial, index in trial.load.permits = 8 + index }
        #expect(unapplied([cell])["response-time-law"] == "trials of unlike loads")
        cell = SteadySystem.cell { trial, _ in trial.load.hasStalls = true }
        #expect(unapplied([cell])["overshoot"] == "a store that stands still by design")
        #expect(unapplied([cell])["steady-state"] == nil)
        for index in cell.trials.indices { cell.trials[index].halves = [] }
        #expect(unapplied([cell])["steady-state"] == "a store that stands still by design")
    }

    /// Evidence of many kinds, in which few audits can be applied or many object.
    private static let evidence: [CellEvidence] = {
        var single = CellEvidence(trials: [SteadySystem.trial()], isTraceAlone: true)
        single.trials[0].machine = .init()
        var open = SteadySystem.trial(SteadySystem.openLoopEvents())
        open.stages[.response] = SteadySystem.stage(12)
        return [
            SteadySystem.cell(), single, CellEvidence(trials: [open], shownStages: [.request]),
            SteadySystem.cell { trial, _ in trial.trace.clock = .virtual },
            SteadySystem.cell { trial, _ in trial.load = .init() },
            SteadySystem.cell { trial, index in trial.load.permits = 1 + index },
            SteadySystem.cell { trial, _ in trial.trace.eventCount = 0 },
            SteadySystem.cell { trial, _ in trial.overshoot = nil },
            CellEvidence(trials: [SteadySystem.trial([.init(nanoseconds: 5, kind: .measurementStart)])]),
            SteadySystem.cell(SteadySystem.events().filter { $0.kind != .requestDone }),
            SteadySystem.cell(SteadySystem.events().filter { $0.kind != .persistStart }),
            SteadySystem.cell(SteadySystem.events().filter { $0.kind != .requestNonblock }),
        ]
    }()

    @Test("an audit that was not applied has found nothing but notes", arguments: AuditCatalogue.all.indices)
    func silent(index: Int) {
        let audit = AuditCatalogue.all[index]
        for (number, evidence) in Self.evidence.enumerated() where audit.obstacle(in: evidence) != nil {
            let worst = audit.findings(in: evidence).map(\.severity).max() ?? .note
            #expect(worst == .note, "\(audit.identifier), evidence \(number)")
        }
    }
}
