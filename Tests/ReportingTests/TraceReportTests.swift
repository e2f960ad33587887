import Analysis
import Auditing
import Pairing
import TestSupport
import Testing
import TraceModel

@testable import Reporting

@Suite("the summary of one trace")
struct TraceReportTests {
    private var trace: TraceSummary {
        TraceSummary(
            fileName: "runs/block-00-cell-000/trace.bin", ending: "The trace is complete.", problems: [],
            parameters: .named([
                .init("clients", "15"), .init("network-delay", "500us + normal(1000us, 100us)"),
                .init("permits", "8"), .init("seed", "1"), .init("write-delay", "50ms"),
            ]),
            eventCounts: [
                .requestStart: 1_650, .requestNonblock: 1_620, .requestBlock: 30, .persistStart: 1_650,
                .persistAsyncStart: 1_650, .persistDone: 1_647, .requestDone: 1_648, .measurementStart: 1,
                .measurementEnd: 1,
            ], elapsedNanoseconds: 22_004_000_000, droppedEvents: 0,
            window: .init(
                warmUpNanoseconds: 2_000_000_000, measuredNanoseconds: 20_000_000_000,
                eventCounts: SummaryBuilder.eventCounts),
            stages: [
                SummaryBuilder.stage(
                    .persist, .request, SummaryBuilder.fixedByRequest, counts: SummaryBuilder.countsByRequest),
                SummaryBuilder.stage(
                    .persist, .thread, SummaryBuilder.fixedByThread, counts: SummaryBuilder.countsByThread),
            ], findings: SummaryBuilder.findings,
            unapplied: [UnappliedAudit(audit: "missing-trials", reason: "no plan")])
    }

    @Test("it is what was last reviewed")
    func golden() throws {
        #expect(try Golden.compare(TraceReport(of: trace).text, with: "trace-summary.txt").complaint == nil)
    }

    @Test("in 80 columns wide tables follow below each other, and the rest is wrapped")
    func narrow() throws {
        let text = TraceReport(of: trace, columns: 80).text
        for line in text.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
        #expect(try Golden.compare(text, with: "trace-narrow.txt").complaint == nil)
    }

    @Test("stages and parts of which there is nothing are left out, which is said")
    func empty() {
        var other = trace
        other.stages.append(SummaryBuilder.stage(.queueWait, .request, nil))
        let text = TraceReport(of: other).text
        #expect(!text.contains("queue-wait"))
        #expect(
            text.contains("or too few durations to say; stages and parts of which the window has none are left out)"))
        #expect(!TraceReport(of: trace).text.contains("are left out"))
    }

    @Test("what an import is without is not laid to a recorder")
    func imported() {
        var other = trace
        (other.isImported, other.droppedEvents) = (true, 8)
        #expect(TraceReport(of: other).text.contains("22.004 s; 8 events missing from the import\n"))
    }

    @Test("an open loop in virtual time says both, with the assumption beside the two durations")
    func openLoop() throws {
        var open = trace
        open.clock = .virtual
        open.stages.removeAll { $0.pairing == .thread }
        open.findings.removeAll { $0.subject == "by thread" }
        open.eventCounts[.requestDue] = 1_650
        open.window?.eventCounts[.requestDue] = 1_500
        open.stages += [.request, .response].map { stage in
            SummaryBuilder.stage(
                stage, .request, SummaryBuilder.fixedByRequest, counts: SummaryBuilder.countsByRequest)
        }
        #expect(try Golden.compare(TraceReport(of: open).text, with: "trace-open-loop.txt").complaint == nil)
    }

    @Test("what concerns the pairing by thread is found last")
    func order() {
        let heads = TraceReport(of: trace).text.split(separator: "\n").filter {
            $0.hasPrefix("  1. ") || $0.hasPrefix("  3. ")
        }
        #expect(heads.map { $0.contains("by thread") } == [false, true])
    }

    @Test("a header's text that is no list of parameters is shown as it is, on one line, and none is not")
    func parameters() {
        var other = trace
        other.parameters = .text("any\ntext")
        #expect(TraceReport(of: other).text.contains("\n\nParameters\n  any text\n\n"))
        other.parameters = .text("")
        #expect(!TraceReport(of: other).text.contains("Parameters"))
        other.parameters = .named([])
        #expect(!TraceReport(of: other).text.contains("Parameters"))
    }

    @Test("a damaged, short trace says what it is and invents nothing")
    func damaged() throws {
        let damaged = TraceSummary(
            fileName: "cut\u{1B}[2J.bin", ending: "The trace ends in the middle of a record at byte 96.",
            problems: ["The trace has no end marker."], eventCounts: [.requestStart: 1], elapsedNanoseconds: nil,
            droppedEvents: nil, window: nil, stages: [SummaryBuilder.stage(.request, .thread, nil)], findings: [])
        #expect(try Golden.compare(TraceReport(of: damaged).text, with: "trace-damaged.txt").complaint == nil)
    }
}
