import Analysis
import Experiments
import Quantities
import Statistics
import TraceModel

extension MarkdownReport {
    /// What became of the declared rules by which trials do not count, and the result with and without those trials.
    var exclusions: [Markdown] {
        guard let exclusion = summary.exclusion else { return [] }
        let rules = summary.declaration.trialExclusions.map { "\($0.figure.title) above \($0.figure.text($0.above))" }
        var blocks: [Markdown] = [
            "## Trials that do not count",
            "\(link: "Declared before the run", to: "experiments.md#limits-and-trials-that-do-not-count"): a trial does not count with \(rules.joined(separator: ", or with ")).",
        ]
        for (rule, count) in exclusion.unknownCounts where count > 0 {
            blocks.append(
                "Of \(count.counted("trial")) nobody could tell \(rule.figure.title): the rule excluded none of them, and they count."
            )
        }
        guard !exclusion.excluded.isEmpty else { return blocks + ["Every trial counts: none was beyond them."] }
        var trials = MarkdownTable([
            ("trial", .left), ("cell", .left), ("figure", .left), ("value", .right), ("rule", .right),
        ])
        for trial in exclusion.excluded {
            trials.append([
                "\(code: trial.identifier)", "\(summary.plan.cells[trial.cellIndex].title)",
                "\(trial.rule.figure.title)",
                "\(verbatim: trial.rule.figure.text(trial.value))",
                "above \(verbatim: trial.rule.figure.text(trial.rule.above))",
            ])
        }
        blocks.append(trials.markdown)
        return blocks + [withAndWithout(exclusion), answersWithAll(exclusion)]
    }

    private func withAndWithout(_ exclusion: ExclusionSummary) -> Markdown {
        var table = MarkdownTable([
            ("cell", .left), ("figure", .left), ("without them", .right), ("with them", .right),
        ])
        for comparison in exclusion.comparisons {
            let text = MetricText(comparison.metric)
            func figure(_ estimate: Estimate?) -> String {
                guard let estimate else { return FigureColumn.absent }
                return estimate.interval.map { text.text(estimate.value, $0) } ?? text.text(estimate.value)
            }
            let pairing = comparison.pairing.map { ", \($0.title)" } ?? ""
            table.append([
                "\(summary.plan.cells[comparison.cellIndex].title)", "\(comparison.metric.title + pairing)",
                "\(verbatim: figure(comparison.without))", "\(verbatim: figure(comparison.with))",
            ])
        }
        return "The figures of their cells without and with them:\n\n\(table.markdown)"
    }

    private func answersWithAll(_ exclusion: ExclusionSummary) -> Markdown {
        let changed = zip(summary.hypotheses, exclusion.answersWithAll).enumerated().filter {
            $0.element.0.answer != $0.element.1
        }
        guard !changed.isEmpty else { return "With them every hypothesis would have had the same answer." }
        let list = changed.map { "H\($0.offset + 1) would have been \($0.element.1.rawValue)" }
        return "With them \(list.joined(separator: ", ")); the other answers would have been the same."
    }
}
