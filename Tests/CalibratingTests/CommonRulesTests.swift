import Experiments
import Statistics
import TestSupport
import Testing

@testable import Calibrating

@Suite("CommonRules")
struct CommonRulesTests {
    @Test("Mann and Whitney's test turns where z does, at 1.96")
    func mannWhitney() {
        let baseline: [Int64] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
        let above: [Int64] = baseline.map { $0 * 10 + 25 }
        #expect(CommonRules.mannWhitney(baseline: baseline, candidate: above) == .slower)
        #expect(CommonRules.mannWhitney(baseline: above, candidate: baseline) == .faster)
        #expect(CommonRules.mannWhitney(baseline: baseline, candidate: baseline) == .same)
        // The ranks of the candidate sum to R; U = R − 55 and z = (U − 50)/13.229: 76 of 100 is beyond 1.96, 75 is not.
        #expect(CommonRules.mannWhitney(baseline: Self.sides(wins: 76).0, candidate: Self.sides(wins: 76).1) == .slower)
        #expect(CommonRules.mannWhitney(baseline: Self.sides(wins: 75).0, candidate: Self.sides(wins: 75).1) == .same)
    }

    /// Ten values a side of which the candidate's are larger in so many of the hundred pairs.
    private static func sides(wins: Int) -> ([Int64], [Int64]) {
        let baseline = (1...10).map { Int64($0) * 100 }
        let candidate = (0..<10).map { index -> Int64 in
            let each = wins / 10 + (index < wins % 10 ? 1 : 0)
            return Int64(each) * 100 + 50 + Int64(index)
        }
        return (baseline, candidate)
    }

    @Test("ties count half for either side")
    func ties() {
        let equal = [Int64](repeating: 5, count: 40)
        #expect(CommonRules.mannWhitney(baseline: equal, candidate: equal) == .same)
        #expect(CommonRules.mannWhitney(baseline: equal, candidate: equal.map { $0 + 1 }) == .slower)
    }

    @Test("Welch's test sees the direction, and nothing where there are too few values")
    func welch() {
        let (low, high) = (Moments([1, 2, 3, 2, 1]), Moments([8, 9, 7, 8, 9]))
        #expect(CommonRules.welch(baseline: low, candidate: high) == .slower)
        #expect(CommonRules.welch(baseline: high, candidate: low) == .faster)
        #expect(CommonRules.welch(baseline: low, candidate: low) == .same)
        #expect(CommonRules.welch(baseline: Moments([1]), candidate: high) == .same)
    }
}
