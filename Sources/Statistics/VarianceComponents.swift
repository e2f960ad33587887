// Where the spread comes from, and what a sample is therefore worth: one-way random effects analysis of variance for
// groups of unequal size (Searle, Casella & McCulloch 1992, Variance Components, section 3.6,
// doi:10.1002/9780470316856), and Kish's design effect (Kish 1965, Survey Sampling, section 5.4).

/// The spread of values that come from several processes, split into that between and that within processes.
public struct VarianceComponents: Sendable, Equatable {
    /// Never negative: an estimate below zero, which chance produces, counts as zero.
    public let betweenProcesses: Double
    public let withinProcesses: Double
    /// The share of the variance that lies between processes, 0…1; the correlation of two values of one process.
    public let betweenShare: Double
    /// How much larger the variance of the pooled mean is than it would be if all values were independent; 1 or more.
    public let designEffect: Double
    /// What the values are worth: how many independent ones would tell as much of the mean.
    public let effectiveSampleSize: Double

    /// Nil below two processes with values, or where no process has two.
    ///
    /// - Parameter processes: The moments of each process's own values.
    public init?(processes: [Moments]) {
        let groups = processes.filter { $0.count > 0 }
        let groupCount = Double(groups.count)
        let sizes = groups.map { Double($0.count) }
        let total = sizes.reduce(0, +)
        guard groups.count >= 2, total > groupCount else { return nil }
        let squaredSizes = sizes.reduce(0) { $0 + $1 * $1 }
        let pooledMean = groups.reduce(0) { $0 + $1.mean * Double($1.count) } / total
        let within = groups.reduce(0) { $0 + $1.squaredDeviations } / (total - groupCount)
        let amongGroups = groups.reduce(0) { sum, group in
            sum + Double(group.count) * (group.mean - pooledMean) * (group.mean - pooledMean)
        }
        let typicalSize = (total - squaredSizes / total) / (groupCount - 1)
        withinProcesses = within
        betweenProcesses = max(0, (amongGroups / (groupCount - 1) - within) / typicalSize)
        let variance = betweenProcesses + withinProcesses
        betweenShare = variance > 0 ? betweenProcesses / variance : 0
        designEffect = 1 + (squaredSizes / total - 1) * betweenShare
        effectiveSampleSize = total / designEffect
    }
}
