// Two observers of one process: the recorder inside, and a tracer outside. They see the same events through different code, of
// different authors, with different clocks readings and different ways of counting; where they agree, what they say is of the
// program. By request they must agree or one of them is wrong. By thread they must agree as well: then the mistake is of the
// pairing, and no tracer is to blame.
//
// Counts must be equal to the last event, because the tracer was attached before the first and read after the last. Means of n
// spans must lie within 20 µs + 10 ms / n of each other. The tracer's clock is read some microseconds after the recorder's, later
// where several tracers share a probe, and milliseconds later where the thread loses its CPU between the two: one such loss of
// 10 ms is allowed for, and shrinks as the spans are more. A duration takes the difference of two such delays.

import Archiving
import Auditing
import Experiments
import Quantities
import TraceModel

/// What one outside observer said of one trial, beside what the trial's own trace says.
public struct ObservedTrial: Sendable, Equatable {
    /// A figure that both have.
    public struct Figure: Sendable, Equatable {
        /// As in `events`, `persist` or `persist, starts overwritten`.
        public var name: String
        public var observedCount: Int
        public var traceCount: Int
        /// In nanoseconds; nil where nothing is timed, or there is nothing.
        public var observedMean: Double?
        public var traceMean: Double?

        public init(
            name: String, observedCount: Int, traceCount: Int, observedMean: Double? = nil, traceMean: Double? = nil
        ) {
            self.name = name
            self.observedCount = observedCount
            self.traceCount = traceCount
            self.observedMean = observedMean
            self.traceMean = traceMean
        }

        /// The observer's mean less the trace's.
        public var meanDifference: Double? {
            guard let observedMean, let traceMean else { return nil }
            return observedMean - traceMean
        }

        /// Whether the counts are equal and the means, where there are, within the resolution.
        public var agrees: Bool {
            observedCount == traceCount && (observedMean == nil) == (traceMean == nil)
                && abs(meanDifference ?? 0) <= ObservedTrial.resolutionNanoseconds(spanCount: traceCount)
        }
    }

    /// What came of the comparison.
    public enum Outcome: Sendable, Equatable {
        case agrees
        /// Whole clauses, one for each figure that differs.
        case differs([String])
        /// There is nothing to compare, as a whole sentence says.
        case unknown(String)
    }

    /// How far two means may lie apart, and one loss of the CPU besides, which the spans share.
    public static let steadyResolutionNanoseconds = 20_000.0
    public static let lossNanoseconds = 10_000_000.0

    /// How far two means of as many spans may lie apart.
    static func resolutionNanoseconds(spanCount: Int) -> Double {
        steadyResolutionNanoseconds + lossNanoseconds / Double(max(1, spanCount))
    }

    public var trial: String
    public var cellIndex: Int
    public var observer: String
    /// What the observer pairs by; nil where it pairs nothing.
    public var pairing: PairingKey?
    public var figures: [Figure]
    public var outcome: Outcome

    public init(
        trial: String, cellIndex: Int, observer: String, pairing: PairingKey?, figures: [Figure], outcome: Outcome
    ) {
        self.trial = trial
        self.cellIndex = cellIndex
        self.observer = observer
        self.pairing = pairing
        self.figures = figures
        self.outcome = outcome
    }

    /// Compares what an observer printed with the trial's trace.
    ///
    /// - Parameter bytes: What it printed; nil where its file is gone.
    init(record: TrialRecord, observer: Observer, bytes: [UInt8]?, trace: WholeTrace) {
        self.init(
            trial: record.identifier, cellIndex: record.cellIndex, observer: observer.name, pairing: observer.pairing,
            figures: [], outcome: .agrees)
        guard let bytes else {
            outcome = .unknown("What it printed is not there any more.")
            return
        }
        do {
            let output = try TracerOutput(bytes: bytes)
            figures = Self.figures(output, trace, pairing)
            outcome = Self.outcome(output, trace, figures)
        } catch {
            outcome = .unknown("What it printed cannot be read: \(error).")
        }
    }

    private static func figures(_ output: TracerOutput, _ trace: WholeTrace, _ pairing: PairingKey?) -> [Figure] {
        var figures: [Figure] = []
        let eventCount = trace.events.values.reduce(0, +)
        let events = output.events
        if !events.isEmpty {
            figures.append(
                Figure(name: "events", observedCount: events.values.reduce(0, +), traceCount: eventCount))
        }
        if output.printedLines > 0 {
            figures.append(Figure(name: "lines", observedCount: output.printedLines, traceCount: eventCount))
        }
        guard let pairing else { return figures }
        let pairs = trace.pairs(pairing)
        for name in WholeTrace.names(pairing) {
            let (observed, own) = (output.times["times_" + name.replacing(".", with: "_")], pairs.times[name])
            figures.append(
                Figure(
                    name: name, observedCount: observed?.count ?? 0, traceCount: own?.count ?? 0,
                    observedMean: observed?.meanNanoseconds, traceMean: own?.meanNanoseconds))
        }
        let losses = [
            ("overwritten", "starts overwritten", pairs.overwrittenStarts),
            ("unmatched", "dones unmatched", pairs.unmatchedDones),
        ]
        for name in ["request", "persist"] {
            for (map, title, own) in losses {
                figures.append(
                    Figure(
                        name: "\(name), \(title)", observedCount: output.counts["\(map)_\(name)"] ?? 0,
                        traceCount: own[name] ?? 0))
            }
        }
        return figures
    }

    private static func outcome(_ output: TracerOutput, _ trace: WholeTrace, _ figures: [Figure]) -> Outcome {
        guard output.lostEvents == 0 else {
            return .unknown("It lost \(output.lostEvents) events, which were printed faster than it read them.")
        }
        guard !figures.isEmpty else { return .unknown("It printed no figure that a trace has as well.") }
        var differences: [String] = []
        for (kind, count) in output.events.sorted(by: { $0.key < $1.key }) where count != trace.events[kind] ?? 0 {
            differences.append("\(kind) \(count) times, not \(trace.events[kind] ?? 0)")
        }
        for figure in figures where !figure.agrees && figure.name != "events" {
            differences.append(figure.difference)
        }
        return differences.isEmpty ? .agrees : .differs(differences)
    }
}

extension TracerOutput {
    /// The counts of events, by the names of the kinds; those that a script does not count are left out.
    fileprivate var events: [String: Int] {
        var found: [String: Int] = [:]
        for kind in EventKind.allCases {
            if let count = counts["events_" + kind.name.replacing("-", with: "_")] { found[kind.name] = count }
        }
        return found
    }
}

extension ObservedTrial.Figure {
    /// As in `persist 1494 times, not 1495` or `persist with a mean of 60.09 ms, not 60.04 ms`.
    fileprivate var difference: String {
        guard observedCount == traceCount else { return "\(name) \(observedCount) times, not \(traceCount)" }
        func text(_ mean: Double?) -> String {
            mean.map { Scale.fitting(nanoseconds: $0).text(nanoseconds: $0, decimals: 3) } ?? "none"
        }
        return "\(name) with a mean of \(text(observedMean)), not \(text(traceMean))"
    }
}

extension ObservedTrial {
    /// The doubt that a comparison raises: two observers that disagree cannot both be right, and nobody knows which is.
    ///
    /// - Parameter cellTitle: Nil where there is but one cell.
    func finding(cellTitle: String?) -> Finding? {
        let opening = cellTitle.map { "\($0): " } ?? ""
        switch outcome {
        case .agrees: return nil
        case .differs(let differences):
            return Finding(
                audit: Self.auditName, severity: .invalid, subject: pairing.map { "by \($0.rawValue)" },
                cell: cellTitle,
                sentence: "\(opening)in trial \(trial) the outside observer '\(observer)' saw "
                    + "\(differences.joined(separator: "; ")) as in the trace.",
                remedy: "Find out which of the two is wrong before any figure is believed: see docs/outside-tracers.md."
            )
        case .unknown(let reason):
            return Finding(
                audit: Self.auditName, severity: .note, cell: cellTitle,
                sentence:
                    "\(opening)in trial \(trial) nothing can be said of the outside observer '\(observer)'. \(reason)",
                remedy: "Watch with a script that prints less, or keep what it printed beside the trial.")
        }
    }

    /// What findings name as their audit.
    public static let auditName = "outside-observer"
}
