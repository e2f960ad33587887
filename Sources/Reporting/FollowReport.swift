import Following
import Quantities
import TraceModel

/// What `assay trace follow` prints: which requests were chosen and why, then the way of each.
public struct FollowReport: Sendable, Equatable {
    /// Lines that end in a line feed.
    public let text: String

    /// - Parameters:
    ///   - stage: What the requests were chosen by; of no matter where one was named.
    ///   - isSimulated: Whether the trace is of the bundled simulator.
    ///   - columns: What sentences are wrapped to; nil for none.
    public init(
        of selection: WayFinder.Selection, choice: WayFinder.Choice, stage: Stage, fileName: String, isSimulated: Bool,
        columns: Int? = nil
    ) {
        let reasons = Self.reasons(selection, choice, stage).flatMap {
            PlainText.wrapped($0, columns: columns, indent: "  ", further: "    ")
        }
        let ways = selection.ways.map { WayText(of: $0, isSimulated: isSimulated, columns: columns).lines }
        let blocks =
            [[PlainText.singleLine(fileName)] + reasons] + ways + [PlainText.wrapped(Self.legend, columns: columns)]
        text = blocks.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
    }

    private static let legend =
        "Times are counted from the request's first event. →: another OS thread, or CPU, than at the event before."

    private static func reasons(
        _ selection: WayFinder.Selection, _ choice: WayFinder.Choice, _ stage: Stage
    ) -> [String] {
        var reasons: [String] = []
        let ways = selection.ways.count
        switch choice {
        case .request(let request):
            let uses = selection.ways.first?.useCount ?? 0
            if uses > 1 { reasons.append("The identifier \(request) was used \(uses) times.") }
            if selection.usesLeftOut > 0 {
                reasons.append("The first \(ways) uses are shown; \(selection.usesLeftOut) more are left out.")
            }
        case .slowest:
            reasons.append(
                "The \(ways == 1 ? "slowest" : "\(ways) slowest") of \(chosenFrom(selection, stage)).")
        case .above(let threshold, _):
            let count = selection.countAbove ?? 0
            let limit =
                if case .percentile = threshold, let found = selection.limitNanoseconds {
                    "its \(threshold.text), \(WayTimes.length(Int64(found.rounded())))"
                } else { threshold.text }
            let shown = ways < count ? "; the \(ways == 1 ? "slowest is" : "\(ways) slowest are") shown" : ""
            reasons.append("\(count) of \(chosenFrom(selection, stage)) took longer than \(limit)\(shown).")
        }
        if let open = selection.openInIncomplete, open > 0 {
            reasons.append(
                "Events of the trace are missing: \(open) of these were open when it closed, some perhaps only because their end "
                    + "is.")
        }
        return reasons
    }

    private static func chosenFrom(_ selection: WayFinder.Selection, _ stage: Stage) -> String {
        "\((selection.chosenFrom ?? 0).counted("\(stage.rawValue) span")) of the measured window (open ones at their age when it closed)"
    }
}
