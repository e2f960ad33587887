import Testing

@testable import Randomness

@Suite("RandomStream")
struct RandomStreamTests {
    @Test("seed and name alone fix a stream: its first numbers are these")
    func firstNumbers() {
        var stream = RandomStream(seed: 1, name: "client/7/network")
        #expect([stream.next(), stream.next(), stream.next()] == firstNumbersOfClient7)
    }

    @Test("splitting spells out the name")
    func splittingSpellsOutTheName() {
        var split = StreamName(seed: 1, "client").split("7").split("network").stream
        #expect([split.next(), split.next(), split.next()] == firstNumbersOfClient7)
    }

    @Test("a name gives the same stream however often it is asked, whatever has been drawn")
    func namesKeepNothing() {
        let name = StreamName(seed: 5, "client/0")
        var early = name.split("think").stream
        let first = early.next()
        var late = name.split("think").stream
        #expect(late.next() == first)
        var own = name.stream
        #expect(own.next() != first)
    }

    @Test(
        "another seed or another name is another stream",
        arguments: [(2, "client/7/network"), (1, "client/8/network"), (1, "client/7/think"), (1, "client/7network")])
    func othersDiffer(seed: UInt64, name: String) {
        var stream = RandomStream(seed: seed, name: name)
        #expect(stream.next() != firstNumbersOfClient7[0])
    }

    @Test("a unit number is the middle of one of 2⁵² parts: never 0, never 1, and its mean is a half")
    func unitNumbers() {
        var stream = RandomStream(seed: 3, name: "unit")
        let numbers = (0..<100_000).map { _ in stream.nextUnit() }
        #expect(numbers.allSatisfy { 0 < $0 && $0 < 1 })
        // Standard error of the mean √(1/12)/√n = 0.00091; four of them are allowed.
        #expect(abs(numbers.reduce(0, +) / 100_000 - 0.5) < 0.0037)
        #expect((Double(UInt64.max >> 12) + 0.5) * 0x1p-52 == 1 - 0x1p-53)
    }

    @Test("numbers below a bound fill all cells evenly", arguments: [3, 10, 1 << 40] as [UInt64])
    func boundedNumbers(bound: UInt64) {
        var stream = RandomStream(seed: 11, name: "bounded")
        let cellCount = min(bound, 10)
        var cells = [Int](repeating: 0, count: Int(cellCount))
        var largest: UInt64 = 0
        for _ in 0..<30_000 {
            let number = stream.next(below: bound)
            largest = max(largest, number)
            cells[Int(number / (bound / cellCount) % cellCount)] += 1
        }
        #expect(largest < bound)
        // Chi-square, 99.9 % points: 13.82 with 2 degrees of freedom, 27.88 with 9.
        let expected = 30_000 / Double(cellCount)
        let chiSquare = cells.reduce(0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
        #expect(chiSquare < (cellCount == 3 ? 13.82 : 27.88), "seed 11, cells \(cells)")
    }

    @Test("below 1 there is only 0")
    func belowOne() {
        var stream = RandomStream(seed: 1, name: "")
        #expect(stream.next(below: 1) == 0)
    }

    @Test(
        "FNV-1a matches its authors' test vectors",
        arguments: [("", 0xcbf2_9ce4_8422_2325), ("a", 0xaf63_dc4c_8601_ec8c), ("foobar", 0x8594_4171_f739_67e8)]
            as [(String, UInt64)])
    func hashVectors(text: String, hash: UInt64) {
        #expect(text.utf8.reduce(FNV1a(value: 0xcbf2_9ce4_8422_2325)) { $0.adding($1) }.value == hash)
    }
}

/// Written down when the algorithm was fixed: a change here means that every seed names another run.
let firstNumbersOfClient7: [UInt64] = [
    5_555_200_806_023_264_423, 4_442_977_846_866_790_781, 5_026_566_119_938_389_778,
]
