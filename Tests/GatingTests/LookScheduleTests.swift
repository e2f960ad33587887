import Experiments
import Statistics
import TestSupport
import Testing

@testable import Gating

@Suite("LookSchedule")
struct LookScheduleTests {
    private func schedule() -> LookSchedule { LookSchedule(pairs: [12, 30, 60], errorRate: 0.025, exponent: 1.5) }

    @Test("the most significant of m has the bounds of an m-th of the error, the next of an (m − 1)-th")
    func stepDown() {
        var schedule = schedule()
        let last = (1...3).map { schedule.level(at: 2, among: $0) }
        #expect(last[0] > last[1] && last[1] > last[2])
        let just = last.map { $0 * 0.999 }
        #expect(schedule.significant([just[2], just[1], just[0]], at: 2) == [true, true, true])
        #expect(schedule.significant([just[0], just[2], just[1]], at: 2) == [true, true, true])
        // The first one that is not significant ends it.
        #expect(schedule.significant([last[2] * 1.001, just[2], 0.9], at: 2) == [true, true, false])
        #expect(schedule.significant([last[2] * 1.001, last[2] * 1.002, 0.9], at: 2) == [false, false, false])
        #expect(schedule.significant([nil, just[2], nil], at: 2) == [false, true, false])
        #expect(schedule.significant([nil, just[1], nil], at: 2) == [false, false, false])
        #expect(schedule.significant([], at: 0) == [])
    }

    @Test("sharing the error costs more than dividing the level: looks far out overlap less")
    func sharing() {
        var schedule = schedule()
        for look in 1...2 { #expect(schedule.level(at: look, among: 20) < schedule.level(at: look) / 20) }
    }
}
