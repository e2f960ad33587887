import Auditing
import Experiments
import Pairing
import Testing
import TraceModel

@Suite("Audits of what may be concluded")
struct ConclusionAuditTests {
    /// The window closes so many nanoseconds after it opened.
    private func short(_ length: Int64) -> CellEvidence {
        var events = SteadySystem.events().filter { $0.kind != .measurementEnd }
        let end = SteadySystem.window.start + length
        events.insert(
            Event(nanoseconds: end, kind: .measurementEnd), at: events.firstIndex { $0.nanoseconds > end }!)
        return SteadySystem.cell(events)
    }

    /// A request starts every 5 ms in a trial. Of those that take 10 ms two are open at any time, and four of the
    /// writes.
    @Test("open requests and writes are noted above 1 %, and doubtful above the limit where a percentile is not known")
    func censoring() {
        var cell = short(200_000_000)
        let (requests, writes) = (
            "4 of 80 requests (5.0 %) were still open when the window closed: the percentiles count them in (Kaplan–Meier)",
            "8 of 80 writes (10 %) were still open when the window closed: the percentiles count them in (Kaplan–Meier)"
        )
        let end = ", and the mean of the finished ones is a lower bound."
        #expect(sentences(CensoringAudit(), cell) == ["note, all: \(requests)\(end)", "note, all: \(writes)\(end)"])
        // The sample would carry p99, and the curve does not come down so far.
        cell.trials[0].stages[.request]?.p99 = nil
        cell.trials[1].stages[.persist]?.p90 = nil
        cell.trials[1].stages[.persist]?.p99 = nil
        #expect(
            sentences(CensoringAudit(), cell) == [
                "note, all: \(requests), but for p99, which is not known from above\(end)",
                "doubtful, all: \(writes), but for p90 and p99, which are not known from above\(end)",
            ])
        // So few finished that nobody knows the middle.
        var few = short(200_000_000)
        few.trials[0].byRequest.stages[.persist]?.counts.paired = 10
        #expect(
            sentences(CensoringAudit(), few).last
                == "doubtful, all: 8 of 80 writes (10 %) were still open when the window closed: too few are finished to say how "
                + "long they take.")
        cell.limits = Limits([.openRequests: 0.2])
        #expect(CensoringAudit().findings(in: cell).map(\.severity) == [.note, .note])
        #expect(CensoringAudit().findings(in: SteadySystem.cell()) == [])
    }

    @Test("a stage whose second half is slower in all processes is not steady")
    func steadyState() {
        var cell = SteadySystem.cell()
        cell.trials.append(SteadySystem.trial(identifier: "block-02-cell-000"))
        for (index, factor) in [1.29, 1.30, 1.31].enumerated() {
            cell.trials[index].halves = [
                HalvesEvidence(stage: .request, firstMean: 10e6, secondMean: factor * 10e6),
                HalvesEvidence(stage: .persist, firstMean: 20e6, secondMean: 20e6),
            ]
        }
        #expect(
            sentences(SteadyStateAudit(), cell) == [
                "doubtful, by request: The requests are not steady: in the second half of the window their mean is "
                    + "1.30 times that in the first (99.29 % interval 1.23 to 1.37, 3 processes)."
            ])
        cell.trials[0].halves[0].secondMean = 10e6
        #expect(SteadyStateAudit().findings(in: cell) == [], "the processes disagree, so nothing is shown")
    }

    @Test("a trace without a start marker counts its start-up")
    func unmarked() {
        let events = SteadySystem.events().filter { $0.kind != .measurementStart }
        #expect(
            sentences(SteadyStateAudit(), SteadySystem.cell(events)) == [
                "note, all: 2 of 2 traces have no measurement-start marker: the start-up is part of the numbers."
            ])
        let alone = CellEvidence(trials: [SteadySystem.trial(events)], isTraceAlone: true)
        #expect(
            sentences(SteadyStateAudit(), alone) == [
                "note, all: The trace has no measurement-start marker: the start-up is part of the numbers."
            ])
        let found = SteadyStateAudit().findings(in: alone)
        #expect(found[0].figures[0].name == SteadyStateAudit.unmarkedFigure)
    }

    @Test("more trials are the remedy of an experiment, and an experiment that of a trace alone")
    func remedies() {
        var cell = CellEvidence(trials: [SteadySystem.trial()])
        #expect(SampleSizeAudit().findings(in: cell)[0].remedy.hasPrefix("Declare at least two trials;"))
        cell.isTraceAlone = true
        #expect(
            SampleSizeAudit().findings(in: cell)[0].remedy
                == "Nothing need be done for this trace: how far processes differ takes several of them, which an experiment of "
                + "two trials or more makes (`assay run`).")
    }

    @Test("one process has no interval, and few requests have no percentiles")
    func sampleSize() {
        var cell = short(200_000_000)
        cell.trials.removeLast()
        #expect(
            sentences(SampleSizeAudit(), cell) == [
                "note, all: There is one process, so that no interval can be given.",
                "note, all: The process with the fewest finished requests has 38: p90 needs 64, p99 needs 662.",
                "note, all: The process with the fewest finished writes has 36: p90 needs 64, p99 needs 662.",
            ])
        #expect(SampleSizeAudit().findings(in: SteadySystem.cell()) == [])
    }

    @Test("a window in which nothing happened is doubtful")
    func nothingHappened() {
        var cell = SteadySystem.cell()
        cell.trials[0].byRequest.eventCounts = [.measurementStart: 1, .measurementEnd: 1, .requestStart: 0]
        #expect(
            sentences(SampleSizeAudit(), cell) == [
                "doubtful, all: In 1 of 2 windows nothing happened: no request was started or done while it was open."
            ])
    }
}
