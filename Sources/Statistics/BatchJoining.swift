// Statistics of independent values go wrong on a course of batch means: where there are queues, neighbours resemble each
// other, and every slow wave looks like a change or a trend. Joining neighbours leaves fewer means that are nearly
// independent, and nearly normal too (Law & Carson 1979, doi:10.1287/opre.27.5.1011). The methods that need it double
// the batch until what is left of the correlation is not clearly above 0.2, each with the measure of correlation that
// its question allows, and each says how many batches it joined. Clearly is by one standard error, 1/√n: of few batches
// the measure is coarse, and without that allowance chance alone would join most of them away.

enum BatchJoining {
    /// Up to this the correlation of so many neighbours counts as none.
    static func negligibleCorrelation(_ count: Int) -> Double { 0.2 + 1 / Double(count).squareRoot() }

    /// The means of so many neighbours each, from the first on; fewer than that at the end have no part.
    static func joined(_ means: [Double], by size: Int) -> [Double] {
        guard size > 1 else { return means }
        return (0..<means.count / size).map { index in
            means[index * size..<(index + 1) * size].reduce(0, +) / Double(size)
        }
    }

    /// The smallest of 1, 2, 4 … at which the correlation is negligible, or the last that leaves enough batches.
    static func size(
        for means: [Double], startingAt start: Int = 1, leaving smallestCount: Int, correlation: ([Double]) -> Double
    ) -> Int {
        var size = start
        while means.count / (2 * size) >= smallestCount {
            let joined = joined(means, by: size)
            if correlation(joined) < negligibleCorrelation(joined.count) { break }
            size *= 2
        }
        return size
    }
}
