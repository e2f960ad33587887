import Archiving
import Auditing
import Pairing
import TraceModel

/// A trial's twin in virtual time, as far as there is one.
public enum OracleTwin: Sendable {
    /// The trial ran in virtual time itself, or its program has none.
    case notApplicable
    /// There is none; a whole sentence says why.
    case missing(reason: String)
    case found(TraceMeasurement)

    /// What the audits see of it.
    ///
    /// - Parameter isSteady: As of its trial, or one figure would be held against another: see ``CensoredSample``.
    func evidence(isSteady: Bool) -> OracleEvidence {
        switch self {
        case .notApplicable: .notApplicable
        case .missing(let reason): .missing(reason: reason)
        case .found(let trace): .found(trace.stageEvidence(isSteady: isSteady))
        }
    }
}

extension TrialMeasurement {
    /// What the machine did meanwhile, as the audits see it.
    var machine: MachineEvidence {
        MachineEvidence(
            environment: environment,
            involuntarySwitchesPerSecond: record.resources.flatMap { resources in
                condition.clock != .virtual && record.elapsedNanoseconds > 0
                    ? Double(resources.involuntarySwitches) / Double(record.elapsedNanoseconds) * 1e9 : nil
            }, recordingNanoseconds: record.reported["recordingNanoseconds"], clientsSeen: trace.clientsSeen,
            clock: clock)
    }
}

extension ClockEvidence {
    init(_ quality: ClockQuality) {
        self.init(
            largestResidualNanoseconds: quality.largestResidualNanoseconds,
            resolutionNanoseconds: quality.resolutionNanoseconds)
    }
}
