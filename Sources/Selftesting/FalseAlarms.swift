import Auditing
import Statistics

/// How often audits object to clean data.
public struct FalseAlarms: Sendable, Equatable {
    /// The largest share of clean runs that may be called doubtful.
    public static let largestDoubtfulShare = 0.02

    public private(set) var runCount = 0
    /// Runs that any audit calls so or worse.
    private var anyCounts: [Finding.Severity: Int] = [:]
    private var counts: [AuditColumn: [Finding.Severity: Int]] = [:]

    public init() {}

    /// Takes what the audits say of one clean run.
    public mutating func add(_ verdicts: AuditVerdicts) {
        runCount += 1
        for severity in [Finding.Severity.doubtful, .invalid] {
            if verdicts.reach(severity) { anyCounts[severity, default: 0] += 1 }
            for column in AuditColumn.all where verdicts[column].map({ $0 >= severity }) ?? false {
                counts[column, default: [:]][severity, default: 0] += 1
            }
        }
    }

    /// Runs that are called so or worse.
    ///
    /// - Parameter column: By this audit; nil for any of them.
    public func count(_ severity: Finding.Severity, by column: AuditColumn?) -> Int {
        guard let column else { return anyCounts[severity] ?? 0 }
        return counts[column]?[severity] ?? 0
    }

    /// The one-sided 95 % upper bound of the share of such runs (Clopper & Pearson); nil without a run.
    public func upperBound(_ severity: Finding.Severity, by column: AuditColumn?) -> Double? {
        runCount == 0 ? nil : ProportionBound.upper(count: count(severity, by: column), of: runCount)
    }

    /// Whether no run is called invalid by any audit, and no more than 2 % doubtful.
    public var areWithinLimits: Bool {
        count(.invalid, by: nil) == 0
            && Double(count(.doubtful, by: nil)) <= Self.largestDoubtfulShare * Double(runCount)
    }
}
