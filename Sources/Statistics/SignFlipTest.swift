// Student's t takes the differences for normal, and of a dozen differences nobody can say whether they are. If the two sides
// of a pair are alike, each difference could as well have had the other sign; so the mean is held against the means under all
// 2ⁿ choices of signs. That is exact for whatever symmetric distribution the differences have (Fisher 1935, *The Design of
// Experiments*, section 21; Pitman 1937, doi:10.2307/2984124). A mean other than zero is tested on the differences less that
// mean.
//
// All choices are counted without listing them: the sums over either half of the differences are sorted, and for each sum of
// the one half a pointer into the other says how many complete it (Horowitz & Sahni 1974, doi:10.1145/321812.321823).

/// How often random signs would make a mean of paired differences as large as it is.
public struct SignFlipTest: Sendable, Equatable {
    /// Up to so many differences all choices of signs are counted: twice 2¹⁵ sums.
    public static let exactLimit = 30

    /// Beyond it, so many random choices.
    public static let usualDraws = 99_999

    /// What the probability cannot be below among so many differences, however alike they are.
    public static func smallestProbability(among count: Int) -> Double {
        count <= exactLimit ? 1 / Double(1 << count) : 1 / Double(usualDraws + 1)
    }

    /// One-sided: the share of the choices of signs under which the mean is at least as large; above 0, at most 1.
    public let probability: Double
    /// Whether all choices were counted, instead of a random sample of them.
    public let isExact: Bool

    /// O(2^(n/2)·n) up to 30 differences, O(draws·n) beyond.
    ///
    /// - Parameters:
    ///   - differences: Finite, in any order; at least one.
    ///   - mean: What the mean is held to be larger than.
    ///   - draws: How many random choices beyond 30 differences, 1 or more; the smallest probability is 1/(draws + 1), since
    ///     the signs as they were count as one choice (Phipson & Smyth 2010, doi:10.2202/1544-6115.1585).
    ///   - generator: A seed makes the probability the same each time.
    public init(
        _ differences: [Double], meanAbove mean: Double = 0, draws: Int = Self.usualDraws,
        using generator: inout some RandomNumberGenerator
    ) {
        precondition(!differences.isEmpty, "no differences to give signs to")
        precondition(draws >= 1, "\(draws) draws")
        let shifted = differences.map { $0 - mean }
        // Sums that differ by rounding alone are equal.
        let threshold = shifted.reduce(0, +) - 1e-12 * shifted.reduce(0) { $0 + abs($1) }
        isExact = shifted.count <= Self.exactLimit
        if isExact {
            let half = shifted.count / 2
            let reached = Self.pairs(
                Self.signedSums(shifted[..<half]).sorted(), Self.signedSums(shifted[half...]).sorted(),
                atLeast: threshold)
            probability = Double(reached) / Double(1 << shifted.count)
        } else {
            let tables = Self.tables(shifted)
            var reached = 0
            for _ in 0..<draws where Self.randomSum(tables, using: &generator) >= threshold { reached += 1 }
            probability = Double(reached + 1) / Double(draws + 1)
        }
    }

    /// The sums under all choices of signs; zero alone where there are no values.
    private static func signedSums(_ values: ArraySlice<Double>) -> [Double] {
        values.reduce(into: [0.0]) { sums, value in sums = sums.map { $0 + value } + sums.map { $0 - value } }
    }

    /// How many pairs of a value of either reach the threshold together. Both ascend.
    private static func pairs(_ left: [Double], _ right: [Double], atLeast threshold: Double) -> Int {
        var (count, start) = (0, right.count)
        for value in left {
            while start > 0, value + right[start - 1] >= threshold { start -= 1 }
            count += right.count - start
        }
        return count
    }

    /// For each eight values the sums under their 256 choices of signs: a byte of random bits then adds eight at once.
    private static func tables(_ values: [Double]) -> [[Double]] {
        stride(from: 0, to: values.count, by: 8).map { start in
            let sums = signedSums(values[start..<min(start + 8, values.count)])
            return (0..<256).map { sums[$0 % sums.count] }
        }
    }

    private static func randomSum(_ tables: [[Double]], using generator: inout some RandomNumberGenerator) -> Double {
        var (sum, bits) = (0.0, UInt64(0))
        for (index, table) in tables.enumerated() {
            if index % 8 == 0 { bits = generator.next() }
            sum += table[Int(bits & 0xff)]
            bits >>= 8
        }
        return sum
    }
}
