import Auditing
import Pairing
import Testing
import TraceModel

@Suite("Audits of the pairing by thread")
struct PairingAuditTests {
    /// The seed's mistake: the writes run on four threads, and change them while they sleep.
    static let migrating = SteadySystem.events().map { event in
        var event = event
        switch event.kind {
        case .persistStart: event.thread = 500 + UInt32(event.request % 4)
        case .persistDone: event.thread = 500 + UInt32((event.request / 4) % 4)
        default: break
        }
        return event
    }

    @Test("writes that change threads condemn the pairing by thread, and leave the one by request alone")
    func migration() {
        let cell = SteadySystem.cell(Self.migrating)
        let findings = AuditCatalogue.findings(in: [cell])
        #expect(findings.allSatisfy { $0.subject == "by thread" })
        #expect(Set(findings.map(\.audit)) == ["pairing", "floor", "little"])
        #expect(findings.contains { $0.severity == .invalid })
        let counts = cell.trials.map { $0.byThread!.stages[.persist]!.counts }.reduce(PairingCounts(), +)
        #expect(counts.mismatchedRequests > counts.paired / 2)
        let finding = PairingAudit().findings(in: cell).first
        #expect(
            finding?.remedy
                == "Use the figures by request: the identifier is the same at start and done, the thread is not.")
    }

    @Test("the sentence says how many were lost and how many are joined from strangers")
    func sentence() {
        var cell = SteadySystem.cell()
        for index in cell.trials.indices {
            cell.trials[index].byThread?.stages[.persist]?.counts.paired = 379
            cell.trials[index].byThread?.stages[.persist]?.counts.mismatchedRequests = 117
            cell.trials[index].byThread?.stages[.persist]?.counts.starts = 981
            cell.trials[index].byRequest.stages[.persist]?.counts.changedThread = 1000
            cell.trials[index].byRequest.stages[.persist]?.counts.open = 0
        }
        #expect(
            sentences(PairingAudit(), cell) == [
                "invalid, by thread: By thread, of 1,962 writes that started, 1,204 got no span, and 31 % of the spans "
                    + "join the start of one request with the done of another; by request, 25 % of them ended on "
                    + "another thread."
            ])
    }

    @Test("a mark that nothing ever matches has no spans, and the sentence says so")
    func nothingMatches() {
        let events = SteadySystem.events().map { event in
            var event = event
            if event.kind == .persistStart { event.thread = 1 + event.client }
            return event
        }
        let cell = SteadySystem.cell(events)
        let findings = sentences(PairingAudit(), cell)
        #expect(findings.count == 1)
        #expect(
            findings.first
                == "invalid, by thread: By thread, of 8,000 writes that started, 7,992 got no span, and no span "
                + "was made; by request, 100 % of them ended on another thread.")
    }

    @Test("where every operation has a thread of its own, and where by thread is not shown, there is nothing to say")
    func accepts() {
        #expect(PairingAudit().findings(in: SteadySystem.cell()) == [])
        let cell = CellEvidence(trials: [SteadySystem.trial(Self.migrating, byThread: false)])
        #expect(PairingAudit().findings(in: cell) == [])
    }

    @Test("a loss below 1 % is a note")
    func small() {
        var cell = SteadySystem.cell()
        cell.trials[0].byThread?.stages[.persist]?.counts.mismatchedRequests = 5
        #expect(PairingAudit().findings(in: cell).map(\.severity) == [.note])
    }
}
