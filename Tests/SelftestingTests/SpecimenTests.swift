import Auditing
import Pairing
import Randomness
import Statistics
import Testing
import TraceModel

@testable import Selftesting

@Suite("Clean data")
struct SpecimenTests {
    @Test("no audit says more than a note of clean data", arguments: CleanSystem.allCases)
    func clean(system: CleanSystem) {
        let findings = AuditCatalogue.findings(in: [CleanRuns.specimen(of: system).evidence])
        #expect(findings.filter { $0.severity > .note } == [])
    }

    @Test(
        "every audit looks at them: on the clock, with threads, a machine and a twin", arguments: CleanSystem.allCases)
    func visible(system: CleanSystem) {
        for trial in CleanRuns.specimen(of: system).evidence.trials {
            #expect(trial.trace.clock == .monotonic)
            #expect(trial.byThread != nil)
            #expect(trial.oracle.stages?[.request]?.count == trial.stages[.request]?.count)
            #expect(trial.machine.clientsSeen == CleanSystem.clients)
            #expect(trial.overshoot.map { $0.minimum > 0 } == true)
            #expect(trial.stages[.request]?.p99 != nil)
            #expect(trial.stages[.persist]?.p99 != nil)
            #expect((trial.stages[.queueWait]?.minimum ?? 0) > 0)
        }
    }

    @Test("by thread is right on them: each thread has one request at a time", arguments: CleanSystem.allCases)
    func threads(system: CleanSystem) {
        for trial in CleanRuns.specimen(of: system).evidence.trials {
            for stage in [Stage.request, .persist, .persistAsync] {
                let counts = trial.byThread?.stages[stage]?.counts ?? PairingCounts()
                #expect(counts.mismatchedRequests == 0)
                #expect(counts.overwrittenStarts == 0)
                #expect(counts.paired > 500)
            }
        }
    }

    @Test("the stamp keeps the order of each request, and each client waits for its answer")
    func order() {
        let events = CleanRuns.closedLoop.trials[0].events
        var last: [UInt64: EventKind] = [:]
        var busy: [UInt32: Bool] = [:]
        for event in events where !event.isMarker {
            if event.kind == .requestStart {
                #expect(busy[event.client] != true)
                busy[event.client] = true
                #expect(last[event.request] == nil)
            }
            if event.kind == .requestDone { busy[event.client] = false }
            if event.kind == .persistStart {
                #expect(last[event.request] == .requestBlock || last[event.request] == .requestNonblock)
            }
            last[event.request] = event.kind
        }
    }
}
