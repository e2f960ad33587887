import Auditing
import Testing
import TraceModel

@testable import Selftesting

@Suite("Faults")
struct FaultTests {
    /// A fault with a name in the test's output.
    struct Case: Sendable, CustomTestStringConvertible {
        let fault: any Fault
        var testDescription: String { fault.identifier }
    }

    static let cases = FaultCatalogue.all.map(Case.init)

    @Test("names are unique, sizes grow from nothing, and the audits that should catch a fault exist", arguments: cases)
    func catalogue(item: Case) {
        let fault = item.fault
        #expect(FaultCatalogue.all.count { $0.identifier == fault.identifier } == 1)
        #expect(fault.sizes == fault.sizes.sorted() && Set(fault.sizes).count == fault.sizes.count)
        #expect(fault.sizes.allSatisfy { $0 > fault.unit.nothing })
        #expect(!fault.expectedAudits.isEmpty)
        #expect(fault.imitates.contains("#"))
        for audit in fault.expectedAudits {
            #expect(AuditCatalogue.all.contains { $0.identifier == audit }, "there is no audit \(audit)")
        }
    }

    @Test("a fault of no size changes nothing", arguments: cases)
    func nothing(item: Case) {
        let clean = CleanRuns.specimen(of: item.fault.system)
        let spoiled = clean.with(item.fault, item.fault.unit.nothing)
        #expect(spoiled.allEvents == clean.allEvents)
        #expect(spoiled.trials.map(\.condition) == clean.trials.map(\.condition))
        #expect(spoiled.trials.map(\.machine) == clean.trials.map(\.machine))
        #expect(spoiled.trials.map(\.load) == clean.trials.map(\.load))
        #expect(spoiled.trials.map(\.provenance) == clean.trials.map(\.provenance))
        #expect(spoiled.missing == clean.missing)
    }

    @Test(
        "the same seed spoils the same data in the same way, and leaves the events in the order of time",
        arguments: cases)
    func reproducible(item: Case) {
        let clean = CleanRuns.specimen(of: item.fault.system)
        let size = item.fault.sizes[item.fault.sizes.count / 2]
        let spoiled = clean.with(item.fault, size)
        #expect(spoiled.allEvents == clean.with(item.fault, size).allEvents)
        for trial in spoiled.trials {
            #expect(zip(trial.events, trial.events.dropFirst()).allSatisfy { $0.nanoseconds <= $1.nanoseconds })
        }
    }

    @Test("at its largest size a fault is caught by an audit that should catch it", arguments: cases)
    func caught(item: Case) {
        let fault = item.fault
        let spoiled = CleanRuns.specimen(for: fault).with(fault, fault.sizes[fault.sizes.count - 1])
        let verdicts = AuditVerdicts(of: spoiled)
        let caught = AuditColumn.all.filter { verdicts[$0].map { $0 >= .doubtful } ?? false }
        #expect(
            caught.contains { fault.expectedAudits.contains($0.audit) && $0.isByThread == fault.isOfThreads },
            "caught only by \(caught.map(\.title))")
    }
}
