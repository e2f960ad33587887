import TestSupport
import Testing

@testable import Statistics

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite("Changes of level")
struct ChangePointsTests {
    /// Every partition into stretches of 2 or more, by the recursion without pruning.
    private func bruteForce(_ values: [Double], penalty: Double, floor: Double) -> Double {
        func cost(_ start: Int, _ end: Int) -> Double {
            let stretch = values[start..<end]
            let mean = stretch.reduce(0, +) / Double(stretch.count)
            let squares = stretch.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            let variance = max(squares / Double(stretch.count), floor)
            return Double(stretch.count) * log(variance) + squares / variance
        }
        var least = [Double](repeating: .infinity, count: values.count + 1)
        least[0] = -penalty
        for end in 2...values.count {
            for start in 0...end - 2 { least[end] = min(least[end], least[start] + cost(start, end) + penalty) }
        }
        return least[values.count]
    }

    private func total(_ values: [Double], _ changes: [Int], penalty: Double, floor: Double) -> Double {
        let cost = StretchCost(values, varianceFloor: floor)
        let bounds = [0] + changes + [values.count]
        return zip(bounds, bounds.dropFirst()).reduce(0) { $0 + cost.value($1.0, $1.1) }
            + penalty * Double(changes.count)
    }

    @Test("no partition is better than the one found, whatever the penalty", arguments: 1...60)
    func optimal(seed: Int) {
        var generator = SeededGenerator(state: UInt64(seed))
        // Rounded to tenths, so that equal neighbours and the floor occur.
        let values = (0..<45).map { index in
            let (mean, deviation) = index < 15 ? (5.0, 1.0) : index < 20 ? (9.0, 0.2) : (6.0, 0.5 + Double(seed % 3))
            return (10 * generator.normal(mean: mean, deviation: deviation)).rounded() / 10
        }
        let penalty = [1.0, 4, 12][seed % 3]
        let changes = OptimalPartition.changes(in: values, penalty: penalty, varianceFloor: 0.01)
        #expect(zip([0] + changes, changes + [45]).allSatisfy { $1 - $0 >= 2 })
        let (found, best) = (
            total(values, changes, penalty: penalty, floor: 0.01), bruteForce(values, penalty: penalty, floor: 0.01)
        )
        #expect(agree(found, best, within: 1e-9), "seed \(seed): \(changes)")
    }

    @Test("the partition is that of the ruptures library", arguments: WarmUpValues.changes)
    func ruptures(series: Int, penaltyFactor: Double, changes: [Int]) {
        let values = WarmUpValues.series[series]
        let found = OptimalPartition.changes(
            in: values, penalty: penaltyFactor * log(Double(values.count)), varianceFloor: WarmUpValues.varianceFloor)
        #expect(found == changes)
    }

    @Test("segments cover the series with their means and deviations")
    func segments() throws {
        let values = WarmUpValues.series[1]
        let found = try #require(ChangePoints(of: values, varianceFloor: WarmUpValues.varianceFloor))
        #expect(found.changes == [12])
        #expect(found.segments.map(\.batches) == [0..<12, 12..<62])
        #expect(agree(found.segments[0].mean, values[..<12].reduce(0, +) / 12, within: 1e-14))
        #expect(found.segments[1].standardDeviation == Moments(values[12...]).standardDeviation)
    }

    @Test("equal means have one segment; below 20 there is none")
    func edges() throws {
        #expect(try #require(ChangePoints(of: [Double](repeating: 7, count: 20))).changes.isEmpty)
        #expect(try #require(ChangePoints(of: [Double](repeating: 0, count: 20))).changes.isEmpty)
        #expect(ChangePoints(of: [Double](repeating: 7, count: 19)) == nil)
        let step = [Double](repeating: 7, count: 30) + [Double](repeating: 8, count: 30)
        #expect(try #require(ChangePoints(of: step, varianceFloor: 0.01)).changes == [30])
        let small = step.map { $0 == 8 ? 7.05 : 7 }
        #expect(try #require(ChangePoints(of: small, varianceFloor: 0.01)).changes.isEmpty, "below the floor")
    }

    @Test("the correlation is seen through a change of level", arguments: [0.0, 0.5, 0.9])
    func correlation(_ correlation: Double) {
        var generator = SeededGenerator(state: 3)
        var values = Courses.autoregression(4000, correlation: correlation, using: &generator)
        for index in 1000..<4000 { values[index] += 10 * Courses.level }
        #expect(abs(ChangePoints.correlationDespiteChanges(values) - correlation) < 0.1)
    }

    /// Without joining, a third of the series with 0.9 would have a change, and more than half of the queue's.
    @Test(
        "correlation does not make changes: at most 2 % of 300 steady autoregressions have one in the second half",
        arguments: [0, 0.5, 0.8, 0.9], [80, 160])
    func falseAlarms(correlation: Double, count: Int) throws {
        var generator = SeededGenerator(state: UInt64(count))
        var late = 0
        for _ in 0..<300 {
            let means = Courses.autoregression(count, correlation: correlation, using: &generator)
            let last = try #require(ChangePoints(of: means)).changes.last ?? 0
            late += 2 * last > count ? 1 : 0
        }
        measured("change in the second half, autoregression \(correlation), \(count) batches", late, of: 300)
        #expect(late <= 6, "\(late)")
    }

    @Test("a step of 8 standard deviations is found in 97 % of 100 autoregressions", arguments: [0, 0.5, 0.8, 0.9])
    func power(correlation: Double) throws {
        var generator = SeededGenerator(state: 17)
        var found = 0
        for _ in 0..<100 {
            var means = Courses.autoregression(200, correlation: correlation, using: &generator)
            for index in 0..<50 { means[index] += 0.8 * Courses.level }
            let points = try #require(ChangePoints(of: means))
            found += points.changes.contains { abs($0 - 50) <= points.joinedBatches } ? 1 : 0
        }
        measured("step of 8 deviations found where it is, autoregression \(correlation)", found, of: 100)
        #expect(found >= 97, "\(found)")
    }
}
