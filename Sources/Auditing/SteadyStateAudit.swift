// Two looks at the same question. Within each process, from its first event on: the rule of the warm-up (MSER-5 and
// change-points, then a trend test; see WarmUpAnalysis) says where the steady part begins and of which class the process is.
// Over processes: the second half of the window is held against the first. The first finds when it settled, whatever was
// declared; the second finds a drift that is too slow to have an end in any one process.
//
// The numbers are those of the declared window in any case. Had the rule moved the window, trials of one cell would measure
// different stretches, and a window that was made to hold whole periods would no longer do so.

import Experiments
import Pairing
import Quantities
import Statistics
import TraceModel

/// The start-up is over when the window opens, and the second half of the window is like the first.
///
/// *Doubtful* where in more than half of a cell's processes the steady part begins within the window or never. A start-up that
/// was over in time is a *note*, with its length. Where the store is made to stand still this is not judged. Halves: the whole interval of the ratio of the stage's means, at 95 % for all
/// stages of the cell together, outside 1 ± the limit (5 %) is *doubtful*; a drift of less than 0.1 ms is left to the
/// scheduler, but not in virtual time, which has none. A trace without a `measurement-start` marker counts its warm-up too,
/// which is a *note*.
public struct SteadyStateAudit: Audit {
    public let identifier = "steady-state"

    /// A drift of less than 0.1 ms is the scheduler's, not the system's: waits of microseconds vary by more than 5 %.
    public static let smallestDriftNanoseconds = 100_000.0

    /// What the finding counts first that a trace does not say where its start-up ends.
    public static let unmarkedFigure = "unmarked"

    private static let startUpStages: [Stage] = [.request, .response, .persist]

    public init() {}

    public func findings(in evidence: CellEvidence) -> [Finding] {
        let stages = Stage.allCases.filter { $0 != .response || evidence.isOpenLoop }
        // The stages of one cell are looked at together, so each look gets its share of the 5 % (Bonferroni).
        let confidence = 1 - 0.05 / Double(stages.count)
        return unmarked(in: evidence)
            + Self.startUpStages.compactMap { startUp(of: $0, in: evidence) }
            + stages.compactMap { drift(of: $0, confidence, in: evidence) }
    }

    public func obstacle(in evidence: CellEvidence) -> String? {
        let unstalled = evidence.trials.filter { !$0.load.hasStalls }
        let hasCourse = unstalled.contains { trial in
            Self.startUpStages.contains { trial.stages[$0]?.warmUp != nil }
        }
        let hasHalves = Stage.allCases.contains { stage in
            evidence.trials.count { trial in trial.halves.contains { $0.stage == stage } } > 1
        }
        guard !hasCourse, !hasHalves else { return nil }
        return unstalled.isEmpty ? Obstacle.stalls : "too few spans"
    }

    private func unmarked(in evidence: CellEvidence) -> [Finding] {
        let unmarked = evidence.trials.count { !$0.byRequest.window.hasStartMarker }
        guard unmarked > 0 else { return [] }
        return [
            finding(
                .note, in: evidence,
                (evidence.isTraceAlone
                    ? "The trace has" : "\(unmarked.grouped) of \(evidence.trials.count.grouped) traces have")
                    + " no measurement-start marker: the start-up is part of the numbers.",
                [.count(Self.unmarkedFigure, unmarked), .count("traces", evidence.trials.count)],
                remedy: "Let the program record measurement-start when its warm-up is over.")
        ]
    }

    private func startUp(of stage: Stage, in evidence: CellEvidence) -> Finding? {
        // A store that is made to stand still from time to time has no one level, by design.
        let processes = evidence.trials.filter { !$0.load.hasStalls }.compactMap { trial in
            trial.stages[stage]?.warmUp.map {
                (analysis: $0, window: trial.byRequest.window, first: trial.trace.firstNanoseconds)
            }
        }
        guard !processes.isEmpty else { return nil }
        let late = processes.filter { $0.analysis.isLate(for: $0.window) }
        let never = processes.count { $0.analysis.course == .neverSteady }
        let longest = processes.compactMap { $0.analysis.startUp(since: $0.first) }.max() ?? 0
        let figures: [Finding.Figure] = [
            .count("processes", processes.count), .count("late-or-never", late.count), .count("never-steady", never),
            Finding.Figure("longest-start-up", longest, .nanoseconds),
        ]
        guard 2 * late.count > processes.count else {
            guard longest > 0 || never > 0 else { return nil }
            return finding(
                .note, Subject.byRequest, of: stage, in: evidence,
                (longest > 0
                    ? "The \(stage.plural) have a start-up of up to \(longest.durationText); it"
                    : "The start-up of the \(stage.plural)")
                    + " is over when the window opens in "
                    + "\((processes.count - late.count).grouped) of \(processes.count.grouped) processes.",
                figures,
                remedy: late.isEmpty
                    ? "Nothing need be done: the warm-up leaves it out."
                    : "Warm up for longer, if the others are to be steady too.")
        }
        let overload = evidence.overloadText
        return finding(
            .doubtful, Subject.byRequest, of: stage, in: evidence,
            "The \(stage.plural) settle only within the window in \((late.count - never).grouped) and never in "
                + "\(never.grouped) of \(processes.count.grouped) processes (MSER-5, change-points, trend)"
                + (longest > 0 ? "; the longest start-up takes \(longest.durationText)." : ".")
                + (overload.map { " \($0.sentence)" } ?? ""),
            figures,
            remedy: overload?.remedy ?? "Warm up for longer, or find what fills or drains while the window is open.")
    }

    private func drift(of stage: Stage, _ confidence: Double, in evidence: CellEvidence) -> Finding? {
        var (first, second): ([PairedComparison.BlockValue], [PairedComparison.BlockValue]) = ([], [])
        for (index, trial) in evidence.trials.enumerated() {
            for halves in trial.halves where halves.stage == stage {
                first.append(PairedComparison.BlockValue(block: index, value: halves.firstMean))
                second.append(PairedComparison.BlockValue(block: index, value: halves.secondMean))
            }
        }
        let comparison = PairedComparison(baseline: first, candidate: second)
        let smallestDrift = evidence.isVirtual ? 0 : Self.smallestDriftNanoseconds
        let limit = evidence.limits[.drift]
        guard let comparison, abs(comparison.difference.value) >= smallestDrift,
            let ratio = comparison.ratio, let interval = comparison.ratioInterval(confidence: confidence),
            BandDecision(interval, within: Interval(lowerBound: 1 - limit, upperBound: 1 + limit)) == .outside
        else { return nil }
        let overload = evidence.overloadText
        return finding(
            .doubtful, Subject.byRequest, of: stage, in: evidence,
            "The \(stage.plural) are not steady: in the second half of the window their mean is "
                + "\(ratio.value.fixed(2)) times that in the first (\(confidence.percentage) interval "
                + "\(interval.lowerBound.fixed(2)) to "
                + "\(interval.upperBound.fixed(2)), \(ratio.processValues.count.grouped) processes)."
                + (overload.map { " \($0.sentence)" } ?? ""),
            [
                Finding.Figure("ratio", ratio.value, .ratio),
                Finding.Figure("ratio-lower", interval.lowerBound, .ratio),
                Finding.Figure("ratio-upper", interval.upperBound, .ratio), Finding.Figure("limit", limit, .ratio),
            ],
            remedy: overload?.remedy ?? "Warm up for longer, or find what fills or drains while the window is open.")
    }
}

extension WarmUpAnalysis {
    /// Whether the steady part begins only within the window, or never.
    public func isLate(for window: TraceWindow) -> Bool {
        course == .neverSteady || (cutNanoseconds.map { $0 > window.start } ?? false)
    }

    /// How long the start-up takes, in nanoseconds; nil in a process that is flat or never steady.
    ///
    /// - Parameter first: The instant of the trace's first event.
    public func startUp(since first: Int64?) -> Double? {
        guard course == .warmUp || course == .slowDown, let cutNanoseconds, let first else { return nil }
        return Double(cutNanoseconds) - Double(first)
    }
}
