import Auditing
import Experiments
import Pairing
import Statistics
import TraceModel

/// Sums one trace up by itself, without an experiment around it.
public enum TraceSummarizer {
    /// Reads the whole trace; one that is damaged is summed up to the damage, and its problems say so.
    ///
    /// - Parameters:
    ///   - fileName: The file as the user named it.
    ///   - limits: What the audits hold figures against.
    public static func summary(
        of reader: TraceReader, fileName: String, limits: Limits = Limits()
    ) -> TraceSummary {
        let parameters = TraceParameters(description: reader.header.description)
        let trace = TraceMeasurement(of: reader, writes: declaredWrites(in: parameters))
        // After the walk, so that what went wrong in it is known.
        let condition = TraceCondition(reader: reader)
        var cell = trace.map { evidence($0, condition, parameters, reader.clockQuality) } ?? nothing(condition)
        cell.limits = limits
        return TraceSummary(
            fileName: fileName,
            ending: reader.ending.description + (condition.problems.isEmpty ? "" : ", and damaged: see the problems"),
            problems: condition.problems, clock: condition.clock, parameters: parameters,
            eventCounts: (reader.outline?.eventCounts ?? .zeros).withoutAbsentKinds,
            elapsedNanoseconds: reader.outline.map { Int64(clamping: Int128($0.last) - Int128($0.first)) },
            droppedEvents: condition.droppedEvents, window: trace.flatMap(window),
            stages: trace.map { stages($0, pairings(condition), isSteady: !cell.isOverloaded) } ?? [],
            findings: AuditCatalogue.findings(in: [cell]), unapplied: AuditCatalogue.unapplied(to: [cell]),
            isImported: condition.isImported)
    }

    /// Whether the requests of a trace wait for their writes: as its header says, or else as its first 20 000 writes show.
    public static func writes(of reader: TraceReader) -> Writes {
        declaredWrites(in: TraceParameters(description: reader.header.description))
            ?? WritesFinder.writes(of: reader.events) ?? .asynchronous
    }

    private static func declaredWrites(in parameters: TraceParameters) -> Writes? {
        parameters.simulatorValue("writes").flatMap(Writes.init(rawValue:))
    }

    /// In virtual time one OS thread runs everything: what pairing by thread gives there is known beforehand to be wrong.
    private static func pairings(_ condition: TraceCondition) -> [PairingKey] {
        condition.clock == .virtual ? [.request] : PairingKey.allCases
    }

    private static func window(_ trace: TraceMeasurement) -> TraceSummary.Window? {
        guard trace.window.hasStartMarker else { return nil }
        let inside = trace.byRequest.eventCounts.filter { $0.key != .measurementStart && $0.key != .measurementEnd }
        return TraceSummary.Window(
            warmUpNanoseconds: Int64(clamping: Int128(trace.window.start) - Int128(trace.outline.first)),
            measuredNanoseconds: trace.window.lengthNanoseconds,
            eventCounts: inside)
    }

    private static func stages(
        _ trace: TraceMeasurement, _ pairings: [PairingKey], isSteady: Bool
    ) -> [StageSummary] {
        Stage.allCases.flatMap { stage in
            pairings.flatMap { pairing in
                Metric.Subset.allCases.compactMap { subset in
                    // Where a schedule decides when a request is made, a client that waits for one does not think.
                    guard stage != .think || trace.byRequest.stages[.response] == nil,
                        subset == .all || (pairing == .request && stage.isSplitByBlocking),
                        let outcome = trace.outcome(pairing).stages[stage]
                    else { return nil }
                    var censored = CensoredSample(isSteady: isSteady)
                    censored.add(trace, .init(stage, subset, pairing))
                    let durations = censored.finished
                    let (pooled, intervals) = censored.summaryWithIntervals()
                    return StageSummary(
                        stage: stage, subset: subset, pairing: pairing, pooled: pooled, estimates: [],
                        counts: outcome.counts,
                        powerOfTwo: PowerOfTwoHistogram(durations).buckets, linear: LinearHistogram(durations).buckets,
                        basis: StageBasis(
                            openShare: censored.openShare, pooledIntervals: intervals,
                            outliers: TukeyClasses(durations), isMaximumOpen: censored.isMaximumOpen))
                }
            }
        }
    }

    /// A trace in which nothing can be read.
    private static func nothing(_ condition: TraceCondition) -> CellEvidence {
        let outcome = PairingOutcome(
            key: .request, window: TraceWindow(start: 0, end: 0), stages: [:], eventCounts: .zeros, stageSum: nil)
        return CellEvidence(
            trials: [
                TrialEvidence(
                    identifier: "trace", block: 0, trace: condition, byRequest: outcome, byThread: nil, overshoot: nil,
                    halves: [], load: LoadParameters(), provenance: [:])
            ], isTraceAlone: true)
    }

    /// One trial of one cell, with what the trace itself says of the program and the clock.
    private static func evidence(
        _ trace: TraceMeasurement, _ condition: TraceCondition, _ parameters: TraceParameters, _ clock: ClockQuality?
    ) -> CellEvidence {
        func cell(isSteady: Bool) -> CellEvidence {
            let trial = TrialEvidence(
                identifier: "trace", block: 0, trace: condition, byRequest: trace.byRequest,
                byThread: pairings(condition).contains(.thread) ? trace.byThread : nil,
                overshoot: DurationSummary(trace.overshoot), halves: trace.halves,
                load: LoadParameters(parameters.simulatorValue), provenance: [:],
                stages: trace.stageEvidence(isSteady: isSteady),
                machine: MachineEvidence(clientsSeen: trace.clientsSeen, clock: clock.map(ClockEvidence.init)))
            return CellEvidence(trials: [trial], isTraceAlone: true)
        }
        let evidence = cell(isSteady: true)
        return evidence.isOverloaded ? cell(isSteady: false) : evidence
    }
}

extension TraceParameters {
    /// The value of one of the bundled simulator's parameters; nil where the header is not one that it wrote. Another program
    /// may mean something else by the same name.
    fileprivate func simulatorValue(_ name: String) -> String? {
        guard case .named(let named) = self, isOfSimulator else { return nil }
        return named.first { $0.name == name }?.value
    }
}
