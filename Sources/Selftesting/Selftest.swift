// Whether an audit can be trusted is an experiment like any other: data of which it is known that they are clean, faults of
// which it is known how large they are, and a count. The clean data are the simulator's in virtual time, so that the same
// seed gives the same verdicts, byte for byte, on every machine; no limit of an audit is read from here.
//
// A fault is put into several clean runs, and counts as caught at a size only where it is caught in each of them: what one
// run shows by luck is no property of the audit.

import Auditing
import Randomness
import TraceModel

/// A self-test of the audits: what is run, and what is made of it. It starts no process.
public struct Selftest: Sendable {
    public let seed: UInt64
    /// How many clean runs false alarms are counted on; at least as many as there are specimens.
    public let cleanRunCount: Int
    /// In the catalogue's order.
    public let faults: [any Fault]

    /// How many clean runs of each system faults are put into.
    public static let specimenCount = 3
    /// Every fourth clean run is of an open loop.
    public static let smallestCleanRunCount = 4 * specimenCount

    /// - Parameter cleanRunCount: `smallestCleanRunCount` or more.
    public init(seed: UInt64, cleanRunCount: Int, faults: [any Fault] = FaultCatalogue.all) {
        precondition(cleanRunCount >= Self.smallestCleanRunCount, "\(cleanRunCount) clean runs are too few")
        self.seed = seed
        self.cleanRunCount = cleanRunCount
        self.faults = faults
    }

    /// What a clean run is of.
    public func system(ofRun run: Int) -> CleanSystem { run % 4 == 3 ? .openLoop : .closedLoop }

    /// The seed of one trial of a clean run.
    public func seed(ofTrial trial: Int, inRun run: Int) -> UInt64 {
        var stream = StreamName(seed: seed, "selftest/run/\(run)/trial/\(trial)").stream
        return stream.next()
    }

    /// Whether faults are put into this run.
    public func isSpecimen(_ run: Int) -> Bool {
        run < Self.smallestCleanRunCount && run / 4 < Self.specimenCount && run % 4 >= 2
    }

    /// The clean run that the trials make.
    ///
    /// - Parameter virtualTrials: The events of each trial in virtual time, in the order of the trials' numbers.
    public func specimen(ofRun run: Int, virtualTrials: [[Event]]) -> Specimen {
        Specimen(
            of: system(ofRun: run), virtualTrials: virtualTrials, streams: StreamName(seed: seed, "selftest/run/\(run)")
        )
    }

    /// What the audits say of a fault at one of its sizes, in every specimen of its system.
    public func verdicts(on fault: any Fault, size: Double, in specimens: [CleanSystem: [Specimen]]) -> AuditVerdicts {
        let all = (specimens[fault.system] ?? []).enumerated().map { index, specimen in
            var spoiled = specimen
            fault.inject(size, into: &spoiled, StreamName(seed: seed, "selftest/fault/\(fault.identifier)/\(index)"))
            return AuditVerdicts(of: spoiled)
        }
        guard let first = all.first else { preconditionFailure("no specimen of the \(fault.system.rawValue)") }
        return all.dropFirst().reduce(first) { $0.milder($1) }
    }

    /// What the audits say of a clean run.
    public func verdicts(on specimen: Specimen) -> AuditVerdicts { AuditVerdicts(of: specimen) }
}

/// All that a self-test found.
public struct SelftestResult: Sendable {
    public let selftest: Selftest
    public let falseAlarms: FalseAlarms
    /// In the catalogue's order.
    public let outcomes: [FaultOutcome]

    public init(selftest: Selftest, falseAlarms: FalseAlarms, outcomes: [FaultOutcome]) {
        self.selftest = selftest
        self.falseAlarms = falseAlarms
        self.outcomes = outcomes
    }

    /// Whether every fault is caught and the false alarms keep to their limits.
    public var isPassed: Bool { outcomes.allSatisfy(\.isCaught) && falseAlarms.areWithinLimits }
}
