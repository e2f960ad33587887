import Gating

/// What a gate or comparison found, for a terminal: the verdict and its reasons first, then the figures.
public struct GateReport: Sendable {
    /// The most rows of figures that are printed; the files of the comparison have all of them.
    public static let mostRows = 200

    private let outcome: GateOutcome

    public init(of outcome: GateOutcome) { self.outcome = outcome }

    /// The report in UTF-8, without colours, ending in a line break.
    public var text: String {
        let head = ["\(PlainText.singleLine(outcome.experiment)): \(outcome.verdict.rawValue)"]
        let reasons = outcome.reasons.map { "  \(PlainText.singleLine($0))" }
        return (head + reasons + [""] + trust + sides + figures + control).joined(separator: "\n") + "\n"
    }

    private var trust: [String] {
        guard let trust = outcome.trust else { return [] }
        return ["  \(PlainText.singleLine(trust.sentence))"] + trust.lines + [""]
    }

    /// What was compared, how, and how long it took.
    private var sides: [String] {
        [
            "  baseline   \(Self.text(of: outcome.baseline))",
            "  candidate  \(Self.text(of: outcome.candidate))",
            "  against \(outcome.modeText), profile \(PlainText.singleLine(outcome.profile)); \(outcome.pairsText)",
        ] + trials + [""]
    }

    private var trials: [String] { outcome.trialsText.map { ["  trials: \($0)"] } ?? [] }

    private static func text(of side: GateOutcome.Side) -> String {
        let digest = side.binaryDigest.map { " (SHA-256 \(PlainText.singleLine($0).prefix(12)))" } ?? ""
        return PlainText.singleLine(side.label, atMost: 80) + digest
    }

    private var figures: [String] {
        guard !outcome.metrics.isEmpty else { return ["  No metric was compared."] }
        let hasCells = outcome.metrics.contains { !$0.cell.isEmpty }
        let names = ["metric"] + (hasCells ? ["cell"] : [])
        var table = TextTable(
            header: names + ["baseline", "candidate", "effect", "band", outcome.unitName + "s", "verdict"],
            textColumnCount: names.count)
        for metric in outcome.metrics.prefix(Self.mostRows) {
            let values = metric.valueTexts
            table.append(
                [PlainText.singleLine(metric.metric, atMost: 40)]
                    + (hasCells ? [PlainText.singleLine(metric.cell, atMost: 40)] : [])
                    + [
                        values.baseline, values.candidate, metric.effectWithFreshPairs, metric.effectText.bandText,
                        "\(metric.pairCount)", metric.verdictText,
                    ])
        }
        let rest = outcome.metrics.count - Self.mostRows
        return table.lines() + (rest > 0 ? ["  … and \(rest) more rows, which the files of the comparison have"] : [])
    }

    private var control: [String] {
        guard let text = NullControlText(of: outcome) else { return [] }
        return ["", "  Null control. \(text.alarm)"] + text.worst.map { "  \($0)" }
    }
}
