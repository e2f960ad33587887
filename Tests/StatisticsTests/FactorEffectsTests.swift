import Statistics
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite("Effects of factors")
struct FactorEffectsTests {
    private let factors = [
        FactorEffects.Factor(name: "runtime", levels: ["tasks", "threads"]),
        FactorEffects.Factor(name: "clients", levels: ["1", "8", "64"]),
        FactorEffects.Factor(name: "allocator", levels: ["system", "jemalloc"]),
    ]
    private let two = [
        FactorEffects.Factor(name: "a", levels: ["0", "1"]), FactorEffects.Factor(name: "b", levels: ["0", "1"]),
    ]

    private func published() -> [FactorEffects.Observation] {
        FactorValues.values.enumerated().flatMap { block, runtimes in
            runtimes.enumerated().flatMap { runtime, clients in
                clients.enumerated().flatMap { client, allocators in
                    allocators.enumerated().map { allocator, value in
                        FactorEffects.Observation(block: block, levels: [runtime, client, allocator], value: value)
                    }
                }
            }
        }
    }

    /// One block's four cells: a slow and a slower machine, a = 1 costs 2, b = 1 costs 4, both together 6 more.
    private func block(_ block: Int, machine: Double, twist: Double = 0) -> [FactorEffects.Observation] {
        [(0, 0, 0.0), (0, 1, 4), (1, 0, 2), (1, 1, 12 + twist)].map { a, b, cost in
            FactorEffects.Observation(block: block, levels: [a, b], value: machine + cost)
        }
    }

    private func expectAgreement(_ effects: FactorEffects, _ rows: [FactorValues.Row], _ back: (Double) -> Double) {
        let all = effects.mainEffects + effects.interactions
        #expect(all.count == rows.count)
        for (effect, row) in zip(all, rows) {
            #expect(effect.levels == row.levels.map { FactorEffects.Level(factor: $0.0, level: $0.1) })
            #expect(abs(effect.estimate!.value - back(row.value)) < 1e-11)
            #expect(abs(effect.estimate!.interval!.lowerBound - back(row.low)) < 1e-11)
            #expect(abs(effect.estimate!.interval!.upperBound - back(row.high)) < 1e-11)
            #expect(agree(effect.probability!, row.probability, within: 1e-8))
        }
    }

    @Test("effects, intervals and probabilities are those of NumPy and SciPy, in whatever order the values come")
    func scipy() throws {
        let plain = try #require(FactorEffects(factors: factors, observations: published().reversed()))
        expectAgreement(plain, FactorValues.effects) { $0 }
        let ratios = try #require(FactorEffects(factors: factors, observations: published(), scale: .ratio))
        expectAgreement(ratios, FactorValues.logarithmicEffects) { exp($0) }
        #expect(plain.mainEffects[2].combinationCount == 4)
        #expect(plain.interactions[0].combinationCount == 2)
    }

    @Test("Holm's correction counts an effect once that two levels tell")
    func holm() throws {
        let effects = try #require(FactorEffects(factors: factors, observations: published()))
        // 1 + 3 + 1 main effects, 3 + 1 + 3 interactions.
        let distinct =
            [1, 2, 3, 4, 6].map { effects.mainEffects[$0].probability! }
            + [3, 4, 5, 9, 11, 13, 15].map { effects.interactions[$0].probability! }
        let smallest = distinct.min()!
        let adjusted = (effects.mainEffects + effects.interactions).compactMap(\.adjustedProbability)
        #expect(adjusted.count == 7 + 16)
        #expect(agree(adjusted.min()!, min(1, 12 * smallest), within: 1e-9))
        #expect(effects.mainEffects[0].adjustedProbability == effects.mainEffects[1].adjustedProbability)
    }

    /// Cell means 0, 4, 2, 12 over the block: a = 1 less a = 0 is 7 − 2, b = 1 less b = 0 is 8 − 1, and b costs 10
    /// at a = 1 instead of 4.
    @Test("a worked example: what the machine does to a block cancels")
    func worked() throws {
        let observations = block(1, machine: 10, twist: 1) + block(2, machine: 300, twist: -1)
        let effects = try #require(FactorEffects(factors: two, observations: observations))
        #expect(effects.differences.map { $0.estimate!.value } == [5, 7])
        #expect(effects.mainEffects.map { $0.estimate!.value } == [-2.5, 2.5, -3.5, 3.5])
        #expect(effects.interactions.map { $0.estimate!.value } == [1.5, -1.5, -1.5, 1.5])
        #expect(effects.differencesOfDifferences.map { $0.estimate!.value } == [6])
        #expect(effects.differences[0].estimate!.processValues == [5.5, 4.5])
        #expect(effects.differences[0].adjustedProbability == effects.mainEffects[1].adjustedProbability)
    }

    @Test("a block that lacks a cell takes no part; fewer than two whole ones are the reason for no effect")
    func missing() throws {
        let observations = block(1, machine: 10) + block(2, machine: 20) + block(3, machine: 30).dropLast()
        let effects = try #require(FactorEffects(factors: two, observations: observations))
        #expect(effects.mainEffects.allSatisfy { $0.estimate?.processValues.count == 2 })
        let single = try #require(FactorEffects(factors: two, observations: Array(observations.dropFirst(4))))
        #expect(single.mainEffects.allSatisfy { $0.estimate == nil && $0.absence == .tooFewBlocks(1) })
        #expect(single.mainEffects.allSatisfy { $0.probability == nil && $0.adjustedProbability == nil })
    }

    @Test("where a cell never ran, effects stand over the combinations that are whole, or say that there is none")
    func excluded() throws {
        let all = published()
        // Threads never ran with 64 clients.
        let effects = try #require(
            FactorEffects(factors: factors, observations: all.filter { !($0.levels[0] == 1 && $0.levels[1] == 2) }))
        #expect(effects.mainEffects[0].combinationCount == 4, "runtime: 1 and 8 clients with each allocator")
        #expect(effects.mainEffects[2].combinationCount == 2, "clients: tasks alone, with each allocator")
        #expect(effects.mainEffects[5].combinationCount == 5)
        #expect(effects.interactions[0].absence == .noCompleteCrossing)
        #expect(effects.interactions[0].estimate == nil)
        #expect(effects.differences[0].estimate != nil)
        // Over 1 and 8 clients it is what it is without the third level.
        var fewer = factors
        fewer[1].levels.removeLast()
        let without = try #require(FactorEffects(factors: fewer, observations: all.filter { $0.levels[1] < 2 }))
        #expect(agree(effects.differences[0].estimate!.value, without.differences[0].estimate!.value, within: 1e-12))
    }

    @Test("a value of zero has no ratios; equal contrasts have no probability")
    func edges() throws {
        let observations = block(1, machine: 0) + block(2, machine: 0)
        #expect(FactorEffects(factors: two, observations: observations, scale: .ratio) == nil)
        let effects = try #require(FactorEffects(factors: two, observations: observations))
        #expect(effects.differences[0].probability == nil)
        #expect(effects.differences[0].estimate!.interval == Interval(lowerBound: 5, upperBound: 5))
    }

    /// Each cell has a spread of its own, from 0.5 to 8, and each block a level of its own.
    @Test("the 95 % intervals hold the truth in 93–97 % of 2,000 samples of unequal variances", arguments: [3, 6])
    func coverage(blocks: Int) throws {
        var generator = SeededGenerator(state: UInt64(blocks))
        var (main, interaction, familyAlarms) = (0, 0, 0)
        for _ in 0..<2000 {
            var observations: [FactorEffects.Observation] = []
            for block in 0..<blocks {
                let machine = generator.normal(mean: 100, deviation: 20)
                for (a, b, deviation) in [(0, 0, 0.5), (0, 1, 2.0), (1, 0, 1.0), (1, 1, 8.0)] {
                    let value = machine + 3 * Double(a) + generator.normal(deviation: deviation)
                    observations.append(FactorEffects.Observation(block: block, levels: [a, b], value: value))
                }
            }
            let effects = try #require(FactorEffects(factors: two, observations: observations))
            main += effects.differences[0].estimate!.interval!.contains(3) ? 1 : 0
            interaction += effects.differencesOfDifferences[0].estimate!.interval!.contains(0) ? 1 : 0
            let nothing = [effects.mainEffects[3], effects.interactions[3]]
            familyAlarms += nothing.contains { $0.adjustedProbability! <= 0.05 } ? 1 : 0
        }
        measured("difference of a factor, \(blocks) blocks", main, of: 2000)
        measured("interaction, \(blocks) blocks", interaction, of: 2000)
        measured("false alarm among two effects after Holm, \(blocks) blocks", familyAlarms, of: 2000)
        #expect((1860...1940).contains(main), "\(main)")
        #expect((1860...1940).contains(interaction), "\(interaction)")
        #expect(familyAlarms <= 120, "\(familyAlarms)")
    }
}
