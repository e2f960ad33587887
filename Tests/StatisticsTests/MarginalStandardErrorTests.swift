import Statistics
import TestSupport
import Testing

@Suite("The marginal standard error")
struct MarginalStandardErrorTests {
    /// By the definition: for every cut, Σ(x − x̄)²/m² of what remains.
    private func byDefinition(_ means: [Double]) -> (cut: Int, standardError: Double) {
        let errors = (0...means.count - 5).map { cut -> Double in
            let rest = means[cut...]
            let mean = rest.reduce(0, +) / Double(rest.count)
            return rest.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }.squareRoot() / Double(rest.count)
        }
        let least = errors.min()!
        return (errors.firstIndex(of: least)!, least)
    }

    @Test("it is the least over all cuts", arguments: 1...20)
    func definition(seed: Int) throws {
        var generator = SeededGenerator(state: UInt64(seed))
        let means = (0..<60).map { index in (index < seed ? 300 : 100) + generator.normal(deviation: 10) }
        let found = try #require(MarginalStandardError(of: means))
        let expected = byDefinition(means)
        #expect(found.cutIndex == expected.cut)
        #expect(agree(found.standardError, expected.standardError, within: 1e-12))
        #expect(found.isTrusted == (expected.cut <= 30))
        #expect(found.cutIndex >= seed)
    }

    @Test("a cut in the second half is not trusted")
    func untrusted() throws {
        let late = [Double](repeating: 9, count: 30) + (0..<20).map { 3 + 0.01 * Double($0 % 2) }
        let found = try #require(MarginalStandardError(of: late))
        #expect(found.cutIndex == 30)
        #expect(!found.isTrusted)
    }

    @Test("equal means need no cut, and below 10 there is none")
    func edges() throws {
        let equal = try #require(MarginalStandardError(of: [Double](repeating: 4, count: 10)))
        #expect((equal.cutIndex, equal.standardError, equal.isTrusted) == (0, 0, true))
        #expect(MarginalStandardError(of: [Double](repeating: 4, count: 9)) == nil)
    }
}
