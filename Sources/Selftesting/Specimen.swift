import Auditing
import Experiments
import Monitoring
import Pairing
import Randomness
import TraceModel

/// One run of an experiment with a single cell, as plain values: what faults are put into and audits are shown.
public struct Specimen: Sendable {
    public var trials: [SpecimenTrial]
    /// Trials that were planned and have no numbers.
    public var missing: [MissingTrialEvidence] = []
    /// The stages whose figures are shown.
    public var shownStages: [Stage]

    /// A run without a fault.
    ///
    /// - Parameters:
    ///   - virtualTrials: The events of each trial, of virtual time, in the order of time.
    ///   - streams: What the lateness of timers is drawn from.
    public init(of system: CleanSystem, virtualTrials: [[Event]], streams: StreamName) {
        trials = virtualTrials.enumerated().map { index, events in
            SpecimenTrial(
                order: index, events: WallClockStamp.events(events, streams.split("stamp/\(index)").stream),
                load: system.load)
        }
        shownStages =
            switch system {
            case .closedLoop: Stage.allCases.filter { $0 != .response }
            case .openLoop: Stage.allCases.filter { $0 != .think }
            }
        for index in trials.indices { trials[index].becomeTwin() }
    }

    /// What the audits look at.
    public var evidence: CellEvidence {
        CellEvidence(trials: trials.map(\.evidence), missing: missing, shownStages: shownStages)
    }
}

extension Specimen {
    /// Changes the events of each trial, each by a stream of its own.
    mutating func changeEvents(_ streams: StreamName, _ change: (inout [Event], inout RandomStream) -> Void) {
        for index in trials.indices {
            var stream = streams.split("\(index)").stream
            change(&trials[index].events, &stream)
        }
    }
}
