import Auditing
import Pairing
import Testing
import TraceModel

@Suite("Audits of whether the data are whole")
struct DataAuditTests {
    @Test("a trace without an event that can be read is invalid, and so is a cell of which a rule leaves nothing")
    func nothing() {
        var cell = SteadySystem.cell()
        cell.trials[0].trace = TraceCondition(eventCount: 0, droppedEvents: 5_000)
        #expect(
            sentences(DropsAudit(), cell) == [
                "invalid, all: block-00-cell-000: the recorder lost 5,000 of 5,000 events (100 %).",
                "invalid, all: block-00-cell-000: the trace has no event that can be read.",
            ])
        let excluded = CellEvidence(trials: [], excludedCount: 5)
        #expect(
            sentences(MissingTrialsAudit(), excluded) == [
                "invalid, all: None of 5 trials counts: a declared rule leaves out all of them."
            ])
        let missing = [MissingTrialEvidence(identifier: "block-02-cell-000", reason: "It failed.")]
        let mixed = CellEvidence(trials: SteadySystem.cell().trials, missing: missing, excludedCount: 2)
        #expect(
            sentences(MissingTrialsAudit(), mixed) == [
                "doubtful, all: 1 of 5 trials have no numbers: block-02-cell-000: It failed."
            ])
    }

    @Test("lost events are doubtful, and more than 1 % of them invalid")
    func drops() {
        var cell = SteadySystem.cell()
        cell.trials[0].trace = TraceCondition(eventCount: 99_000, droppedEvents: 1_000)
        cell.trials[1].trace = TraceCondition(eventCount: 98_900, droppedEvents: 1_100)
        #expect(
            sentences(DropsAudit(), cell) == [
                "doubtful, all: block-00-cell-000: the recorder lost 1,000 of 100,000 events (1.0 %).",
                "invalid, all: block-01-cell-000: the recorder lost 1,100 of 100,000 events (1.1 %).",
            ])
    }

    @Test("what an import could not read is not the recorder's fault")
    func imported() throws {
        var cell = SteadySystem.cell(trials: 1) { _, _ in }
        cell.trials[0].trace = TraceCondition(eventCount: 2, droppedEvents: 8, isImported: true)
        let found = try #require(DropsAudit().findings(in: cell).first)
        #expect(
            found.sentence
                == "block-00-cell-000: the import could not read 8 of 10 events (80 %), or their source had lost them.")
        #expect(
            found.remedy
                == "Mend the lines that `assay import` names, or what recorded them, and import them again.")
    }

    @Test("a damaged trace is doubtful, and so is one that was not closed")
    func damage() {
        var cell = SteadySystem.cell()
        cell.trials[0].trace.problems = ["trace.bin: byte 96: the chunk ends early.", "trace.bin: byte 200: the same."]
        cell.trials[1].trace.isClosed = false
        #expect(
            sentences(DropsAudit(), cell) == [
                "doubtful, all: block-00-cell-000: the trace is damaged (and 1 more): "
                    + "trace.bin: byte 96: the chunk ends early.",
                "doubtful, all: block-01-cell-000: the trace was never closed, "
                    + "so the program was killed or crashed.",
            ])
    }

    @Test("a few repeated and lost events are doubtful")
    func conservation() {
        var events = SteadySystem.events()
        let done = events.firstIndex { $0.kind == .persistDone && $0.nanoseconds > 2_000_000_000 }!
        events.insert(events[done], at: done)
        let start = events.firstIndex { $0.kind == .requestNonblock && $0.nanoseconds > 3_000_000_000 }!
        events.remove(at: start)
        #expect(
            sentences(ConservationAudit(), SteadySystem.cell(events)) == [
                "doubtful, by request: The outbound traverses do not add up among 15,998 events: "
                    + "starts whose request ended without their done 2 (0.01 %).",
                "doubtful, by request: The waits for a permit do not add up among 15,998 events: "
                    + "dones without a start 2 (0.01 %).",
                "doubtful, by request: The writes do not add up among 16,002 events: "
                    + "dones without a start 2 (0.01 %).",
                "doubtful, by request: The writes from persist-async-start do not add up among 16,002 events: "
                    + "dones without a start 2 (0.01 %).",
            ])
    }

    @Test("more than 1 % is invalid, and so is a single negative duration")
    func conservationInvalid() {
        var cell = SteadySystem.cell()
        cell.trials[0].byRequest.stages[.request]?.counts.negative = 1
        #expect(
            sentences(ConservationAudit(), cell) == [
                "invalid, by request: The requests do not add up among 16,000 events: "
                    + "spans that end before they begin 1 (less than 0.01 %)."
            ])
        let starts = SteadySystem.events().flatMap { event in
            event.kind == .requestStart && event.request % 10 == 0 ? [event, event] : [event]
        }
        let finding = ConservationAudit().findings(in: SteadySystem.cell(starts)).first
        #expect(finding?.severity == .invalid)
    }

    @Test("books that do not balance are invalid")
    func unbalanced() {
        var cell = SteadySystem.cell()
        cell.trials[0].byRequest.stages[.think]?.counts.paired -= 7
        #expect(ConservationAudit().findings(in: cell).map(\.severity) == [.invalid])
    }

    @Test("trials without numbers are doubtful, and a cell that has none at all is invalid")
    func missingTrials() {
        var cell = SteadySystem.cell()
        cell.missing = [
            MissingTrialEvidence(identifier: "block-02-cell-000", reason: "The program ended with status 1."),
            MissingTrialEvidence(identifier: "block-03-cell-000", reason: "It was never run."),
        ]
        #expect(
            sentences(MissingTrialsAudit(), cell) == [
                "doubtful, all: 2 of 4 trials have no numbers: block-02-cell-000 (and 1 more): "
                    + "The program ended with status 1."
            ])
        cell.trials = []
        #expect(MissingTrialsAudit().findings(in: cell).map(\.severity) == [.invalid])
        #expect(MissingTrialsAudit().findings(in: SteadySystem.cell()) == [])
    }

    @Test("what is unknown in one trial and known in another is a difference")
    func provenance() {
        var cell = SteadySystem.cell()
        cell.trials[1].provenance["binary"] = nil
        #expect(
            sentences(ProvenanceAudit(), cell) == [
                "invalid, all: Trials that differ in binary are pooled: 5eaf00d (1 trial), unknown (1 trial)."
            ])
        #expect(ProvenanceAudit().findings(in: SteadySystem.cell()) == [])
    }
}
