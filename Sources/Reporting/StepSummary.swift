import Gating

/// The short Markdown that goes where `GITHUB_STEP_SUMMARY` points: the verdict, why, and what did not pass.
///
/// GitHub refuses a step's summary above 1 MiB and then shows none of it, so rows and reasons are bounded; the report has
/// all of them.
public struct StepSummary: Sendable {
    /// The most rows of figures.
    public static let mostRows = 100
    /// The most reasons.
    public static let mostReasons = 20
    /// The most characters of one reason or name.
    static let longestText = 400

    private let outcome: GateOutcome

    public init(of outcome: GateOutcome) { self.outcome = outcome }

    /// In UTF-8, ending in a blank line, since other steps append to the same file.
    public var text: String {
        (opening + figures + control).map(\.source).joined(separator: "\n\n") + "\n\n"
    }

    /// Of a comparison without a verdict.
    public static func text(of broken: BrokenSide) -> String {
        let blocks: [Markdown] = ["### \(cut(broken.experiment)): no verdict", "\(cut(broken.description))."]
        return blocks.map(\.source).joined(separator: "\n\n") + "\n\n"
    }

    private var opening: [Markdown] {
        let name = Self.cut(outcome.experiment)
        let reasons = outcome.reasons.prefix(Self.mostReasons).map { ("- \(Self.cut($0))" as Markdown).source }
        let rest = outcome.reasons.count - Self.mostReasons
        let lines = reasons + (rest > 0 ? ["- … and \(rest) more"] : [])
        var blocks: [Markdown] = ["### \(name): \(outcome.verdict.rawValue)"]
        if !lines.isEmpty { blocks.append(Markdown(verbatim: lines.joined(separator: "\n"))) }
        blocks += trust
        blocks.append(
            """
            \(code: Self.cut(outcome.baseline.label)) → \(code: Self.cut(outcome.candidate.label)), against \
            \(outcome.modeText): \(outcome.pairsText).
            """)
        return blocks + outcome.trialsMarkdown
    }

    /// The sentence names the reasons by their numbers, and so they follow.
    private var trust: [Markdown] {
        guard let trust = outcome.trust else { return [] }
        let reasons = trust.reasons.prefix(Self.mostReasons).map { reason in
            ("\(reason.number). \(Self.cut(reason.example)) *Remedy:* \(Self.cut(reason.remedy))" as Markdown).source
        }
        return [trust.markdown] + (reasons.isEmpty ? [] : [Markdown(verbatim: reasons.joined(separator: "\n"))])
    }

    /// What did not pass is in sight, the rest folded; failures first.
    private var figures: [Markdown] {
        let ranked = [GateVerdict.fail, .inconclusive, .pass].flatMap { verdict in
            outcome.metrics.filter { $0.verdict == verdict }
        }
        let shown = ranked.prefix(Self.mostRows).map(Self.cut)
        let open = shown.filter { $0.verdict != .pass }
        let passed = shown.filter { $0.verdict == .pass }
        let rest = ranked.count - shown.count
        return (open.isEmpty ? [] : [GateTable(of: outcome, open).markdown])
            + (passed.isEmpty
                ? [] : [.details(summary: "\(passed.count) passed", [GateTable(of: outcome, passed).markdown])])
            + (rest > 0 ? ["… and \(rest) more rows, which the report has."] : [])
    }

    private var control: [Markdown] {
        guard let text = NullControlText(of: outcome) else { return [] }
        return ["Null control: \(Self.cut(text.alarm)) \(Self.cut(text.worst.joined(separator: " ")))"]
    }

    private static func cut(_ text: String) -> String { PlainText.singleLine(text, atMost: longestText) }

    private static func cut(_ metric: MetricOutcome) -> MetricOutcome {
        var metric = metric
        metric.metric = cut(metric.metric)
        metric.cell = cut(metric.cell)
        return metric
    }
}
