import Statistics
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite("Warm-up")
struct WarmUpAnalysisTests {
    private func analysis(_ means: [Double]) throws -> WarmUpAnalysis {
        try #require(WarmUpAnalysis(of: Courses.series(means)))
    }

    /// The analyses of so many seeded courses.
    private func courses(
        _ runs: Int = 200, _ make: (inout SeededGenerator) -> [Double]
    ) throws -> [WarmUpAnalysis] {
        var generator = SeededGenerator(state: 99)
        return try (0..<runs).map { _ in try analysis(make(&generator)) }
    }

    private func isUsable(_ analysis: WarmUpAnalysis, of count: Int) -> Bool {
        (analysis.course == .flat || analysis.course == .warmUp) && 2 * analysis.cutIndex <= count
    }

    @Test(
        "at least 98 % of 500 steady autoregressions are flat, or warm up before the middle",
        arguments: [0, 0.5, 0.8, 0.9])
    func steady(correlation: Double) throws {
        let found = try courses(500) { Courses.autoregression(200, correlation: correlation, using: &$0) }
        let usable = found.count { isUsable($0, of: 200) }
        measured("steady, autoregression \(correlation): flat or warm-up", usable, of: 500)
        measured("steady, autoregression \(correlation): flat", found.count { $0.course == .flat }, of: 500)
        #expect(usable >= 490, "\(usable)")
    }

    @Test("a steady queue is usable in at least 95 % of 500 runs", arguments: [0.5, 0.8])
    func steadyQueue(load: Double) throws {
        let found = try courses(500) { Courses.queue(160, load: load, batchSize: 10, using: &$0) }
        let usable = found.count { isUsable($0, of: 160) }
        measured("steady queue, load \(load): flat or warm-up", usable, of: 500)
        #expect(usable >= 475, "\(usable)")
    }

    @Test("a queue that starts empty is usable, too")
    func queueFromEmpty() throws {
        let found = try courses { Courses.queue(200, load: 0.8, batchSize: 10, startsEmpty: true, using: &$0) }
        let usable = found.count { isUsable($0, of: 200) }
        measured("queue from empty, load 0.8: flat or warm-up", usable, of: 200)
        #expect(usable >= 186, "\(usable)")
    }

    @Test("a few long values here and there are no level of their own")
    func rareWaits() throws {
        let found = try courses(500) { Courses.rareWaits(250, using: &$0) }
        let usable = found.count { isUsable($0, of: 250) }
        measured("rare waits, one value in a hundred: flat or warm-up", usable, of: 500)
        #expect(usable >= 475, "\(usable)")
    }

    @Test("a herd at the start is a warm-up that ends with it", arguments: [1, 4, 30])
    func herd(length: Int) throws {
        let found = try courses { generator in
            var means = Courses.autoregression(200, correlation: 0.3, using: &generator)
            for index in 0..<length { means[index] *= 20 }
            return means
        }
        let right = found.count { $0.course == .warmUp && (length...length + 20).contains($0.cutIndex) }
        measured("herd of \(length) batches: warm-up, cut at most 20 late", right, of: 200)
        #expect(right >= 192, "\(right)")
    }

    /// The excess is 2·e^(−i/10) of the level: below a tenth of it from batch 30, below the tolerance from 37.
    @Test("a start-up that decays is a warm-up, cut where little of it is left")
    func decay() throws {
        let found = try courses { generator in
            Courses.autoregression(200, correlation: 0.3, using: &generator).enumerated().map { index, mean in
                mean + 2 * Courses.level * exp(-Double(index) / 10)
            }
        }
        let right = found.count { $0.course == .warmUp && (15...70).contains($0.cutIndex) }
        measured("decay: warm-up, cut between batches 15 and 70", right, of: 200)
        #expect(right >= 186, "\(right)")
    }

    @Test("a level that rises early is a slow-down")
    func slowDown() throws {
        let found = try courses { generator in
            Courses.autoregression(200, correlation: 0.3, using: &generator).enumerated().map { index, mean in
                index < 60 ? mean : 2 * mean
            }
        }
        let right = found.count { $0.course == .slowDown && (58...80).contains($0.cutIndex) }
        measured("step up at 30 %: slow-down", right, of: 200)
        #expect(right >= 192, "\(right)")
    }

    @Test("a level that rises late is never steady")
    func lateStep() throws {
        let found = try courses { generator in
            Courses.autoregression(200, correlation: 0.3, using: &generator).enumerated().map { index, mean in
                index < 150 ? mean : 2 * mean
            }
        }
        let right = found.count { $0.course == .neverSteady }
        measured("step up at 75 %: never steady", right, of: 200)
        #expect(right >= 196, "\(right)")
    }

    /// By half of the level from the first batch to the last. Where the search makes two levels of it, the rest after
    /// the first may move too little to be told from noise: then it is a slow-down, which is no steady process either.
    @Test("a drift is never steady, or at least a slow-down")
    func drift() throws {
        let found = try courses { generator in
            Courses.autoregression(200, correlation: 0.3, using: &generator).enumerated().map { index, mean in
                mean * (1 + 0.5 * Double(index) / 200)
            }
        }
        let never = found.count { $0.course == .neverSteady }
        let slower = found.count { $0.course == .slowDown }
        measured("drift by 50 %: never steady", never, of: 200)
        measured("drift by 50 %: never steady or slow-down", never + slower, of: 200)
        #expect(never >= 176, "\(never)")
        #expect(never + slower >= 198, "\(never + slower)")
    }

    @Test(
        "a pause, early or late, mostly is an outlier: it stays, and the process is flat",
        arguments: [30, 90, 160, 197])
    func pause(position: Int) throws {
        let found = try courses { generator in
            var means = Courses.autoregression(200, correlation: 0.3, using: &generator)
            for index in position..<position + 3 { means[index] *= 30 }
            return means
        }
        let right = found.count { $0.course == .flat && $0.cutIndex <= 20 }
        measured("pause at batch \(position): flat, cut before batch 20", right, of: 200)
        #expect(right >= 168, "\(right)")
    }

    @Test("a change within the tolerance is none")
    func tolerance() throws {
        var generator = SeededGenerator(state: 1)
        let means = (0..<200).map { index in (index < 50 ? 1.03e6 : 1e6) + generator.normal(deviation: 1000) }
        #expect(try analysis(means).course == .flat)
        let strict = try #require(WarmUpAnalysis(of: Courses.series(means), tolerance: .init(share: 0.01)))
        #expect(strict.course == .warmUp)
        #expect((49...51).contains(strict.cutIndex))
        let loose = try #require(
            WarmUpAnalysis(of: Courses.series(means), tolerance: .init(share: 0, floorNanoseconds: 40_000)))
        #expect(loose.course == .flat)
        #expect(loose.toleranceNanoseconds == 40_000)
    }

    @Test("the cut is told in batches, values and by the instant of the last value before it")
    func cut() throws {
        let means = [Double](repeating: 9e6, count: 8) + [Double](repeating: 1e6, count: 60)
        let found = try analysis(means)
        #expect(found.course == .warmUp)
        #expect((found.cutIndex, found.cutValueCount, found.cutNanoseconds) == (8, 40, 39_000))
        #expect((found.finalLevel, found.toleranceNanoseconds) == (1e6, 5e4))
        #expect((found.changePointCutIndex, found.marginalStandardError.cutIndex) == (8, 8))
        #expect(found.countsMarginalStandardError)
        #expect(found.trend?.change == 0)
    }

    @Test("equal batches are flat with no cut; fewer than 20 say nothing")
    func edges() throws {
        let flat = try analysis([Double](repeating: 5, count: 20))
        #expect((flat.course, flat.cutIndex) == (.flat, 0))
        #expect(flat.cutNanoseconds == nil)
        #expect(WarmUpAnalysis(of: Courses.series([Double](repeating: 5, count: 19))) == nil)
    }
}
