import Experiments
import Gating
import Statistics
import TestSupport
import Testing

@testable import Calibrating

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite("SyntheticSession")
struct SyntheticSessionTests {
    private func session(_ machine: SyntheticMachine, effect: Double = 0, name: String = "one") -> SyntheticSession {
        SyntheticSession(machine: machine, effect: effect, seed: 1, name: name)
    }

    @Test("the same name has the same processes, another has others")
    func reproducible() {
        var (one, same, other) = (
            session(SyntheticMachine()), session(SyntheticMachine()), session(SyntheticMachine(), name: "two")
        )
        let durations = one.process(isCandidate: false).durations
        #expect(durations.count == 700)
        #expect(same.process(isCandidate: false).durations == durations)
        #expect(other.process(isCandidate: false).durations != durations)
    }

    @Test("without noise the candidate takes as much more as it should, and the baseline what it does")
    func effect() {
        var machine = SyntheticMachine()
        machine.requestDeviation = 0
        machine.stallShare = 0
        machine.processDeviation = 0
        machine.wanderStep = 0
        machine.driftPerHundred = 0
        var quiet = session(machine, effect: 0.05)
        #expect(quiet.process(isCandidate: false).values == [50e6, 50e6, 50e6])
        for value in quiet.process(isCandidate: true).values { #expect(abs(value - 52.5e6) <= 1) }
        machine.driftPerHundred = 1
        var drifting = session(machine)
        let last = (0..<100).map { _ in drifting.process(isCandidate: false) }.last
        #expect(abs((last?.values[0] ?? 0) / 50e6 - exp(1)) < 1e-6)
    }

    @Test("requests follow each other as they should, and processes differ by more than that")
    func correlation() throws {
        var machine = SyntheticMachine()
        machine.requestsPerProcess = 20_000
        machine.stallShare = 0
        var session = session(machine)
        let logarithms = session.process(isCandidate: false).durations.map { log(Double($0)) }
        let moments = Moments(logarithms)
        #expect(abs(try #require(moments.standardDeviation) - 0.05) < 0.003)
        let products = zip(logarithms, logarithms.dropFirst()).reduce(0) {
            $0 + ($1.0 - moments.mean) * ($1.1 - moments.mean)
        }
        #expect(abs(products / moments.squaredDeviations - 0.7) < 0.03)
    }

    @Test("a block has its sides in random order, and a control where one is asked for")
    func block() {
        var session = session(SyntheticMachine())
        var pairs = SyntheticPairs(session, band: .init(.relative(0.01)), hasControl: true)
        pairs.run(to: 3)
        pairs.run(to: 3)
        #expect(pairs.count == 3)
        #expect(pairs.series.map(\.metric) == ["stage.mean", "stage.p50", "stage.p99"])
        #expect(pairs.series.allSatisfy { $0.pairs.map(\.block) == [0, 1, 2] })
        #expect(pairs.series[0].pairs.allSatisfy { $0.control != nil && $0.control != $0.baseline })
        #expect(session.block(hasControl: false).control == nil)
    }
}
