import Statistics
import Testing

@Suite("Variance between and within processes")
struct VarianceComponentsTests {
    /// Groups {1, 2, 3} and {7, 8, 9}: within (2 + 2)/4 = 1; among 3·(3² + 3²)/1 = 54; between (54 − 1)/3 = 53/3.
    @Test("a worked example")
    func worked() throws {
        let components = try #require(VarianceComponents(processes: [Moments([1, 2, 3]), Moments([7, 8, 9])]))
        #expect(components.withinProcesses == 1)
        #expect(agree(components.betweenProcesses, 53.0 / 3, within: 1e-14))
        #expect(agree(components.betweenShare, 53.0 / 56, within: 1e-14))
        #expect(agree(components.designEffect, 1 + 2 * 53.0 / 56, within: 1e-14))
        #expect(agree(components.effectiveSampleSize, 6 / (1 + 2 * 53.0 / 56), within: 1e-14))
    }

    @Test("equal processes have no variance between them, and all their values count")
    func noneBetween() throws {
        let components = try #require(VarianceComponents(processes: [Moments([1, 3]), Moments([3, 1])]))
        #expect(components.betweenProcesses == 0)
        #expect(components.effectiveSampleSize == 4)
    }

    @Test("processes of no inner spread are worth one value each")
    func allBetween() throws {
        let components = try #require(VarianceComponents(processes: [Moments([1, 1, 1]), Moments([2, 2, 2])]))
        #expect(components.betweenShare == 1)
        #expect(components.effectiveSampleSize == 2)
    }

    @Test("one process, or processes of one value, cannot be split")
    func tooFew() {
        #expect(VarianceComponents(processes: [Moments([1, 2, 3])]) == nil)
        #expect(VarianceComponents(processes: [Moments([1]), Moments([2])]) == nil)
        #expect(VarianceComponents(processes: []) == nil)
    }

    /// With 4000 processes of about 25 values the estimate's standard error is 0.004, so 0.02 is five of them.
    @Test("the true share, 1 in 5, is found from many unequal processes")
    func simulated() throws {
        var generator = SeededGenerator(state: 5)
        let processes = (0..<4000).map { index in
            let level = generator.normal(deviation: 1)
            return Moments((0..<(10 + index % 30)).map { _ in level + generator.normal(deviation: 2) })
        }
        let components = try #require(VarianceComponents(processes: processes))
        #expect(abs(components.betweenShare - 0.2) < 0.02)
    }
}
