import Auditing
import Pairing
import Statistics
import TraceModel

/// A closed system that runs like clockwork: 20 clients, 5 ms there, a write of 20 ms and 0.1 ms, 5 ms back, and 90 ms
/// of thinking, so 200 requests a second in a window of 20 s. Every audit accepts it; the tests spoil it.
struct SteadySystem {
    static let clients = 20
    static let drawn: Int64 = 20_000_000
    static let window: (start: Int64, end: Int64) = (1_000_000_000, 21_000_000_000)

    static let load = LoadParameters(
        clients: clients, permits: 8, writes: .asynchronous, meanThinkNanoseconds: 90e6, meanNetworkNanoseconds: 5e6,
        meanWriteNanoseconds: 20e6)

    /// The events in the order of time. Each client has one thread and each of its writes another.
    static func events() -> [Event] {
        var events = [
            Event(nanoseconds: window.start, kind: .measurementStart),
            Event(nanoseconds: window.end, kind: .measurementEnd),
        ]
        for client in 0..<UInt32(clients) {
            for cycle in 0..<Int64(215) {
                let start = cycle * 100_000_000 + Int64(client) * 5_000_000 + 1
                func add(_ kind: EventKind, _ time: Int64, thread: UInt32, value: Int64 = 0) {
                    events.append(
                        Event(
                            nanoseconds: start + time, kind: kind, request: UInt64(client) * 1000 + UInt64(cycle),
                            client: client, thread: thread, value: value))
                }
                add(.requestStart, 0, thread: 1 + client)
                add(.requestNonblock, 5_000_000, thread: 1 + client)
                add(.persistStart, 5_000_000, thread: 101 + client, value: drawn)
                add(.persistAsyncStart, 5_000_000, thread: 101 + client)
                add(.requestDone, 10_000_000, thread: 1 + client)
                add(.persistDone, 5_000_000 + drawn + 100_000, thread: 101 + client)
            }
        }
        // The sort is stable, so events of one instant keep the order above.
        return events.sorted { $0.nanoseconds < $1.nanoseconds }
    }

    /// The same requests sent by a schedule, each 2 ms after it was due.
    static func openLoopEvents() -> [Event] {
        events().flatMap { event -> [Event] in
            guard event.kind == .requestStart else { return [event] }
            var due = event
            due.kind = .requestDue
            due.value = 2_000_000
            return [due, event]
        }
    }

    static func trial(
        _ events: [Event] = events(), identifier: String = "block-00-cell-000", byThread: Bool = true
    ) -> TrialEvidence {
        var finder = WindowFinder()
        for event in events { finder.add(event) }
        let window = finder.finish()!
        var pairer = RequestPairer(window: window, writes: .asynchronous)
        var threadPairer = ThreadPairer(window: window)
        var overshoots: [Int64] = []
        for event in events {
            pairer.add(event) { span in
                if span.isInWindow, span.stage == .persist, let drawn = span.drawnDelay {
                    overshoots.append(span.elapsedNanoseconds - drawn)
                }
            }
            threadPairer.add(event) { _ in }
        }
        return TrialEvidence(
            identifier: identifier, block: 0, trace: TraceCondition(eventCount: events.count),
            byRequest: pairer.finish(), byThread: byThread ? threadPairer.finish() : nil,
            overshoot: DurationSummary(durations: overshoots),
            halves: [HalvesEvidence(stage: .request, firstMean: 10e6, secondMean: 10e6)], load: load,
            provenance: ["binary": "5eaf00d", "host": "bench-1"], stages: stages, machine: machine)
    }

    /// Two like trials, as a cell without a label.
    static func cell(_ events: [Event] = events()) -> CellEvidence {
        CellEvidence(trials: [trial(events), trial(events, identifier: "block-01-cell-000")])
    }
}

/// The sentences alone, to compare them word for word.
func sentences(_ audit: some Audit, _ evidence: CellEvidence) -> [String] {
    audit.findings(in: evidence).map { "\($0.severity.rawValue), \($0.subject ?? "all"): \($0.sentence)" }
}
