import Testing

@testable import Experiments

@Suite("Limits")
struct LimitsTests {
    @Test("what a declaration names counts, and the default for the rest")
    func declaredAndStandard() throws {
        let declaration = try DeclarationReaderTests.read(GoodDeclaration.limits.text)
        #expect(declaration.limits[.steal] == 0.025)
        #expect(declaration.limits[.overshootMedian] == 500_000)
        #expect(declaration.limits[.swappedPages] == 12)
        #expect(declaration.limits[.involuntarySwitches] == 50)
        #expect(declaration.limits[.overshootP99] == Limit.overshootP99.standard)
    }

    @Test("rules by which trials do not count are kept in their order")
    func exclusions() throws {
        let declaration = try DeclarationReaderTests.read(GoodDeclaration.limits.text)
        #expect(
            declaration.trialExclusions == [
                TrialExclusion(figure: .otherLoad, above: 0.2), TrialExclusion(figure: .overshootP99, above: 50e6),
            ])
    }
}
