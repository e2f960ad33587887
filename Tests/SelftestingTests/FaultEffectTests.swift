import Auditing
import Testing
import TraceModel

@testable import Selftesting

@Suite("What faults do")
struct FaultEffectTests {
    private let clean = CleanRuns.closedLoop

    private func counts(_ specimen: Specimen) -> [EventKind: Int] {
        Dictionary(grouping: specimen.allEvents, by: \.kind).mapValues(\.count)
    }

    @Test("lost events are gone, and the rest is as it was; a larger share holds the smaller one")
    func lostEvents() {
        let (few, many) = (clean.with(LostEvents(), 0.01), clean.with(LostEvents(), 0.05))
        let count = clean.allEvents.count
        let lost = count - few.allEvents.count
        #expect(abs(Double(lost) / Double(count) - 0.01) < 0.003)
        #expect(few.trials[0].condition == clean.trials[0].condition)
        #expect(counts(few)[.measurementStart] == CleanRuns.trialCount)
        let kept = Set(few.allEvents.map(Key.init))
        #expect(many.allEvents.allSatisfy { kept.contains(Key($0)) })
    }

    /// What tells two events of one specimen apart well enough.
    private struct Key: Hashable {
        let nanoseconds: Int64
        let kind: EventKind
        let request: UInt64

        init(_ event: Event) { (nanoseconds, kind, request) = (event.nanoseconds, event.kind, event.request) }
    }

    @Test("an overrun recorder counts what it lost")
    func overrun() {
        let spoiled = clean.with(OverrunRecorder(), 0.02)
        let lost = spoiled.trials.reduce(0) { $0 + $1.condition.droppedEvents }
        #expect(lost == clean.allEvents.count - spoiled.allEvents.count)
        #expect(lost > 0)
    }

    @Test("lost dones are dones alone")
    func lostDones() {
        let (before, after) = (counts(clean), counts(clean.with(LostDones(), 0.05)))
        for (kind, count) in before {
            let isDone = kind == .requestDone || kind == .persistDone
            #expect(isDone ? after[kind]! < count : after[kind] == count, "\(kind)")
        }
    }

    @Test("repeated events stand beside their originals")
    func repeated() {
        let events = clean.with(RepeatedEvents(), 0.05).trials[0].events
        let twins = zip(events, events.dropFirst()).count { $0 == $1 }
        #expect(twins == events.count - clean.trials[0].events.count)
        #expect(twins > 0)
    }

    @Test("swapped threads change threads alone")
    func threads() {
        let spoiled = clean.with(SwappedThreads(), 0.05)
        let pairs = zip(clean.allEvents, spoiled.allEvents)
        #expect(
            pairs.allSatisfy { old, new in
                var restored = new
                restored.thread = old.thread
                return restored == old
            })
        #expect(pairs.contains { $0.thread != $1.thread })
    }

    @Test("the clock of one CPU is shifted, and no other")
    func shiftedClock() {
        let spoiled = clean.with(ShiftedClock(), 1e6)
        func times(_ specimen: Specimen, isShifted: Bool) -> [Int64] {
            specimen.trials[0].events.filter { !$0.isMarker && ($0.cpu == 1) == isShifted }.map(\.nanoseconds)
        }
        #expect(times(spoiled, isShifted: false) == times(clean, isShifted: false))
        #expect(times(spoiled, isShifted: true) == times(clean, isShifted: true).map { $0 + 1_000_000 })
    }

    @Test("a stall puts off the writes that meet it, by no more than its length")
    func stall() {
        let spoiled = clean.with(StandingStore(), 20e6)
        func dones(_ specimen: Specimen) -> [UInt64: Int64] {
            specimen.trials[0].events.reduce(into: [:]) { dones, event in
                if event.kind == .persistDone { dones[event.request] = event.nanoseconds }
            }
        }
        let (before, after) = (dones(clean), dones(spoiled))
        let delays = before.map { after[$0]! - $1 }
        #expect(delays.allSatisfy { (0...20_000_000).contains($0) })
        let share = Double(delays.count { $0 > 0 }) / Double(delays.count)
        // A write of 60 ms meets one of the stalls of 20 ms, one every 2 s, with a probability of 4 %.
        #expect((0.02...0.06).contains(share), "\(share)")
    }

    @Test("clients that think longer make fewer requests")
    func thinkTime() {
        let (before, after) = (counts(clean)[.requestStart]!, counts(clean.with(WrongThinkTime(), 0.5))[.requestStart]!)
        #expect(abs(Double(after) / Double(before) - 1 / 1.5) < 0.04)
    }

    @Test("missing clients do nothing, the others what they did")
    func missingClients() {
        let spoiled = clean.with(MissingClients(), 5)
        #expect(spoiled.allEvents == clean.allEvents.filter { $0.isMarker || $0.client >= 5 })
    }

    @Test("a request that is sent late was due when it was due")
    func lateSending() {
        let open = CleanRuns.openLoop
        let spoiled = open.with(LateSending(), 10e6)
        func dues(_ specimen: Specimen) -> [Int64] {
            specimen.trials[0].events.filter { $0.kind == .requestDue }.map(\.dueNanoseconds).sorted()
        }
        #expect(dues(spoiled) == dues(open))
        #expect(!spoiled.shownStages.contains(.response))
    }

    @Test("the slowest writes are the ones that stay open")
    func censoredTail() {
        let spoiled = clean.with(CensoredTail(), 0.1)
        func longest(_ specimen: Specimen) -> Int64 {
            var starts: [UInt64: Int64] = [:]
            return specimen.trials[0].events.reduce(0) { longest, event in
                if event.kind == .persistStart { starts[event.request] = event.nanoseconds }
                guard event.kind == .persistDone, let start = starts[event.request],
                    specimen.trials[0].events.window!.contains(start)
                else { return longest }
                return max(longest, event.nanoseconds - start)
            }
        }
        #expect(longest(spoiled) < longest(clean) - 5_000_000)
    }

    @Test("what is slower draws longer delays: no timer is late for it")
    func drift() {
        let spoiled = clean.with(DriftAcrossTrials(), 0.2)
        #expect(spoiled.trials[0].events == clean.trials[0].events)
        func drawn(_ trial: SpecimenTrial) -> [UInt64: Int64] {
            trial.events.reduce(into: [:]) { delays, event in
                if event.kind == .persistStart { delays[event.request] = event.value }
            }
        }
        let before = drawn(clean.trials[2])
        for (request, delay) in drawn(spoiled.trials[2]) {
            #expect(delay == before[request]! + Int64((0.4 * Double(before[request]!)).rounded()))
        }
        #expect(!AuditVerdicts(of: spoiled).isReached(by: "overshoot"))
    }

    @Test("failed trials are missing, and no others")
    func missingTrials() {
        let spoiled = clean.with(MissingTrials(), 1)
        #expect(spoiled.trials.map(\.identifier) == ["trial-01", "trial-02"])
        #expect(spoiled.missing.map(\.identifier) == ["trial-03"])
    }
}

extension AuditVerdicts {
    fileprivate func isReached(by audit: String) -> Bool {
        self[AuditColumn(audit: audit)].map { $0 >= .doubtful } ?? false
    }
}
