import Experiments
import Statistics
import Testing
import TraceModel

@testable import Analysis

@Suite("Hypotheses are decided by the whole interval")
struct HypothesisJudgeTests {
    /// Cells along `clients`, each with its processes' values of `persist.p50`, in milliseconds.
    func judge(
        _ levels: [(label: String, milliseconds: [Double])], metric: Metric = .stage(.persist, .all, .p50),
        byThread: [[Double]] = []
    ) -> HypothesisJudge {
        let cells = levels.indices.map { index in
            Cell(index: index, choices: [LevelChoice(factor: "clients", label: levels[index].label)], parameters: [])
        }
        let values = levels.indices.map { index in
            var values = ProcessValues()
            for (block, milliseconds) in levels[index].milliseconds.enumerated() {
                var found: [ProcessValues.Key: Double] = [.init(metric, .request): milliseconds * 1e6]
                if index < byThread.count { found[.init(metric, .thread)] = byThread[index][block] * 1e6 }
                values.add(block: block, values: found)
            }
            return values
        }
        let factor = Factor(name: "clients", levels: levels.map { Level(value: $0.label) })
        return HypothesisJudge(factors: [factor], cells: cells, values: values)
    }

    func hypothesis(
        _ claim: Hypothesis.Claim, metric: Metric = .stage(.persist, .all, .p50), selection: [String: [String]] = [:]
    ) -> Hypothesis {
        Hypothesis(statement: "It holds.", metric: metric, selection: selection, claim: claim)
    }

    // Three processes: t(0.975, 2) = 4.3027, so the half width is 4.3027·s/√3 = 2.484·s.
    @Test(
        "near: inside is supported, outside refuted, across undecided",
        arguments: [
            ([50.09, 50.10, 50.11], HypothesisOutcome.Answer.supported),  // s = 0.01, half width 0.025
            ([52.09, 52.10, 52.11], .refuted),
            ([50.99, 51.00, 51.01], .undecided),  // the edge, 51, lies inside the interval
            ([49.0, 50.0, 51.0], .undecided),  // s = 1, half width 2.5
        ])
    func near(milliseconds: [Double], answer: HypothesisOutcome.Answer) {
        let outcome = judge([("1", milliseconds)]).outcome(of: hypothesis(.near(50e6, .absolute(1e6))))
        #expect(outcome.answer == answer, "\(outcome.figures)")
    }

    @Test("the figures give value, interval and unit")
    func figures() {
        let outcome = judge([("15", [50.09, 50.10, 50.11])]).outcome(of: hypothesis(.near(50e6, .absolute(1e6))))
        #expect(outcome.figures == ["clients 15: 50.100 [50.075, 50.125] ms."])
    }

    @Test("one process gives no interval, so nothing is decided")
    func oneProcess() {
        let outcome = judge([("1", [50.0])]).outcome(of: hypothesis(.near(50e6, .absolute(1e6))))
        #expect(outcome.answer == .undecided)
        #expect(outcome.figures == ["clients 1: 50.000 ms from one process, which gives no interval."])
    }

    @Test("a metric that a process cannot carry leaves the claim undecided and says so")
    func missingMetric() {
        var values = ProcessValues()
        values.add(block: 0, values: [.init(.throughput, nil): 5])
        values.add(block: 1, values: [:])
        let cell = Cell(index: 0, choices: [], parameters: [])
        let judge = HypothesisJudge(factors: [], cells: [cell], values: [values])
        let outcome = judge.outcome(of: hypothesis(.above(1), metric: .throughput))
        #expect(outcome.answer == .undecided)
        #expect(outcome.figures == ["all trials: only 1 of 2 processes could give throughput."])
    }

    @Test("a percentile that no process can carry says how many durations it needs")
    func tooFew() {
        var values = ProcessValues()
        values.add(block: 0, values: [:])
        let cell = Cell(index: 0, choices: [], parameters: [])
        let judge = HypothesisJudge(factors: [], cells: [cell], values: [values])
        let outcome = judge.outcome(of: hypothesis(.near(50e6, .absolute(1e6))))
        let reason = "all trials: too few writes: p50 needs 11 in each process; no process could give persist.p50"
        #expect(outcome.figures == [reason + "."])
        #expect(outcome.deciding == reason)
    }

    @Test(
        "what decided is the range where all cells hold, else the cell that strains the claim most",
        arguments: [
            ([[50.09, 50.10, 50.11], [50.19, 50.20, 50.21]], .supported, "50.100 … 50.200 ms"),
            (
                [[50.09, 50.10, 50.11], [60.19, 60.20, 60.21], [70.19, 70.20, 70.21]], .refuted,
                "clients 2: 70.200 [70.175, 70.225] ms"
            ),
            (
                [[50.0, 50.1, 50.2], [40, 50, 61], [49.9, 50, 51.9]], .undecided,
                "clients 1: 50.333 [24.240, 76.427] ms"
            ),
        ] as [([[Double]], HypothesisOutcome.Answer, String)])
    func deciding(cells: [[Double]], answer: HypothesisOutcome.Answer, expected: String) {
        let outcome = judge(cells.enumerated().map { (String($0), $1) })
            .outcome(of: hypothesis(.near(50e6, .absolute(1e6))))
        #expect(outcome.answer == answer)
        #expect(outcome.deciding == expected)
    }

    @Test("what decided an equivalence is the pair that lies farthest apart")
    func decidingPair() {
        let levels = [("1", [50.0, 50.1, 50.2]), ("2", [50.1, 50.2, 50.3]), ("3", [50.2, 50.3, 50.4])]
        let claim = hypothesis(.equivalent(along: .factor("clients"), .relative(0.02)))
        let outcome = judge(levels).outcome(of: claim)
        #expect(outcome.answer == .supported)
        #expect(outcome.deciding?.hasPrefix("clients 1 → clients 3: 50.100 ms → 50.300 ms, ratio 1.004 [") == true)
    }

    @Test("an absolute margin is held against the difference, which is shown with its interval")
    func absoluteMargin() {
        // s of the difference is 0.1, so the half width is 2.484·0.1.
        let levels = [("1", [50.0, 50.0, 50.0]), ("2", [50.1, 50.2, 50.3])]
        let claim = hypothesis(.equivalent(along: .factor("clients"), .absolute(1e6)))
        let outcome = judge(levels).outcome(of: claim)
        #expect(outcome.answer == .supported)
        #expect(
            outcome.figures.first?.hasPrefix(
                "clients 1 → clients 2: 50.000 ms → 50.200 ms, difference 200.000 [-48.414, 448.414] µs, ratio 1.004 [")
                == true, "\(outcome.figures)")
    }

    @Test("a comparison says which of its sides is a lower bound")
    func lowerBoundSide() {
        let metric = Metric.stage(.request, .all, .mean)
        let values = [nil, 0.1].map { (share: Double?) in
            var values = ProcessValues(openShares: share.map { [.init(.request, .all, .request): $0] } ?? [:])
            for block in 0..<3 { values.add(block: block, values: [.init(metric, .request): 5e6 + Double(block)]) }
            return values
        }
        let cells = ["1", "2"].enumerated().map { index, label in
            Cell(index: index, choices: [LevelChoice(factor: "clients", label: label)], parameters: [])
        }
        let judge = HypothesisJudge(
            factors: [Factor(name: "clients", levels: [Level(value: "1"), Level(value: "2")])], cells: cells,
            values: values)
        let claim = hypothesis(.equivalent(along: .factor("clients"), .relative(0.02)), metric: metric)
        #expect(
            judge.outcome(of: claim).figures.first?.hasSuffix(
                "; 10.00 % of the requests were still open, so that the second is a lower bound.") == true)
        #expect(judge.restsOnLowerBounds(claim))
        #expect(!judge.restsOnLowerBounds(hypothesis(claim.claim, metric: metric, selection: ["clients": ["1"]])))
    }

    @Test("one refuted cell refutes the claim about all; one undecided leaves it undecided")
    func everyCellCounts() {
        let good = [50.09, 50.10, 50.11]
        let claim = hypothesis(.near(50e6, .absolute(1e6)))
        #expect(judge([("1", good), ("2", good)]).outcome(of: claim).answer == .supported)
        #expect(judge([("1", good), ("2", [60.0, 60.01, 60.02])]).outcome(of: claim).answer == .refuted)
        #expect(judge([("1", good), ("2", [40.0, 50, 60])]).outcome(of: claim).answer == .undecided)
        let chosen = hypothesis(.near(50e6, .absolute(1e6)), selection: ["clients": ["1"]])
        #expect(judge([("1", good), ("2", [60.0, 60.01, 60.02])]).outcome(of: chosen).answer == .supported)
    }

    @Test("extremes are judged as observed, without an interval, even from one process")
    func extremes() {
        let metric = Metric.stage(.persist, .all, .minimum)
        let judged = judge([("15", [0.4, 0.002])], metric: metric)
        let outcome = judged.outcome(of: hypothesis(.below(1e6), metric: metric))
        #expect(outcome.answer == .supported)
        #expect(outcome.figures == ["clients 15: 2.000 µs, the extreme observed in 2 processes."])
        #expect(judged.outcome(of: hypothesis(.above(1e6), metric: metric)).answer == .refuted)
        #expect(judged.outcome(of: hypothesis(.above(1e3), metric: metric)).answer == .supported)
        #expect(judged.outcome(of: hypothesis(.below(1e3), metric: metric)).answer == .undecided)
        let maximum = Metric.stage(.persist, .all, .maximum)
        let long = judge([("15", [90, 110])], metric: maximum)
        #expect(long.outcome(of: hypothesis(.above(100e6), metric: maximum)).answer == .supported)
        #expect(long.outcome(of: hypothesis(.above(200e6), metric: maximum)).answer == .undecided)
        #expect(long.outcome(of: hypothesis(.below(100e6), metric: maximum)).answer == .refuted)
    }

    @Test(
        "equivalent: the interval of the ratio within the margin",
        arguments: [
            ([50.0, 50.1, 50.2], [50.1, 50.2, 50.3], HypothesisOutcome.Answer.supported),
            ([50.0, 50.1, 50.2], [55.0, 55.1, 55.2], .refuted),
            ([50.0, 50.1, 50.2], [49.0, 50.5, 52.0], .undecided),
        ])
    func equivalent(first: [Double], second: [Double], answer: HypothesisOutcome.Answer) {
        let claim = hypothesis(.equivalent(along: .factor("clients"), .relative(0.02)))
        let outcome = judge([("1", first), ("2", second)]).outcome(of: claim)
        #expect(outcome.answer == answer, "\(outcome.figures)")
    }

    @Test("rises and falls go by each step, paired within blocks")
    func trends() {
        // Each block drifts by 10 ms, far more than the step of 1 ms: only pairs can see it.
        let levels = [("1", [10.0, 20, 30]), ("2", [11.0, 21.01, 31]), ("3", [12.0, 22.01, 32.01])]
        let rises = hypothesis(.rises(along: .factor("clients")))
        let falls = hypothesis(.falls(along: .factor("clients")))
        #expect(judge(levels).outcome(of: rises).answer == .supported)
        #expect(judge(levels).outcome(of: falls).answer == .refuted)
        #expect(judge(levels.reversed()).outcome(of: falls).answer == .supported)
        let flat = [("1", [10.0, 20, 30]), ("2", [11.0, 19, 30])]
        #expect(judge(flat).outcome(of: rises).answer == .undecided)
    }

    @Test(
        "varies: some pair of levels lies apart by more than the ratio",
        arguments: [
            ([100.0, 101, 102], HypothesisOutcome.Answer.supported), ([10.5, 10.6, 10.7], .refuted),
            ([15.0, 20, 30], .undecided),
        ])
    func varies(other: [Double], answer: HypothesisOutcome.Answer) {
        let levels = [("1", [10.0, 10.1, 10.2]), ("2", [10.0, 10.2, 10.3]), ("3", other)]
        let outcome = judge(levels).outcome(of: hypothesis(.varies(along: .factor("clients"), byMoreThan: 2)))
        #expect(outcome.answer == answer, "\(outcome.figures)")
        #expect(outcome.figures.count == 1)
    }

    @Test("along the pairing, the two readings of the same processes are compared")
    func alongPairing() {
        let claim = hypothesis(.equivalent(along: .pairing, .relative(0.01)))
        let same = judge([("1", [50.0, 51, 52])], byThread: [[50.0, 51, 52]])
        #expect(same.outcome(of: claim).answer == .supported)
        let apart = judge([("1", [50.0, 51, 52])], byThread: [[20.0, 20.5, 21]])
        #expect(apart.outcome(of: claim).answer == .refuted)
    }

    @Test("where all values are zero, levels are equivalent by their difference")
    func zeros() {
        let metric = Metric.blockedShare
        let values = [0, 1].map { _ in
            var values = ProcessValues()
            for block in 0..<3 { values.add(block: block, values: [.init(metric, nil): 0]) }
            return values
        }
        let cells = ["1", "2"].enumerated().map {
            Cell(index: $0.offset, choices: [LevelChoice(factor: "clients", label: $0.element)], parameters: [])
        }
        let factor = Factor(name: "clients", levels: [Level(value: "1"), Level(value: "2")])
        let judge = HypothesisJudge(factors: [factor], cells: cells, values: values)
        let claim = hypothesis(.equivalent(along: .factor("clients"), .relative(0.01)), metric: metric)
        let outcome = judge.outcome(of: claim)
        #expect(outcome.answer == .supported)
        #expect(outcome.figures == ["clients 1 → clients 2: 0.00 % → 0.00 %, difference 0.00 [0.00, 0.00] %."])
    }
}

@Suite("Intervals of what was counted")
struct CountedIntervalTests {
    @Test("processes that agree to the last event still leave three events of doubt, and no share below nothing")
    func ruleOfThree() throws {
        var values = ProcessValues()
        let key = ProcessValues.Key(.blockedShare, nil)
        for block in 0..<3 { values.add(block: block, values: [key: 0], granularities: [key: 1 / 60.0]) }
        let interval = try #require(values.interval(key, confidence: 0.95))
        #expect(interval.lowerBound == 0)
        #expect(abs(interval.upperBound - 3 / 180.0) < 1e-12)
    }

    @Test("a spread that is wider than three events is left as it is, but for what cannot be")
    func spread() throws {
        var values = ProcessValues()
        let key = ProcessValues.Key(.blockedShare, nil)
        for (block, share) in [0.2, 0.5, 0.9].enumerated() {
            values.add(block: block, values: [key: share], granularities: [key: 0.001])
        }
        // The mean is 0.533 and t·s/√3 = 4.303·0.351/1.732 = 0.872: cut at 0 and 1.
        let interval = try #require(values.interval(key, confidence: 0.95))
        #expect(interval.lowerBound == 0)
        #expect(interval.upperBound == 1)
    }
}

@Suite("Refuting across groups of cells")
struct VariationTests {
    /// Four cells, each with both pairings of three processes; along the pairing each cell is a group of its own.
    @Test("one group of many refutes only after correction for their number")
    func correctedForGroups() {
        let metric = Metric.stage(.persist, .all, .mean)
        // In each group the ratio is about 1.23, with an interval that at 95 % ends below 1.5 and at 98.75 % does not.
        let values = (0..<4).map { _ in
            var values = ProcessValues()
            for (block, ratio) in [1.14, 1.23, 1.32].enumerated() {
                values.add(block: block, values: [.init(metric, .request): 10e6, .init(metric, .thread): ratio * 10e6])
            }
            return values
        }
        let cells = (0..<4).map {
            Cell(index: $0, choices: [LevelChoice(factor: "clients", label: "\($0)")], parameters: [])
        }
        let claim = Hypothesis(
            statement: "It varies.", metric: metric, claim: .varies(along: .pairing, byMoreThan: 1.5))
        let alone = HypothesisJudge(factors: [], cells: [cells[0]], values: [values[0]])
        #expect(alone.outcome(of: claim).answer == .refuted)
        let together = HypothesisJudge(factors: [], cells: cells, values: values)
        #expect(together.outcome(of: claim).answer == .undecided)
    }
}
