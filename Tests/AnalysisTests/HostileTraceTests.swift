import Pairing
import Statistics
import Testing
import TraceModel

@testable import Analysis

@Suite("A trace that says the impossible is measured without a trap")
struct HostileTraceTests {
    @Test("any drawn delay", arguments: [Int64.min, -1, 0, Int64.max])
    func drawnDelay(value: Int64) throws {
        let events = [
            Event(nanoseconds: 1, kind: .persistStart, request: 1, value: value),
            Event(nanoseconds: 9, kind: .persistDone, request: 1),
        ]
        let measurement = try #require(TraceMeasurement(events: events, writes: nil))
        #expect(measurement.overshoot.count == 1)
    }

    @Test("times at both ends of what there is")
    func farApart() throws {
        let events = [
            Event(nanoseconds: .min, kind: .requestStart, request: 1),
            Event(nanoseconds: .max, kind: .requestDone, request: 1),
        ]
        #expect(TraceMeasurement(events: events, writes: nil)?.window.lengthNanoseconds == .max)
    }

    @Test("figures whose spread does not fit into a number have no interval")
    func hugeFigures() {
        #expect(Estimate(processValues: [1e308, -1e308, 1e308]).interval == nil)
    }
}
