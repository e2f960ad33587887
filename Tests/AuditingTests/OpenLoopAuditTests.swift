import Auditing
import Pairing
import Testing
import TraceModel

@Suite("Audits of open loops and of virtual time")
struct OpenLoopAuditTests {
    private let cell = SteadySystem.cell(SteadySystem.openLoopEvents())

    @Test("an open loop that runs like clockwork passes every audit, and its responses are looked at")
    func accepts() {
        #expect(AuditCatalogue.findings(in: [cell]) == [])
        #expect(cell.trials[0].byRequest.stages[.response]!.counts.paired > 3900)
        #expect(cell.trials[0].byThread?.stages[.response]?.counts.mismatchedRequests == 0)
    }

    @Test("the law of closed loops and the bound by their cycles are not applied, the bound by the permits is")
    func responseTimeLaw() {
        var cell = cell
        for index in cell.trials.indices {
            cell.trials[index].load.meanThinkNanoseconds = 900e6
            cell.trials[index].load.meanNetworkNanoseconds = 500e6
        }
        #expect(ResponseTimeLawAudit().findings(in: cell) == [])
        for index in cell.trials.indices { cell.trials[index].load.meanWriteNanoseconds = 50e6 }
        #expect(
            sentences(ResponseTimeLawAudit(), cell) == [
                "invalid, all: 200.00 requests/s were done, and the permits allow at most 160.00 (tolerance 3.2 %)."
            ])
    }

    @Test("a request that was never due in an open loop is a response without a start")
    func conservation() {
        let gaps = SteadySystem.openLoopEvents().filter { !($0.kind == .requestDue && $0.request % 10 == 0) }
        let found = ConservationAudit().findings(in: SteadySystem.cell(gaps))
        #expect(found.map(\.stage) == [.response])
        #expect(found.map(\.severity) == [.invalid])
        #expect(
            found.map(\.sentence) == [
                "The responses do not add up among 15,200 events: dones without a start 800 (5.3 %)."
            ])
    }

    @Test("what was due in the window and sent behind it is an open response, though no request is open")
    func backlog() {
        var events = SteadySystem.openLoopEvents().filter { $0.nanoseconds <= SteadySystem.window.end }
        let end = SteadySystem.window.end
        events += (0..<300).map { index in
            Event(
                nanoseconds: end + 1_000_000 * Int64(index + 1), kind: .requestDue, request: 900_000 + UInt64(index),
                value: 1_000_000 * Int64(index + 2))
        }
        let cell = SteadySystem.cell(events)
        #expect(
            sentences(CensoringAudit(), cell) == [
                "note, all: 604 of 8,598 responses (7.0 %) were still open when the window closed: the percentiles count them in "
                    + "(Kaplan–Meier), and the mean of the finished ones is a lower bound."
            ])
        #expect(LittleAudit().findings(in: cell) == [])
    }

    /// The steady system, and more requests due in the window than it takes up: 200/s are done, and 30/s more due.
    private func overloaded(_ load: LoadParameters) -> CellEvidence {
        let (start, end) = SteadySystem.window
        let events =
            SteadySystem.openLoopEvents().filter { $0.nanoseconds <= end }
            + (0..<600).map { index in
                let due = start + (end - start) / 600 * Int64(index)
                return Event(
                    nanoseconds: end + 1, kind: .requestDue, request: 900_000 + UInt64(index), value: end + 1 - due)
            }
        var cell = SteadySystem.cell(events)
        cell.trials.append(SteadySystem.trial(events, identifier: "block-02-cell-000"))
        for (index, factor) in [1.49, 1.50, 1.51].enumerated() {
            cell.trials[index].load = load
            cell.trials[index].halves = [
                HalvesEvidence(stage: .response, firstMean: 10e6, secondMean: factor * 10e6)
            ]
        }
        return cell
    }

    @Test("an open loop that asks for more than is answered is not told to measure or to warm up for longer")
    func overload() {
        var known = SteadySystem.load
        known.meanWriteNanoseconds = 40e6  // 8 permits make 200/s.
        for cell in [overloaded(known), overloaded(LoadParameters())] {
            let found = CensoringAudit().findings(in: cell) + SteadyStateAudit().findings(in: cell)
            #expect(
                found.map(\.stage) == [.persist, .response, .response] || found.map(\.stage) == [.response, .response])
            for finding in found {
                #expect(finding.sentence.hasSuffix(" The schedule asks 230/s and 200/s are answered."))
                #expect(
                    finding.remedy
                        == "The queue grows for ever and no window is long enough: lower the rate or raise the permits."
                )
            }
        }
    }

    @Test("a backlog is no overload where the permits suffice, and where responses do not take longer and longer")
    func noOverload() {
        var steady = overloaded(LoadParameters())
        for index in steady.trials.indices { steady.trials[index].halves[0].secondMean = 10e6 }
        for cell in [overloaded(SteadySystem.load), steady] {
            let found = CensoringAudit().findings(in: cell) + SteadyStateAudit().findings(in: cell)
            #expect(!found.isEmpty)
            #expect(found.allSatisfy { $0.remedy.contains("for longer") })
        }
    }

    @Test("on one thread responses by thread are invalid, and the remedy does not blame a change of threads")
    func oneThread() throws {
        let events = SteadySystem.openLoopEvents().map { event in
            var event = event
            event.thread = 0
            return event
        }
        let found = PairingAudit().findings(in: SteadySystem.cell(events))
        #expect(found.map(\.stage) == [.request, .response, .persist, .persistAsync])
        #expect(found.allSatisfy { $0.severity == .invalid && $0.subject == "by thread" })
        #expect(found[1].sentence.hasSuffix("by request, 0 % of them ended on another thread."))
        #expect(
            found[1].remedy
                == "Use the figures by request: the identifier is one request's, and the thread serves several.")
        var cell = SteadySystem.cell(events)
        for index in cell.trials.indices { cell.trials[index].trace.clock = .virtual }
        let virtual = PairingAudit().findings(in: cell)
        #expect(virtual.map(\.severity) == found.map(\.severity))
        #expect(virtual[1].sentence.hasSuffix("; in virtual time all events are on one thread."))
    }

    @Test("the looks of the steady-state audit share the 5 % among the stages that there are")
    func steadyState() {
        var cell = cell
        cell.trials.append(SteadySystem.trial(SteadySystem.openLoopEvents(), identifier: "block-02-cell-000"))
        for (index, factor) in [1.29, 1.30, 1.31].enumerated() {
            cell.trials[index].halves = [
                HalvesEvidence(stage: .response, firstMean: 10e6, secondMean: factor * 10e6)
            ]
        }
        #expect(
            sentences(SteadyStateAudit(), cell) == [
                "doubtful, by request: The responses are not steady: in the second half of the window their mean is "
                    + "1.30 times that in the first (99.38 % interval 1.23 to 1.37, 3 processes)."
            ])
    }

    @Test("a drift of microseconds is the scheduler's by the wall clock, and the system's in virtual time")
    func virtualDrift() {
        var cell = SteadySystem.cell()
        cell.trials.append(SteadySystem.trial(identifier: "block-02-cell-000"))
        for (index, factor) in [1.29, 1.30, 1.31].enumerated() {
            cell.trials[index].halves = [
                HalvesEvidence(stage: .queueWait, firstMean: 10_000, secondMean: factor * 10_000)
            ]
        }
        #expect(SteadyStateAudit().findings(in: cell) == [])
        for index in cell.trials.indices { cell.trials[index].trace.clock = .virtual }
        #expect(SteadyStateAudit().findings(in: cell).map(\.stage) == [.queueWait])
    }

    @Test("in virtual time another machine is a note, another program is not")
    func virtualProvenance() {
        var cell = SteadySystem.cell()
        cell.trials[1].provenance["host"] = "bench-2"
        #expect(ProvenanceAudit().findings(in: cell).map(\.severity) == [.invalid])
        cell.trials[0].trace.clock = .virtual
        #expect(ProvenanceAudit().findings(in: cell).map(\.severity) == [.invalid])
        cell.trials[1].trace.clock = .virtual
        #expect(
            sentences(ProvenanceAudit(), cell) == [
                "note, all: Trials that differ in host are pooled: bench-1 (1 trial), bench-2 (1 trial). "
                    + "In virtual time only CPU time and memory depend on it."
            ])
        cell.trials[1].provenance = ["binary": "0ther", "host": "bench-1"]
        #expect(ProvenanceAudit().findings(in: cell).map(\.severity) == [.invalid])
    }
}
