import Auditing
import Experiments
import Pairing
import Testing
import TraceModel

@Suite("Audits of what was measured against what can be")
struct MeasurementAuditTests {
    @Test("a write shorter than the delay it drew is invalid under the pairing that made it")
    func floor() {
        var cell = SteadySystem.cell()
        cell.trials[0].byThread?.stages[.persist]?.counts.shorterThanDrawn = 412
        cell.trials[1].byRequest.stages[.persistAsync]?.counts.shorterThanDrawn = 1
        #expect(
            sentences(FloorAudit(), cell) == [
                "invalid, by request: By request, 1 of 7,992 writes from persist-async-start (0.01 %) is shorter than "
                    + "the delay that it drew, which no write can be.",
                "invalid, by thread: By thread, 412 of 7,992 writes (5.2 %) are shorter than the delay that they drew, "
                    + "which no write can be.",
            ])
        #expect(FloorAudit().findings(in: SteadySystem.cell()) == [])
    }

    @Test("writes that overshoot by more than the timers do are doubtful")
    func overshoot() {
        let late = SteadySystem.events().map { event in
            var event = event
            if event.kind == .persistDone { event.nanoseconds += 1_500_000 }
            return event
        }.sorted { $0.nanoseconds < $1.nanoseconds }
        #expect(
            sentences(OvershootAudit(), SteadySystem.cell(late)) == [
                "doubtful, all: Writes overshoot the delay that they drew by 1.60 ms (median, worst trial); "
                    + "the limit is 1.00 ms."
            ])
        var lenient = SteadySystem.cell(late)
        lenient.limits = Limits([.overshootMedian: 2e6])
        #expect(OvershootAudit().findings(in: lenient) == [])
        lenient.limits = Limits([.overshootP99: 1e6])
        #expect(
            sentences(OvershootAudit(), lenient).last
                == "doubtful, all: Writes overshoot the delay that they drew by 1.60 ms (p99, worst trial); "
                + "the limit is 1.00 ms.")
    }

    @Test("where stalls are declared, late writes are by design, and not judged")
    func overshootWithStalls() {
        let late = SteadySystem.events().map { event in
            var event = event
            if event.kind == .persistDone, event.request % 10 == 0 { event.nanoseconds += 1_000_000_000 }
            return event
        }.sorted { $0.nanoseconds < $1.nanoseconds }
        var cell = SteadySystem.cell(late)
        #expect(OvershootAudit().findings(in: cell).map(\.severity) == [.doubtful])
        for index in cell.trials.indices { cell.trials[index].load.hasStalls = true }
        #expect(OvershootAudit().findings(in: cell) == [])
        cell.limits = Limits([.overshootMedian: 1e3])
        #expect(OvershootAudit().findings(in: cell) == [])
    }

    @Test("requests whose parts do not add up are doubtful above 1 %, and a program without parts is not judged")
    func stageSum() {
        let gaps = SteadySystem.events().filter { !($0.kind == .requestNonblock && $0.request % 10 == 0) }
        #expect(
            sentences(StageSumAudit(), SteadySystem.cell(gaps)) == [
                "doubtful, by request: In 800 of 7,996 requests (10 %) the parts do not add up to the whole: "
                    + "a request takes 10.00 ms on average, its parts 9.50 ms."
            ])
        let one = SteadySystem.events().filter { !($0.kind == .requestNonblock && $0.request == 3100) }
        #expect(StageSumAudit().findings(in: SteadySystem.cell(one)).map(\.severity) == [.note])
        let plain = SteadySystem.events().filter { $0.kind != .requestNonblock }
        #expect(StageSumAudit().findings(in: SteadySystem.cell(plain)) == [])
    }

    @Test("spans that do not account for what is in flight break Little's law")
    func little() {
        var cell = SteadySystem.cell()
        for index in cell.trials.indices {
            // As if each write had been read in the wrong unit, and came out an eleventh too long.
            cell.trials[index].byRequest.stages[.persist]?.flight.spanNanoseconds += 8_000_000_000
        }
        #expect(
            sentences(LittleAudit(), cell) == [
                "doubtful, by request: Little's law fails for the writes: counting events, 4.02 are in flight on "
                    + "average; the spans by request account for 4.42 (10.0 % off)."
            ])
        cell.trials[0].byThread?.stages[.request]?.flight.spanNanoseconds = 0
        let byThread = LittleAudit().findings(in: cell).last
        #expect(byThread?.severity == .invalid)
        #expect(byThread?.subject == "by thread")
    }

    @Test("where fewer than none are counted in flight, Little's law fails by all there is")
    func littleBelowZero() {
        var cell = SteadySystem.cell()
        for index in cell.trials.indices {
            // As if so many answers had been lost that think times end which never began.
            cell.trials[index].byRequest.stages[.think]?.flight.countedNanoseconds = -1_000_000_000
        }
        let findings = LittleAudit().findings(in: cell)
        #expect(findings.map(\.severity) == [.invalid])
        #expect(findings.map(\.stage) == [.think])
    }

    @Test("Little's law holds at the window's edges, where most requests began before it or outlive it")
    func littleAtTheEdges() {
        var events = SteadySystem.events().filter { $0.kind.rawValue < 16 }
        events.append(Event(nanoseconds: 5_003_000_000, kind: .measurementStart))
        events.append(Event(nanoseconds: 5_030_000_000, kind: .measurementEnd))
        events.sort { $0.nanoseconds < $1.nanoseconds }
        let cell = SteadySystem.cell(events)
        #expect(cell.trials[0].byRequest.stages[.persist]!.counts.startedBefore > 0)
        #expect(LittleAudit().findings(in: cell) == [])
    }

    @Test("a think time that is not the declared one breaks R = N/X − Z")
    func responseTimeLaw() {
        var cell = SteadySystem.cell()
        for index in cell.trials.indices { cell.trials[index].load.meanThinkNanoseconds = 80e6 }
        #expect(
            sentences(ResponseTimeLawAudit(), cell) == [
                "doubtful, all: R = N/X − Z fails: 20 clients at 200.00 requests/s that think for 80.00 ms leave "
                    + "20.00 ms a request, and 10.00 ms was measured (tolerance 3.2 % of the cycle)."
            ])
    }

    @Test("a throughput that the permits cannot carry is impossible")
    func bound() {
        var cell = SteadySystem.cell()
        for index in cell.trials.indices { cell.trials[index].load.meanWriteNanoseconds = 50e6 }
        #expect(
            sentences(ResponseTimeLawAudit(), cell) == [
                "invalid, all: 200.00 requests/s were done, and the permits allow at most 160.00 (tolerance 3.2 %)."
            ])
    }

    @Test("clients that wait for their writes cannot be as fast as those that do not")
    func synchronousBound() {
        var cell = SteadySystem.cell()
        for index in cell.trials.indices { cell.trials[index].load.writes = .synchronous }
        #expect(
            sentences(ResponseTimeLawAudit(), cell) == [
                "invalid, all: 200.00 requests/s were done, and the clients' own cycles allow at most 166.67 "
                    + "(tolerance 3.2 %)."
            ])
    }

    @Test("of a program whose parameters nobody knows, the clients seen are those that wait or think")
    func population() {
        var cell = SteadySystem.cell()
        for index in cell.trials.indices { cell.trials[index].load = LoadParameters() }
        #expect(ResponseTimeLawAudit().findings(in: cell) == [])
        for index in cell.trials.indices { cell.trials[index].machine.clientsSeen = 25 }
        #expect(
            sentences(ResponseTimeLawAudit(), cell) == [
                "doubtful, all: N = X·(R + Z) fails: 25 clients were seen, and on average 2.00 waited and 18.00 thought "
                    + "(tolerance 1.6 %)."
            ])
        // Clients that are not told apart say nothing, nor does what nobody counted.
        for index in cell.trials.indices { cell.trials[index].machine.clientsSeen = 1 }
        #expect(ResponseTimeLawAudit().findings(in: cell) == [])
        for index in cell.trials.indices { cell.trials[index].machine.clientsSeen = nil }
        #expect(ResponseTimeLawAudit().findings(in: cell) == [])
    }
}
