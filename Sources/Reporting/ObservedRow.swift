import Analysis
import Experiments
import TraceModel

/// One figure of one observer in one cell, over the cell's trials.
struct ObservedRow: Equatable {
    var cellIndex: Int
    var observer: String
    var pairing: PairingKey?
    var figure: String
    var trialCount = 0
    /// Trials in which count and mean agree.
    var agreeingCount = 0
    var observedCount = 0
    var traceCount = 0
    /// Over all that was counted, in nanoseconds; nil where nothing is timed.
    var observedMean: Double?
    var traceMean: Double?
    /// The difference of the means, observer less trace, in the trial where it is largest in magnitude.
    var worstDifference: Double?

    /// One for each cell, observer and figure that some trial has, in the order first seen.
    static func rows(of trials: [ObservedTrial]) -> [ObservedRow] {
        var rows: [ObservedRow] = []
        for trial in trials {
            for figure in trial.figures {
                let index =
                    rows.firstIndex {
                        $0.cellIndex == trial.cellIndex && $0.observer == trial.observer && $0.figure == figure.name
                    } ?? rows.endIndex
                if index == rows.endIndex {
                    rows.append(
                        ObservedRow(
                            cellIndex: trial.cellIndex, observer: trial.observer, pairing: trial.pairing,
                            figure: figure.name))
                }
                rows[index].add(figure)
            }
        }
        return rows
    }

    private mutating func add(_ figure: ObservedTrial.Figure) {
        trialCount += 1
        if figure.agrees { agreeingCount += 1 }
        observedMean = Self.merged(observedMean, observedCount, figure.observedMean, figure.observedCount)
        traceMean = Self.merged(traceMean, traceCount, figure.traceMean, figure.traceCount)
        observedCount += figure.observedCount
        traceCount += figure.traceCount
        if let difference = figure.meanDifference, abs(difference) >= abs(worstDifference ?? 0) {
            worstDifference = difference
        }
    }

    /// The mean of two groups together; a group without a mean takes no part.
    private static func merged(_ mean: Double?, _ count: Int, _ other: Double?, _ otherCount: Int) -> Double? {
        guard let other else { return mean }
        guard let mean, count > 0 else { return other }
        return mean + (other - mean) * Double(otherCount) / Double(count + otherCount)
    }
}
