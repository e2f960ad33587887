import Experiments

/// A side that gave no figures at all: nothing was compared, so that there is no verdict, not even an inconclusive one.
public struct BrokenSide: Sendable, Equatable, CustomStringConvertible {
    /// The experiment's name.
    public var experiment: String
    public var side: Side
    /// The side as it was given; empty where it is not known.
    public var label: String
    /// The cell as reports call it; empty where there is only one.
    public var cell: String
    /// How many of its trials were run.
    public var trialCount: Int
    /// What became of the last of them, as a sentence.
    public var reason: String
    /// Where what that one printed is kept; nil where nothing is.
    public var folder: String?

    public init(
        experiment: String, side: Side, label: String = "", cell: String, trialCount: Int, reason: String,
        folder: String?
    ) {
        self.experiment = experiment
        self.side = side
        self.label = label
        self.cell = cell
        self.trialCount = trialCount
        self.reason = reason
        self.folder = folder
    }

    /// One sentence: what gave nothing, its last words, where they are kept, and what to do.
    public var description: String {
        let name = label.isEmpty ? side.rawValue : "\(side.rawValue) (\(label))"
        let place = cell.isEmpty ? "" : " at \(cell)"
        let trials =
            trialCount == 1 ? "its one trial did not come through" : "none of its \(trialCount) trials came through"
        let words = reason.hasSuffix(".") ? String(reason.dropLast()) : reason
        let kept = folder.map { "see \($0), mend it" } ?? "mend it"
        return "\(experiment): the \(name) gave no figures\(place), so that there is no verdict: \(trials). \(words); "
            + "\(kept), and start anew without --resume"
    }
}
