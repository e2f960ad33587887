// Which partition of a series into stretches, each normal with a mean and a variance of its own, has the least
// Σ(−2 ln likelihood) + penalty · (number of changes)? Dynamic programming over the last change (Jackson et al. 2005,
// doi:10.1109/LSP.2001.838216) finds it in O(n²); PELT (Killick, Fearnhead & Eckley 2012,
// doi:10.1080/01621459.2012.737745) drops the candidates that can never be the last change again.
//
// A candidate s is beaten at t where F(s) + C(s, t) ≥ F(t), because splitting a stretch never costs likelihood. The
// shortest stretch is 2, so the one that beats it, t, can only be used 2 later: until then s stays. Variances below the
// floor count as the floor, which keeps that inequality (it bounds the parameters of every stretch alike) and keeps two
// equal values from being infinitely likely.

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

enum OptimalPartition {
    static let shortestStretch = 2

    /// Where each stretch but the first begins, ascending.
    ///
    /// - Parameters:
    ///   - values: Finite.
    ///   - penalty: For each change; positive.
    ///   - varianceFloor: Positive.
    static func changes(in values: [Double], penalty: Double, varianceFloor: Double) -> [Int] {
        let cost = StretchCost(values, varianceFloor: varianceFloor)
        let count = values.count
        guard count >= 2 * shortestStretch else { return [] }
        var least = [Double](repeating: .infinity, count: count + 1)
        var lastChange = [Int](repeating: 0, count: count + 1)
        least[0] = -penalty
        var candidates: [Candidate] = []
        for end in shortestStretch...count {
            let start = end - shortestStretch
            if start == 0 || start >= shortestStretch { candidates.append(Candidate(start: start)) }
            candidates.withUnsafeMutableBufferPointer { candidates in
                for index in candidates.indices {
                    let start = candidates[index].start
                    let whole = least[start] + cost.value(start, end)
                    candidates[index].cost = whole
                    if whole + penalty < least[end] {
                        least[end] = whole + penalty
                        lastChange[end] = start
                    }
                }
                let bound = least[end]
                for index in candidates.indices where candidates[index].cost >= bound {
                    candidates[index].expiry = min(candidates[index].expiry, end + shortestStretch)
                }
            }
            candidates.removeAll { $0.expiry <= end + 1 }
        }
        var changes: [Int] = []
        var position = lastChange[count]
        while position > 0 {
            changes.append(position)
            position = lastChange[position]
        }
        return changes.reversed()
    }

    private struct Candidate {
        let start: Int
        var cost = 0.0
        /// The end from which on another beats it for good.
        var expiry = Int.max
    }
}

/// −2 ln likelihood of a stretch at its best mean and variance, without the constant n·ln 2π.
struct StretchCost {
    private let sums: [Double]
    private let squares: [Double]
    private let varianceFloor: Double
    private let logarithmOfFloor: Double

    init(_ values: [Double], varianceFloor: Double) {
        precondition(varianceFloor > 0, "variance floor \(varianceFloor) must be positive")
        // About their mean, so that the squares do not drown the deviations.
        let center = Moments(values).mean
        var (sums, squares) = ([0.0], [0.0])
        for value in values {
            sums.append(sums[sums.count - 1] + (value - center))
            squares.append(squares[squares.count - 1] + (value - center) * (value - center))
        }
        (self.sums, self.squares) = (sums, squares)
        self.varianceFloor = varianceFloor
        logarithmOfFloor = log(varianceFloor)
    }

    func value(_ start: Int, _ end: Int) -> Double {
        let count = Double(end - start)
        let sum = sums[end] - sums[start]
        let variance = (squares[end] - squares[start] - sum * sum / count) / count
        if variance < varianceFloor { return count * (logarithmOfFloor + max(0, variance) / varianceFloor) }
        return count * (log(variance) + 1)
    }
}
