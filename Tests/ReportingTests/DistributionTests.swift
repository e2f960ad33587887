import Statistics
import Testing

@testable import Reporting

@Suite("histograms as text")
struct DistributionTests {
    @Test("powers of two share their values, and have an empty bucket before and after, as in DTrace")
    func powersOfTwo() {
        let lines = Distribution.powersOfTwo([("one", [4: 1, 8: 3]), ("two", [8: 2])], over: 4...8)
        #expect(
            lines == [
                "             one                       two",
                "      value  - Distribution -   count  - Distribution -   count",
                "          2 |                       0 |                       0",
                "          4 |@@@@                   1 |                       0",
                "          8 |@@@@@@@@@@@@           3 |@@@@@@@@@@@@@@@@       2",
                "         16 |                       0 |                       0",
            ])
    }

    @Test("three buckets that all have empty become one line")
    func gap() {
        let lines = Distribution.powersOfTwo([("one", [4: 1]), ("two", [64: 2])], over: 4...64)
        #expect(lines.count == 2 + 2 + 1 + 2)
        #expect(lines[4] == "          … |3 empty buckets")
    }

    @Test("the range holds its own ends", arguments: [0...0, 1...1, Int64(1 << 62)...Int64(1 << 62)])
    func ends(range: ClosedRange<Int64>) {
        let lines = Distribution.powersOfTwo([("one", [range.lowerBound: 7])], over: range)
        #expect(lines.count { $0.hasSuffix(" 7") } == 1)
    }

    private func buckets(_ counts: [Int], from start: Int64 = 0, step: Int64 = 10) -> [HistogramBucket] {
        counts.enumerated().map {
            HistogramBucket(
                lowerBoundNanoseconds: start + Int64($0) * step, upperBoundNanoseconds: start + Int64($0 + 1) * step,
                count: $1)
        }
    }

    @Test("three empty steps become one line, two stay")
    func linear() {
        let lines = Distribution(linear: buckets([1, 0, 0, 1, 0, 0, 0, 2])).lines
        #expect(lines.count == 1 + 5 + 1)
        #expect(lines[5].contains("|3 empty buckets"))
        #expect(lines[6] == "         70 |@@@@@@@@               2")
    }

    @Test(
        "more steps than lines are merged to round bounds, and no duration is lost",
        arguments: [(21, 20), (60, 40), (200, 200)] as [(Int, Int64)])
    func merged(bucketCount: Int, step: Int64) throws {
        let lines = Distribution(linear: buckets(Array(repeating: 3, count: bucketCount), from: 70)).lines.dropFirst()
        #expect(lines.count <= Distribution.linearRowLimit)
        let rows = try lines.map { line in
            let words = line.split { !$0.isNumber }
            return (try #require(words.first.flatMap { Int64($0) }), try #require(words.last.flatMap { Int($0) }))
        }
        #expect(rows.map(\.1).reduce(0, +) == 3 * bucketCount)
        #expect(rows.allSatisfy { $0.0.isMultiple(of: step) && $0.0 > 70 - step })
        #expect(zip(rows, rows.dropFirst()).allSatisfy { $1.0 - $0.0 == step })
    }

    @Test("no bucket, no bars")
    func none() {
        #expect(Distribution(linear: []).lines.map { $0.filter { $0 != " " } } == ["none"])
    }

    @Test("blocks stand beside each other whatever their heights")
    func sideBySide() {
        let one = Distribution(linear: buckets([1, 2])).lines
        let lines = Distribution.sideBySide([("left", one), ("right", Array(one.prefix(2)))])
        #expect(lines.count == one.count + 1)
        #expect(lines[0] == "             left" + String(repeating: " ", count: 35) + "right")
        #expect(lines.allSatisfy { !$0.hasSuffix(" ") })
    }
}
