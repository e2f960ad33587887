import Gating
import Statistics

/// What came of many sessions under one condition.
public struct Tally: Sendable, Equatable {
    public internal(set) var sessions = 0
    public internal(set) var verdicts: [GateVerdict: Int] = [:]
    /// In all sessions together, confirming pairs included.
    public internal(set) var pairs = 0
    /// Sessions with a suspicion before it was confirmed.
    public internal(set) var suspicions = 0
    public internal(set) var controlAlarms = 0
    /// What the common rules say of the same pairs: of all requests, and of the processes' means at each look until they say
    /// something.
    public internal(set) var welchOnRuns = RuleTally()
    public internal(set) var mannWhitneyOnRuns = RuleTally()
    public internal(set) var welchOnProcesses = RuleTally()
    public internal(set) var peeking = RuleTally()

    /// How often a rule said what.
    public struct RuleTally: Sendable, Equatable {
        public internal(set) var slower = 0
        public internal(set) var faster = 0
        public var different: Int { slower + faster }

        mutating func add(_ finding: RuleFinding) {
            switch finding {
            case .slower: slower += 1
            case .faster: faster += 1
            case .same: break
            }
        }

        mutating func merge(_ other: RuleTally) {
            slower += other.slower
            faster += other.faster
        }
    }

    public func count(_ verdict: GateVerdict) -> Int { verdicts[verdict, default: 0] }

    /// Pairs of a session on average.
    public var pairMean: Double { Double(pairs) / Double(max(1, sessions)) }

    mutating func merge(_ other: Tally) {
        sessions += other.sessions
        verdicts.merge(other.verdicts, uniquingKeysWith: +)
        pairs += other.pairs
        suspicions += other.suspicions
        controlAlarms += other.controlAlarms
        welchOnRuns.merge(other.welchOnRuns)
        mannWhitneyOnRuns.merge(other.mannWhitneyOnRuns)
        welchOnProcesses.merge(other.welchOnProcesses)
        peeking.merge(other.peeking)
    }

    /// The exact 95 % interval of a share (Clopper & Pearson 1934, doi:10.1093/biomet/26.4.404).
    public static func interval(_ count: Int, of total: Int) -> Interval {
        Interval(
            lowerBound: 1 - ProportionBound.upper(count: total - count, of: total, confidence: 0.975),
            upperBound: ProportionBound.upper(count: count, of: total, confidence: 0.975))
    }
}
