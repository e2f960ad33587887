import Experiments
import Statistics
import TestSupport
import Testing

@testable import Gating

@Suite("NullControl")
struct NullControlTests {
    private func decision(_ source: Pairs) -> GateDecision {
        var source = source
        var session = GateSession()
        return session.run([PairedSeries(cell: "clients 8", source.pairs(90))]).decision
    }

    private func source(_ seed: UInt64, effect: Double, controlEffect: Double = 0) -> Pairs {
        var source = Pairs(seed: seed, effect: effect, deviation: 0.004)
        source.hasControl = true
        source.controlEffect = controlEffect
        return source
    }

    @Test("a sound control says how large the noise is and leaves a failure a failure")
    func sound() throws {
        let decision = decision(source(1, effect: 0.05))
        #expect(decision.verdict == .fail)
        let entry = try #require(decision.nullControl?.entries.first)
        #expect(!entry.hasAlarmed)
        #expect(entry.interval.lowerBound < 1 && entry.interval.upperBound > 1)
        // 24 differences with a deviation of 0.4 % · √2, and a t of 2.07.
        #expect((0.0016...0.0034).contains(entry.noiseFloor))
        #expect((0.01...0.016).contains(entry.smallestDetectableEffect))
        #expect(entry.falseAlarmShare == 0, "no choice of signs brings such pairs beyond 1 %")
    }

    @Test("where the baseline differs from itself, what would have failed is inconclusive, and the reason comes first")
    func alarm() {
        let decision = decision(source(2, effect: 0.05, controlEffect: 0.02))
        #expect(decision.nullControl?.hasAlarmed == true)
        #expect(decision.verdict == .inconclusive)
        #expect(
            decision.reasons[0]
                == "The null control alarmed: the baseline differs from itself in request.p50, clients 8.")
        #expect(decision.reasons[1].hasSuffix("but the null control alarmed."))
    }

    @Test("a pass stays a pass")
    func passing() {
        let decision = decision(source(3, effect: 0, controlEffect: 0.02))
        #expect(decision.nullControl?.hasAlarmed == true)
        #expect(decision.verdict == .pass)
    }

    @Test("without control values there is none; equal ones have no noise and no alarm")
    func absent() throws {
        #expect(decision(Pairs(seed: 4, deviation: 0.002)).nullControl == nil)
        let pairs = (0..<12).map { PairedSeries.Pair(block: $0, baseline: 5, candidate: 5, control: 5) }
        var session = GateSession()
        let entry = try #require(session.run([PairedSeries(pairs)]).decision.nullControl?.entries.first)
        #expect(entry.noiseFloor == 0 && !entry.hasAlarmed && entry.effect == 1)
    }

    @Test("sound controls of six metrics alarm in no more than 1 % of the sessions, as far as 1,000 can tell")
    func alarmRate() {
        var alarms = 0
        for seed in 0..<1000 as Range<UInt64> {
            let series = (0..<6).map { index in
                var source = Pairs(seed: 1000 * (seed + 1) + UInt64(index))
                source.hasControl = true
                return PairedSeries("m\(index)", source.pairs(12))
            }
            let control = NullControl(of: series, design: SequentialDesign(), level: 0.01)
            alarms += control?.hasAlarmed == true ? 1 : 0
        }
        print("null control: \(alarms) of 1000 alarm")
        // 10 expected at most, fewer where random signs are not rare enough: P(Poisson(10) > 23) = 0.0001.
        #expect((1...23).contains(alarms))
    }

    /// A quarter of all relabellings of pairs with differences of ±3 % has a mean beyond 1 %: it is counted here in full.
    @Test("the share of false alarms is that over all choices of signs")
    func falseAlarms() throws {
        let differences = [0.03, -0.03, 0.031, 0.029, -0.032, 0.03]
        let pairs = differences.enumerated().map {
            PairedSeries.Pair(block: $0.offset, baseline: 5, candidate: 5, control: 5 + $0.element)
        }
        let series = PairedSeries(band: Band(.absolute(0.01)), pairs)
        let entry = try #require(
            NullControl(of: [series], design: SequentialDesign(), level: 0.2)?.entries.first)
        let quantile = StudentT(degreesOfFreedom: 5).quantile(0.8)
        var alarms = 0
        for signs in 0..<64 {
            let signed = differences.enumerated().map { signs >> $0.offset & 1 == 0 ? $0.element : -$0.element }
            let moments = Moments(signed)
            let margin = quantile * (moments.standardDeviation ?? 0) / 6.0.squareRoot()
            alarms += moments.mean - margin > 0.01 ? 1 : 0
        }
        #expect(alarms > 0)
        #expect(abs(entry.falseAlarmShare - Double(alarms) / 64) < 0.05)
    }
}
