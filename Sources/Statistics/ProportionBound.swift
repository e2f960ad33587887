// How often something happens, when it was seen k times in n tries, lies below the bound with the confidence asked for: the
// bound is the proportion under which k or fewer would be seen that rarely (Clopper & Pearson 1934,
// doi:10.1093/biomet/26.4.404). P(Binomial(n, p) ≤ k) = 1 − I_p(k + 1, n − k) (DLMF 8.17.5), which falls as p rises, so
// halving finds it. Seen never in n tries at 95 %, the bound is 1 − 0.05^(1/n): about 3/n, the rule of three.

/// The exact upper bound of a proportion.
public enum ProportionBound {
    /// - Parameters:
    ///   - count: How often it was seen, 0…total.
    ///   - total: In how many independent tries, 1 or more.
    ///   - confidence: One-sided, between 0 and 1, both excluded.
    /// - Returns: 0…1, to some 15 digits; 1 where it was seen each time.
    public static func upper(count: Int, of total: Int, confidence: Double = 0.95) -> Double {
        precondition(total > 0 && (0...total).contains(count), "\(count) of \(total) is no proportion")
        precondition(confidence > 0 && confidence < 1, "confidence \(confidence) outside 0…1")
        guard count < total else { return 1 }
        var (low, high) = (0.0, 1.0)
        // 60 halvings leave less than the spacing of doubles near 1.
        for _ in 0..<60 {
            let middle = (low + high) / 2
            let above = IncompleteBeta.regularized(
                middle, complement: 1 - middle, Double(count + 1), Double(total - count))
            if above < confidence { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }
}
