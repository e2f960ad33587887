// The order is the reader's: the verdict with its reasons, what was compared, the figures, what this machine can tell at
// all, what an undecided figure would take, and how it was decided. No number stands before the verdict.

import Archiving
import Experiments
import Gating
import Quantities

/// `report.md` of a comparison, in GitHub Markdown.
public struct GateMarkdown: Sendable {
    let outcome: GateOutcome
    private let origin: Origin

    /// Where a comparison comes from, besides what its outcome says.
    public struct Origin: Sendable, Equatable {
        /// Of the candidate's processes; nil where nobody collected it.
        public var provenance: Provenance?
        /// What the order of the pairs was drawn from.
        public var seed: UInt64?
        /// The path of the forest plot from the report's folder; nil where there is none.
        public var plot: String?

        public init(provenance: Provenance? = nil, seed: UInt64? = nil, plot: String? = nil) {
            self.provenance = provenance
            self.seed = seed
            self.plot = plot
        }
    }

    public init(of outcome: GateOutcome, origin: Origin = Origin()) {
        self.outcome = outcome
        self.origin = origin
    }

    /// The whole file, in UTF-8.
    public var text: String {
        let opening: [Markdown] = ["# Comparison: \(outcome.experiment)"] + verdict
        let blocks = opening + sides + figures + nullControl + undecided + decision + provenance
        return blocks.map(\.source).joined(separator: "\n\n") + "\n"
    }

    // MARK: Verdict

    private var verdict: [Markdown] {
        let reasons = outcome.reasons.map { ("- \($0)" as Markdown).source }.joined(separator: "\n")
        let trust: [Markdown] = outcome.trust.map { [$0.markdown] } ?? []
        let opening: [Markdown] = ["## Verdict", "**\(outcome.verdict.rawValue.capitalisedFirst)**"]
        let blocks = opening + trust + [Markdown(verbatim: reasons)] + (outcome.trust?.list ?? [])
        return blocks.filter { !$0.source.isEmpty }
    }

    // MARK: Sides

    private var sides: [Markdown] {
        var table = MarkdownTable([("Side", .left), ("given as", .left), ("program (SHA-256)", .left)])
        for (name, side) in [("baseline", outcome.baseline), ("candidate", outcome.candidate)] {
            table.append([
                "\(name)", "\(code: side.label)", side.binaryDigest.map { "\(code: $0)" } ?? "unknown",
            ])
        }
        return [
            "## What was compared", table.markdown,
            """
            Against \(outcome.modeText), profile \(code: outcome.profile): \(outcome.pairsText), begun \
            \(outcome.startedAt).
            """,
        ] + outcome.trialsMarkdown
    }

    // MARK: Figures

    private var figures: [Markdown] {
        guard !outcome.metrics.isEmpty else { return ["## Figures", "No metric was compared."] }
        let plot: [Markdown] =
            origin.plot.map { ["![The effect on each metric in units of its band](\(verbatim: $0))"] } ?? []
        return ["## Figures"] + plot + [
            GateTable(of: outcome).markdown,
            """
            *Effect*: \(outcome.effectText) *Band*: how large a change may be before it matters, either way.
            """,
            reasonsByMetric,
        ]
    }

    private var reasonsByMetric: Markdown {
        let lines = outcome.metrics.map { metric in
            ("- **\(metric.verdict.rawValue)**, \(metric.place): \(metric.reason)" as Markdown).source
        }
        return .details(summary: "Why, metric by metric", [Markdown(verbatim: lines.joined(separator: "\n"))])
    }

    // MARK: Null control

    private var nullControl: [Markdown] {
        guard let control = outcome.nullControl, let text = NullControlText(of: outcome) else {
            return ["## Null control", Self.noControl(outcome.mode)]
        }
        var table = MarkdownTable([
            ("metric", .left), ("cell", .left), ("baseline against itself", .right), ("noise floor", .right),
            ("smallest effect found", .right), ("false alarms", .right), ("alarmed", .left),
        ])
        for entry in control.entries {
            let effect = outcome.metric(of: entry)?.effectText
            table.append([
                "\(entry.metric)", "\(Self.cell(entry.cell))",
                "\(effect?.text(entry.effect, entry.interval) ?? FigureColumn.absent)",
                "\(effect?.size(onScale: entry.noiseFloor) ?? FigureColumn.absent)",
                "\(effect?.size(onScale: entry.smallestDetectableEffect) ?? FigureColumn.absent)",
                "\(NullControlText.share(entry.falseAlarmShare))", "\(entry.hasAlarmed ? "yes" : "no")",
            ])
        }
        return [
            "## Null control", "\(text.alarm)", table.markdown,
            """
            *Noise floor*: half the width of that 95 % interval, how far apart two equal programs may seem by so many pairs on this \
            machine; a band below it is hardly passed, and what is far beyond both fails all the same. *Smallest effect found*: \
            the one beyond the band that so many pairs find in four of five sessions. *False alarms*: the share of relabelled null \
            pairs whose interval lies beyond the band on the bad side, before any confirmation.
            """,
        ]
    }

    private static func noControl(_ mode: GateOutcome.Mode) -> Markdown {
        switch mode {
        case .committed:
            "None is needed: in virtual time the same program gives the same values, so that there is no noise."
        case .stored:
            "None is run in this way: what the same program differs by from session to session is seen from the stored ones."
        case .paired:
            "None was run, so the noise floor of this machine and the smallest effect that can be found are unknown."
        }
    }

    static func cell(_ cell: String) -> String { cell.isEmpty ? FigureColumn.absent : cell }

    // MARK: What it would take

    private var undecided: [Markdown] {
        let open = outcome.metrics.filter { $0.verdict == .inconclusive }
        guard !open.isEmpty else { return [] }
        let lines = open.map { metric -> String in
            let missing = metric.pairsMissing.map { "about \($0.counted("more pair")), at the effect and spread seen." }
            let unconfirmed =
                metric.unconfirmedBy == nil
                ? nil
                : "it is not confirmed by the fresh pairs, and one comparison confirms once; more pairs do not decide it."
            return ("- \(metric.place): \(unconfirmed ?? missing ?? metric.reason)" as Markdown).source
        }
        return ["## What a decision would take", Markdown(verbatim: lines.joined(separator: "\n"))]
    }

    // MARK: How it was decided

    private var decision: [Markdown] {
        let confidence = outcome.confidenceText.map { $0 + " " } ?? ""
        return [
            "## How it was decided",
            """
            \(outcome.ruleText) All else is *inconclusive*, and so is every figure that an audit calls invalid. \
            \(confidence)\(link: "How a verdict is found", to: "gate.md#how-a-verdict-is-found") has the method, and what \
            it was calibrated with.
            """,
        ]
    }

    // MARK: Provenance

    private var provenance: [Markdown] {
        var table = MarkdownTable([("Comparison", .left), ("", .left)])
        table.append(["experiment", "\(code: outcome.experiment)"])
        table.append(["profile", "\(code: outcome.profile)"])
        table.append(["seed", origin.seed.map { "\(code: String($0))" } ?? "unknown"])
        table.append(["begun", "\(outcome.startedAt)"])
        if let provenance = origin.provenance {
            table.append(["revision of the working folder", "\(Self.revision(provenance))"])
            for (name, value) in MachineFingerprint(provenance).fields {
                table.append(["\(name)", "\(value ?? "unknown")"])
            }
        }
        let machine: [Markdown] = origin.provenance == nil ? ["Nobody recorded the machine."] : []
        return ["## Provenance", table.markdown] + machine
    }

    private static func revision(_ provenance: Provenance) -> String {
        guard let revision = provenance.revision else { return "unknown" }
        switch provenance.revisionIsModified {
        case true?: return revision + ", with uncommitted changes"
        case false?: return revision
        case nil: return revision + ", changes unknown"
        }
    }
}

/// The figures of a comparison as a table: one row a metric and cell.
struct GateTable {
    private let metrics: [MetricOutcome]
    private let countTitle: String

    /// - Parameter metrics: Those of the outcome that are shown; nil for all.
    init(of outcome: GateOutcome, _ metrics: [MetricOutcome]? = nil) {
        self.metrics = metrics ?? outcome.metrics
        countTitle = outcome.unitName + "s"
    }

    var markdown: Markdown {
        let hasCells = metrics.contains { !$0.cell.isEmpty }
        var table = MarkdownTable(
            [("metric", .left)] + (hasCells ? [("cell", .left)] : []) + [
                ("baseline", .right), ("candidate", .right), ("effect", .right), ("band", .right),
                ("\(countTitle)", .right),
                ("verdict", .left),
            ])
        for metric in metrics {
            let values = metric.valueTexts
            let verdict: Markdown =
                metric.verdict == .pass ? "pass" : "**\(metric.verdictText)**"
            table.append(
                ["\(metric.metric)"] + (hasCells ? ["\(GateMarkdown.cell(metric.cell))"] : []) + [
                    "\(values.baseline)", "\(values.candidate)", "\(metric.effectWithFreshPairs)",
                    "\(metric.effectText.bandText)", "\(metric.pairCount)", verdict,
                ])
        }
        return table.markdown
    }
}
