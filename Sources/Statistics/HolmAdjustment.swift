/// Holm's step-down correction (Holm 1979, https://www.jstor.org/stable/4615733): among many comparisons, the chance of
/// even one false alarm stays below the limit that the adjusted probabilities are held against.
public enum HolmAdjustment {
    /// The adjusted probabilities, in the order given: the i-th smallest of m becomes max over j ≤ i of (m − j + 1)·pⱼ,
    /// at most 1.
    ///
    /// - Parameter probabilities: Each 0…1.
    public static func adjusted(_ probabilities: [Double]) -> [Double] {
        var adjusted = probabilities
        var largest = 0.0
        let order = probabilities.indices.sorted { probabilities[$0] < probabilities[$1] }
        for (rank, index) in order.enumerated() {
            precondition((0...1).contains(probabilities[index]), "probability \(probabilities[index]) outside 0…1")
            largest = max(largest, min(1, Double(probabilities.count - rank) * probabilities[index]))
            adjusted[index] = largest
        }
        return adjusted
    }
}
