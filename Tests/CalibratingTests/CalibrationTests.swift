import Experiments
import Gating
import Statistics
import TestSupport
import Testing

@testable import Calibrating

/// A small version of `make calibrate`: fewer requests a process, whose noise is less so that the processes' is about the same.
/// The gate itself and the design are the same.
@Suite("Calibration", .timeLimit(.minutes(10)))
struct CalibrationTests {
    private static let calibration: Calibration = {
        var calibration = Calibration()
        calibration.machine.requestsPerProcess = 60
        calibration.machine.requestDeviation = 0.015
        calibration.machine.stallShare = 0.0002
        return calibration
    }()

    private func tally(_ name: String, effect: Double, sessions: Int) async -> Tally {
        let tally = await Self.calibration.tally(
            .init(name, effect: effect, design: SequentialDesign()), sessions: sessions, tasks: 2)
        #expect(tally.sessions == sessions)
        #expect(GateVerdict.allCases.map(tally.count).reduce(0, +) == sessions)
        print("\(name): \(tally.verdicts), suspicions \(tally.suspicions), \(tally.pairMean) pairs on average")
        return tally
    }

    /// At the edge a failure has a chance of 1 in 800 at most, so that three in 200 sessions have one of 0.002.
    @Test("no change, and a change to the very edge of the band, do not fail", arguments: [0, 0.01])
    func falseFailures(effect: Double) async {
        #expect(await tally("no failure at \(effect)", effect: effect, sessions: 200).count(.fail) <= 2)
    }

    @Test("a change of 5 % fails in at least 95 % of the sessions, as far as 100 can tell")
    func powerAtFive() async {
        let failures = await tally("five", effect: 0.05, sessions: 100).count(.fail)
        #expect(ProportionBound.upper(count: failures, of: 100) >= 0.95)
    }

    @Test("a change of 2 % fails in at least 80 % of the sessions, as far as 100 can tell")
    func powerAtTwo() async {
        let failures = await tally("two", effect: 0.02, sessions: 100).count(.fail)
        #expect(ProportionBound.upper(count: failures, of: 100) >= 0.8)
    }

    @Test("the rules that take requests for independent, or look again and again, cry wolf on the same sessions")
    func commonRules() async {
        var condition = Calibration.Condition("rules", effect: 0, design: SequentialDesign())
        condition.comparesRules = true
        condition.peeks = true
        let found = await Self.calibration.tally(condition, sessions: 100, tasks: 2)
        print("Welch on runs \(found.welchOnRuns.different), peeking \(found.peeking.different)")
        // 5 are promised; P(Binomial(100, 0.05) > 13) = 0.0005.
        #expect(found.welchOnRuns.different > 13)
        #expect(found.peeking.different > found.welchOnProcesses.different)
        let apart = await Self.calibration.oneAfterTheOther(processes: 20, sessions: 100, tasks: 2)
        #expect(apart.welchOnProcesses.different > 13)
    }

    @Test("the figures do not depend on the number of tasks")
    func tasks() async {
        var condition = Calibration.Condition("tasks", effect: 0.01, design: SequentialDesign())
        condition.hasControl = true
        condition.comparesRules = true
        let one = await Self.calibration.tally(condition, sessions: 7, tasks: 1)
        let three = await Self.calibration.tally(condition, sessions: 7, tasks: 3)
        #expect(one == three)
    }

    /// R: `binom.test(0, 1000)`, `binom.test(5, 10)`.
    @Test("shares have the exact interval")
    func interval() {
        let none = Tally.interval(0, of: 1000)
        #expect(none.lowerBound == 0)
        #expect(abs(none.upperBound - 0.003682084) < 1e-9)
        let half = Tally.interval(5, of: 10)
        #expect(abs(half.lowerBound - 0.1870860) < 1e-7)
        #expect(abs(half.upperBound - 0.8129140) < 1e-7)
    }
}
