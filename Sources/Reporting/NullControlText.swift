import Experiments
import Gating
import Quantities

/// What the null control says, in sentences: whether it alarmed, and its worst figures with where they are.
struct NullControlText {
    private let outcome: GateOutcome
    private let control: NullControl

    /// - Returns: Nil where no null control was run, or none could be judged.
    init?(of outcome: GateOutcome) {
        guard let control = outcome.nullControl, !control.entries.isEmpty else { return nil }
        self.outcome = outcome
        self.control = control
    }

    /// Whether it alarmed, and where.
    var alarm: String {
        let alarmed = control.entries.filter(\.hasAlarmed)
        guard !alarmed.isEmpty else {
            return "The baseline against itself, in the same blocks, shows no difference in "
                + "\(control.entries.count.counted("figure"))."
        }
        let shown = alarmed.prefix(3).map(place) + (alarmed.count > 3 ? ["\(alarmed.count - 3) more"] : [])
        return "The baseline against itself, in the same blocks, shows a difference that cannot be one in "
            + "\(alarmed.count) of \(control.entries.count.counted("figure")): \(shown.joined(separator: ", "))."
    }

    /// The worst of each figure, each with the metric and cell that it is of.
    ///
    /// The worst is told in units of each metric's band, since sizes of different metrics cannot be compared: it need not be the
    /// largest number of its column.
    var worst: [String] {
        [
            worstText("Noise floor", of: \.noiseFloor),
            worstText("Smallest effect that so many pairs find", of: \.smallestDetectableEffect), falseAlarms,
        ].compactMap(\.self)
    }

    private var falseAlarms: String? {
        guard let worst = control.entries.max(by: { $0.falseAlarmShare < $1.falseAlarmShare }) else { return nil }
        return "False alarms among relabelled null pairs: up to \(Self.share(worst.falseAlarmShare)) (\(place(worst)))."
    }

    private func worstText(_ title: String, of figure: KeyPath<NullControl.Entry, Double>) -> String? {
        let known = control.entries.compactMap { entry in
            outcome.metric(of: entry).map { (entry: entry, effect: $0.effectText) }
        }
        let inBands = { (item: (entry: NullControl.Entry, effect: EffectText)) in
            item.entry[keyPath: figure] / item.effect.band.limit
        }
        guard let worst = known.max(by: { inBands($0) < inBands($1) }) else { return nil }
        let size = worst.effect.size(onScale: worst.entry[keyPath: figure])
        let rank = known.count > 1 ? ", the largest for its band" : ""
        return "\(title)\(rank): \(size) (\(place(worst.entry)))."
    }

    private func place(_ entry: NullControl.Entry) -> String {
        MetricOutcome.place(metric: entry.metric, cell: entry.cell)
    }

    /// A share of sessions, as in `0.4 %`.
    static func share(_ share: Double) -> String { "\((100 * share).fixed(1)) %" }
}
