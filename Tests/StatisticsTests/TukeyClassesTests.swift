import Statistics
import Testing

@Suite("Outliers by class")
struct TukeyClassesTests {
    /// Quartiles 10 and 20, so the fences are −5 and 35, and −20 and 50.
    @Test("a value at a fence is still on its inner side")
    func fences() {
        let values: [Int64] = [-21, -20, -6, -5, 12, 15, 35, 36, 50, 51, 90]
        let classes = TukeyClasses(lowerQuartile: 10, upperQuartile: 20, count: values.count) { limit in
            values.count { Double($0) <= limit }
        }
        #expect(classes.innerFences == Interval(lowerBound: -5, upperBound: 35))
        #expect(classes.outerFences == Interval(lowerBound: -20, upperBound: 50))
        #expect(classes.severeLow == 1)
        #expect(classes.mildLow == 2)
        #expect(classes.inside == 4)
        #expect(classes.mildHigh == 2)
        #expect(classes.severeHigh == 2)
    }

    @Test("sorted values give the same as their own quartiles and counts, and all are counted")
    func sorted() throws {
        let values = ((0..<100).map { Int64(1000 + $0) } + [1180, 1400, 9000, 0]).sorted()
        let classes = try #require(TukeyClasses(ofSorted: values))
        let same = TukeyClasses(
            lowerQuartile: Quantile.value(ofSorted: values, at: 0.25),
            upperQuartile: Quantile.value(ofSorted: values, at: 0.75), count: values.count
        ) { limit in values.count { Double($0) <= limit } }
        #expect(classes == same)
        #expect((classes.severeLow, classes.mildLow, classes.inside) == (1, 0, 100))
        #expect((classes.mildHigh, classes.severeHigh) == (1, 2))
    }

    @Test("equal values are all inside, and no values have no classes")
    func edges() throws {
        let classes = try #require(TukeyClasses(ofSorted: [7, 7, 7]))
        #expect(classes.inside == 3)
        #expect(TukeyClasses(ofSorted: []) == nil)
        let oneOff = try #require(TukeyClasses(ofSorted: [7, 7, 7, 7, 7, 7, 7, 8]))
        #expect(oneOff.severeHigh == 1, "where most values are equal, any other is far out")
    }
}
