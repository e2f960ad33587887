import Archiving
import Auditing
import Experiments
import Foundation
import SystemPackage
import Testing
import TraceModel

@testable import Analysis

@Suite("An outside observer beside the trace")
struct ObservedTrialTests {
    /// What the scripts print of the story of ``WholeTraceTests``.
    static let events = """
        {"type": "map", "data": {"@events_request_start": 4, "@events_request_block": 2}}
        {"type": "map", "data": {"@events_request_nonblock": 2, "@events_persist_start": 4}}
        {"type": "map", "data": {"@events_persist_async_start": 4, "@events_request_done": 4}}
        {"type": "map", "data": {"@events_persist_done": 4, "@events_request_due": 0}}

        """
    static let byRequest =
        events + """
            {"type": "stats", "data": {"@times_request": {"count": 4, "average": 3000500, "total": 12002000}, \
            "@times_request_blocked": {"count": 2, "average": 3000500, "total": 6001000}, \
            "@times_request_nonblocked": {"count": 2, "average": 3000500, "total": 6001000}, \
            "@times_persist": {"count": 4, "average": 50001000, "total": 200004000}}}

            """
    static let byThread =
        events + """
            {"type": "stats", "data": {"@times_request": {"count": 4, "average": 3000500, "total": 12002000}, \
            "@times_persist": {"count": 3, "average": 150001000, "total": 450003000}}}
            {"type": "map", "data": {"@unmatched_persist": 1, "@overwritten_persist": 0}}

            """

    static func observed(_ output: String?, pairing: PairingKey?) throws -> ObservedTrial {
        let trial = PlannedTrial(identifier: "block-00-cell-000", order: 0, block: 0, cellIndex: 0, seed: 1)
        return ObservedTrial(
            record: ExperimentAnalyzerTests().record(trial, .finished, backlog: 0),
            observer: Observer(name: "watcher", script: "watcher.bt", text: "", pairing: pairing),
            bytes: output.map { Array($0.utf8) }, trace: try WholeTraceTests.trace())
    }

    @Test(
        "equal counts and means within the resolution agree, under either pairing and under none",
        arguments: [(byRequest, PairingKey.request), (byThread, .thread), (events, nil)] as [(String, PairingKey?)])
    func agrees(output: String, pairing: PairingKey?) throws {
        let observed = try Self.observed(output, pairing: pairing)
        #expect(observed.outcome == .agrees)
        #expect(observed.finding(cellTitle: nil) == nil)
        #expect(observed.figures.first == .init(name: "events", observedCount: 24, traceCount: 24))
    }

    @Test("every figure stands beside the trace's own")
    func figures() throws {
        let observed = try Self.observed(Self.byThread, pairing: .thread)
        #expect(
            observed.figures == [
                .init(name: "events", observedCount: 24, traceCount: 24),
                .init(name: "request", observedCount: 4, traceCount: 4, observedMean: 3_000_500, traceMean: 3e6),
                .init(
                    name: "persist", observedCount: 3, traceCount: 3, observedMean: 150_001_000, traceMean: 150e6),
                .init(name: "request, starts overwritten", observedCount: 0, traceCount: 0),
                .init(name: "request, dones unmatched", observedCount: 0, traceCount: 0),
                .init(name: "persist, starts overwritten", observedCount: 0, traceCount: 0),
                .init(name: "persist, dones unmatched", observedCount: 1, traceCount: 1),
            ])
    }

    @Test(
        "one event, one span or one nanosecond too many is a disagreement, with what differs",
        arguments: [
            (
                byRequest, PairingKey.request, "persist_done\": 4", "persist_done\": 5",
                "persist-done 5 times, not 4"
            ),
            (
                byThread, .thread, "\"@unmatched_persist\": 1", "\"@unmatched_persist\": 2",
                "persist, dones unmatched 2 times, not 1"
            ),
            (byThread, .thread, "\"count\": 3", "\"count\": 4", "persist 4 times, not 3"),
            (
                byRequest, .request, "\"total\": 200004000", "\"total\": 210080004",
                "persist with a mean of 52.520 ms, not 50.000 ms"
            ),
            // Told to pair by request, and pairs by thread.
            (
                byRequest, .thread, "", "",
                "persist 4 times, not 3; persist, dones unmatched 0 times, not 1"
            ),
        ] as [(String, PairingKey, String, String, String)])
    func differs(output: String, pairing: PairingKey, passage: String, replacement: String, difference: String) throws {
        let text = passage.isEmpty ? output : output.replacing(passage, with: replacement)
        let observed = try Self.observed(text, pairing: pairing)
        #expect(observed.outcome == .differs(difference.components(separatedBy: "; ")))
        let finding = try #require(observed.finding(cellTitle: "clients 15"))
        #expect(finding.severity == .invalid)
        #expect(finding.subject == "by \(pairing.rawValue)")
        #expect(
            finding.sentence
                == "clients 15: in trial block-00-cell-000 the outside observer 'watcher' saw \(difference) as in the trace."
        )
    }

    // Of four spans: 20 µs + 10 ms / 4 = 2.52 ms.
    @Test("a mean at the very end of the resolution agrees")
    func resolution() throws {
        let text = Self.byRequest.replacing("\"total\": 200004000", with: "\"total\": 210080000")
        #expect(try Self.observed(text, pairing: .request).outcome == .agrees)
    }

    @Test(
        "what is lost, gone, cut off or of no kind known decides nothing, and is a note",
        arguments: [
            (nil, "What it printed is not there any more."),
            ("", "It printed no figure that a trace has as well."),
            (
                events + "{\"type\": \"lost_events\", \"data\": {\"events\": 17}}\n",
                "It lost 17 events, which were printed faster than it read them."
            ),
            (
                "{\"type\": \"map\", \"da",
                "What it printed cannot be read: line 1 of the tracer's output is no JSON object as bpftrace prints them."
            ),
        ] as [(String?, String)])
    func isUnknown(output: String?, reason: String) throws {
        let observed = try Self.observed(output, pairing: nil)
        #expect(observed.outcome == .unknown(reason))
        #expect(observed.finding(cellTitle: nil)?.severity == .note)
    }

    @Test("lines that were printed are held against the events")
    func lines() throws {
        let line = "{\"type\": \"printf\", \"data\": \"x\\n\"}\n"
        #expect(try Self.observed(String(repeating: line, count: 24), pairing: nil).outcome == .agrees)
        let fewer = try Self.observed(String(repeating: line, count: 23), pairing: nil)
        #expect(fewer.outcome == .differs(["lines 23 times, not 24"]))
    }

    @Test("a stored run is compared trial by trial, and a disagreement makes its figures invalid")
    func storedRun() throws {
        let folder = FilePath(NSTemporaryDirectory() + "assay-observed-\(UUID().uuidString)")
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(atPath: folder.string) } }
        var declaration = ExperimentAnalyzerTests.declaration
        declaration.observers = [Observer(name: "watcher", script: "watcher.bt", text: "", pairing: .request)]
        declaration.factors = []
        declaration.fixed.append(Parameter(name: Observer.parameter, value: "watcher"))
        declaration.reference = nil
        let plan = try Planner.plan(declaration, profile: "full", seed: 3, digest: "d")
        let writer = try RunArchive.create(plan: plan, declaration: [], in: folder, secondsSinceEpoch: 0)
        for trial in plan.trials {
            let staged = try writer.stage(trial, attempt: 1)
            try Data(TraceEncoder().encode(Story.events(requests: 3))).write(to: URL(filePath: staged.trace.string))
            let output = trial.block == 0 ? Self.byRequest : Self.byThread
            try Data(output.utf8).write(to: URL(filePath: staged.observerOutput("watcher").string))
            try writer.commit(ExperimentAnalyzerTests().record(trial, .finished, backlog: 0), in: staged)
        }
        let summary = try ExperimentAnalyzer(archive: writer.archive, declaration: declaration).summary()
        #expect(summary.observed.map(\.outcome).filter { $0 == .agrees }.count == 1)
        let findings = summary.findings.filter { $0.audit == ObservedTrial.auditName }
        #expect(findings.map(\.severity) == [.invalid])
        #expect(summary.verdict.byPairing.first { $0.pairing == .request }?.level == .invalid)
        #expect(summary.observerCosts.isEmpty)
    }
}
