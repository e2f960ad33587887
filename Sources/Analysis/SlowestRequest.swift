// Known after the one walk that pairs a trace are the identifiers of its slowest requests alone. Their events are gathered by a
// second walk, over the traces of the few requests that are the slowest of their cell: at most three of its trials.

import Archiving
import Following
import Pairing
import TraceModel

/// One of the slowest requests of a cell, and its way.
public struct SlowestRequest: Sendable, Equatable {
    /// So many of each cell are followed.
    public static let countACell = 3

    /// The identifier of the trial that it is of.
    public var trial: String
    /// How long it took, in nanoseconds.
    public var elapsedNanoseconds: Int64
    public var way: RequestWay

    public init(trial: String, elapsedNanoseconds: Int64, way: RequestWay) {
        self.trial = trial
        self.elapsedNanoseconds = elapsedNanoseconds
        self.way = way
    }

    /// Follows the slowest requests of some trials.
    ///
    /// - Parameters:
    ///   - trials: Those that count.
    ///   - open: Opens a trial's trace.
    static func following(
        _ trials: [TrialMeasurement], open: (TrialMeasurement) throws -> TraceReader
    ) rethrows -> [SlowestRequest] {
        var candidates: [(trial: Int, entry: SlowestSpans.Entry)] = []
        for (index, trial) in trials.enumerated() {
            candidates += trial.trace.slowest.entries.map { (index, $0) }
        }
        candidates.sort {
            ($1.entry.elapsedNanoseconds, $0.trial, $0.entry.start)
                < ($0.entry.elapsedNanoseconds, $1.trial, $1.entry.start)
        }
        let chosen = candidates.prefix(countACell)
        var found: [(place: Int, slowest: SlowestRequest)] = []
        for index in trials.indices {
            let own = chosen.enumerated().filter { $0.element.trial == index }
            guard !own.isEmpty else { continue }
            let trace = trials[index].trace
            let reader = try open(trials[index])
            var follower = RequestFollower(own.map(\.element.entry.target))
            for event in reader.events { follower.add(event) }
            let isIncomplete = !reader.problems.isEmpty || reader.header.eventsDropped > 0
            let ways = follower.finish(
                writes: trace.writes, traceEnd: trace.outline.last, traceIsIncomplete: isIncomplete
            ).ways
            for (place, candidate) in own {
                let entry = candidate.entry
                guard let way = ways.first(where: { $0.isOf(entry) }) else { continue }
                let slowest = SlowestRequest(
                    trial: trials[index].record.identifier, elapsedNanoseconds: entry.elapsedNanoseconds, way: way)
                found.append((place, slowest))
            }
        }
        return found.sorted { $0.place < $1.place }.map(\.slowest)
    }
}

extension RequestWay {
    fileprivate func isOf(_ entry: SlowestSpans.Entry) -> Bool {
        request == entry.request && stages.contains { $0.start == entry.start }
    }
}
