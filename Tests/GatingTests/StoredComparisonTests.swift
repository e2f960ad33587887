import Experiments
import Statistics
import TestSupport
import Testing

@testable import Gating

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite("StoredComparison")
struct StoredComparisonTests {
    private func series(
        _ metric: String = "request.p50", sessions: [[Double]], candidate: [Double], band: Double = 0.05
    ) -> BaselineSeries {
        func trials(_ values: [Double]) -> [BaselineSeries.TrialValue] {
            values.enumerated().map { .init(block: $0.offset, value: $0.element) }
        }
        return BaselineSeries(
            cell: "", metric: metric, direction: .higherIsWorse, dimension: .duration, band: Band(.relative(band)),
            baseline: sessions.enumerated().map { .init(name: "\($0.offset)", values: trials($0.element)) },
            candidate: trials(candidate))
    }

    private let steady = [[100, 101.0], [100.2, 100.6], [100.4, 100.5], [100.1, 101], [100.3, 100.7]]

    /// Sessions' means of logarithms 0, 0.01 and 0.02 have a deviation of 0.01; the candidate lies 0.06 above their mean.
    /// t(0.99, 2) = 6.9646; the prediction's error is 0.01 · √(4/3).
    @Test("the interval is the prediction interval over the sessions' means")
    func interval() throws {
        let decision = StoredComparison.decision([
            series(sessions: [0, 0.01, 0.02].map { [exp($0)] }, candidate: [exp(0.07)], band: 0.01)
        ])
        let metric = decision.metrics[0]
        let halfWidth = 6.964556734283583 * 0.01 * (4.0 / 3).squareRoot()
        #expect(abs(log(try #require(metric.effect)) - 0.06) < 1e-12)
        #expect(abs(log(try #require(metric.interval).lowerBound) - (0.06 - halfWidth)) < 1e-9)
        #expect(abs(log(try #require(metric.interval).upperBound) - (0.06 + halfWidth)) < 1e-9)
        #expect(metric.confidence == 0.98)
        #expect(metric.verdict == .inconclusive)
        #expect(metric.reason.contains("more saved sessions would decide it"))
    }

    @Test("inside passes, beyond fails, beyond on the good side improved")
    func judged() {
        #expect(StoredComparison.decision([series(sessions: steady, candidate: [100.2, 100.9])]).verdict == .pass)
        let worse = StoredComparison.decision([series(sessions: steady, candidate: [115, 116])])
        #expect(worse.verdict == .fail)
        #expect(worse.reasons[0].hasPrefix("request.p50: Worse: +"))
        let better = StoredComparison.decision([series(sessions: steady, candidate: [80, 81])])
        #expect(better.verdict == .pass && better.metrics[0].isImproved)
    }

    @Test("two sessions are too few, and it says how many to save")
    func fewSessions() {
        for candidate in [[100.0, 100], [200, 200]] {
            let decision = StoredComparison.decision([series(sessions: Array(steady[..<2]), candidate: candidate)])
            #expect(decision.verdict == .inconclusive)
            #expect(decision.reasons[0].contains("2 of the 3 sessions that show how sessions differ; save 1 more"))
        }
    }

    @Test("a baseline of another machine is advisory: figures, but neither pass nor fail")
    func advisory() {
        for candidate in [[100.2, 100.9], [130, 131]] {
            let decision = StoredComparison.decision(
                [series(sessions: steady, candidate: candidate)], advisory: "The processor differs.")
            #expect(decision.verdict == .inconclusive)
            #expect(decision.reasons[0] == "The processor differs.")
            #expect(decision.metrics[0].interval != nil)
            #expect(decision.metrics[0].reason.contains("advisory only"))
        }
    }

    @Test("where sessions differ too much for any number of them, pairs are the advice")
    func hopeless() {
        let loose = [[100.0], [120], [90], [110], [97]]
        let decision = StoredComparison.decision([series(sessions: loose, candidate: [103])])
        #expect(decision.verdict == .inconclusive)
        #expect(decision.reasons[0].contains("run pairs in one session instead"))
    }

    @Test("among many comparisons one that is just beyond does not fail")
    func holm() {
        let near = series("near", sessions: steady, candidate: [106, 106])
        #expect(StoredComparison.decision([near]).verdict == .fail)
        let others = (0..<400).map { series("m\($0)", sessions: steady, candidate: [100.5, 100.5]) }
        let decision = StoredComparison.decision([near] + others)
        #expect(decision.verdict == .inconclusive)
        #expect(decision.reasons.count == 1)
        #expect(decision.reasons[0].contains("stands among all comparisons"))
    }

    @Test("values without a ratio, without a finite spread, or invalid ones are inconclusive")
    func unfit() {
        var sessions = steady
        sessions[1][0] = 0
        #expect(
            StoredComparison.decision([series(sessions: sessions, candidate: [100])]).reasons[0].contains(
                "declare an absolute band"))
        #expect(
            StoredComparison.decision([series(sessions: steady, candidate: [.infinity])]).reasons[0].contains(
                "no finite number"))
        #expect(StoredComparison.decision([series(sessions: steady, candidate: [])]).verdict == .inconclusive)
        var invalid = series(sessions: steady, candidate: [130])
        invalid.invalidity = "it was swapped out."
        #expect(StoredComparison.decision([invalid]).verdict == .inconclusive)
    }

    /// Sessions differ by 1 %, processes inside one by 0.5 %: Welch on the processes sees only the latter.
    @Test("an unchanged program leaves its prediction interval in 2 % of 2,000 baselines, one of fewer processes too")
    func coverage() throws {
        for processes in [4, 1] {
            var generator = SeededGenerator(state: 77)
            func normal() -> Double {
                let radius = (-2 * log(Double.random(in: .leastNonzeroMagnitude..<1, using: &generator))).squareRoot()
                return radius * cos(2 * .pi * Double.random(in: 0..<1, using: &generator))
            }
            var outside = 0
            for _ in 0..<2000 {
                func session(_ count: Int) -> [Double] {
                    let level = 0.01 * normal()
                    return (0..<count).map { _ in exp(level + 0.005 * normal()) }
                }
                let series = series(sessions: (0..<5).map { _ in session(4) }, candidate: session(processes))
                let interval = try #require(StoredComparison.decision([series]).metrics[0].interval)
                outside += interval.lowerBound > 1 || interval.upperBound < 1 ? 1 : 0
            }
            print("stored: \(outside) of 2000 outside, \(processes) processes")
            // 40 expected; four standard deviations are 25.
            #expect((15...65).contains(outside))
        }
    }
}
