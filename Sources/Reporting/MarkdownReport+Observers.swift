import Analysis
import Experiments
import Quantities
import Statistics
import TraceModel

extension MarkdownReport {
    /// What was seen from outside beside what the traces say, and what being watched cost; nothing where nobody watched.
    var outsideObservers: [Markdown] {
        guard !summary.observed.isEmpty else { return [] }
        let rows = ObservedRow.rows(of: summary.observed)
        return ["## Outside observers", observersIntroduction, agreement] + sideBySideWithTrace(rows) + [
            everyFigure(rows)
        ]
            + costsOfWatching
    }

    private var observersIntroduction: Markdown {
        let names = summary.plan.observers.map { observer in
            let key = observer.pairing.map { ", pairs \($0.title)" } ?? ""
            return "\(code: observer.name) (\(code: observer.script)\(key))" as Markdown
        }
        let steady = PlainText.length(nanoseconds: Int64(ObservedTrial.steadyResolutionNanoseconds))
        let loss = PlainText.length(nanoseconds: Int64(ObservedTrial.lossNanoseconds))
        return """
            bpftrace watched the program's probes while the program wrote its own trace: \
            \(verbatim: names.map(\.source).joined(separator: "; ")). All that watch a cell watch the same process at once, from \
            before its first event to after its last, and are held against the whole trace: counts must be equal to the last \
            event, means of n spans may lie \(steady) + \(loss) / n apart.
            """
    }

    /// The verdict on the comparison, over all trials.
    private var agreement: Markdown {
        var lines: [Markdown] = []
        for observer in summary.plan.observers {
            let trials = summary.observed.filter { $0.observer == observer.name }
            guard !trials.isEmpty else { continue }
            let agreeing = trials.count { $0.outcome == .agrees }
            let unknown = trials.count { if case .unknown = $0.outcome { true } else { false } }
            let verdict =
                agreeing == trials.count
                ? "agrees with the trace in all of \(trials.count.counted("trial"))"
                : "agrees with the trace in \(agreeing) of \(trials.count.counted("trial"))"
                    + (unknown > 0 ? ", and nothing can be said of \(unknown)" : "")
            lines.append("- **\(observer.name)** \(verdict).")
        }
        return Markdown(verbatim: lines.map(\.source).joined(separator: "\n"))
    }

    /// The spans of each stage as each observer paired them, with the trace's own in the middle of them.
    private func sideBySideWithTrace(_ rows: [ObservedRow]) -> [Markdown] {
        let observers = summary.plan.observers.filter { observer in
            observer.pairing != nil && rows.contains { $0.observer == observer.name }
        }
        guard !observers.isEmpty else { return [] }
        let columns = observers.flatMap { observer -> [(Markdown, MarkdownTable.Alignment)] in
            let title = observer.pairing?.title ?? ""
            return [("trace, \(title)", .right), ("\(code: observer.name)", .right)]
        }
        var table = MarkdownTable(factorColumns + [("figure", .left)] + columns)
        for cell in summary.cells {
            for stage in [Stage.persist, .request] {
                let found = observers.map { observer in
                    rows.first {
                        $0.cellIndex == cell.cell.index && $0.observer == observer.name && $0.figure == stage.rawValue
                    }
                }
                guard found.contains(where: { $0 != nil }) else { continue }
                let counts = found.flatMap { row -> [String] in
                    guard let row else { return [FigureColumn.absent, FigureColumn.absent] }
                    return ["\(row.traceCount)", "\(row.observedCount)"]
                }
                let means = found.flatMap { [Self.timeText($0?.traceMean), Self.timeText($0?.observedMean)] }
                for (title, texts) in [("spans", counts), ("mean", means)] {
                    table.append(
                        factorCells(of: cell) + ["\(stage.rawValue): \(title)"] + texts.map(Markdown.init(verbatim:)))
                }
            }
        }
        return [table.markdown]
    }

    private func everyFigure(_ rows: [ObservedRow]) -> Markdown {
        var table = MarkdownTable(
            factorColumns + [
                ("watched by", .left), ("figure", .left), ("counted", .right), ("in the trace", .right),
                ("mean", .right), ("in the trace", .right), ("largest difference in a trial", .right),
                ("trials that agree", .right),
            ])
        for row in rows {
            guard let cell = summary.cells.first(where: { $0.cell.index == row.cellIndex }) else { continue }
            let difference = row.worstDifference.map { ($0 > 0 ? "+" : "") + Self.timeText($0) } ?? FigureColumn.absent
            table.append(
                factorCells(of: cell) + [
                    "\(code: row.observer)", "\(row.figure)", "\(row.observedCount)", "\(row.traceCount)",
                    "\(verbatim: Self.timeText(row.observedMean))", "\(verbatim: Self.timeText(row.traceMean))",
                    "\(verbatim: difference)", "\(row.agreeingCount) of \(row.trialCount)",
                ])
        }
        return .details(summary: "\(rows.count.counted("figure")), each beside the trace's own", [table.markdown])
    }

    private static func timeText(_ nanoseconds: Double?) -> String {
        nanoseconds.map { Scale.fitting(nanoseconds: $0).text(nanoseconds: $0, decimals: 3) } ?? FigureColumn.absent
    }

    // MARK: What watching costs

    private var costsOfWatching: [Markdown] {
        guard !summary.observerCosts.isEmpty else { return [] }
        var table = MarkdownTable(
            [("figure", .left)] + factorColumns + [("unwatched", .right), ("watched less unwatched", .right)])
        for cost in summary.observerCosts {
            guard let cell = summary.cells.first(where: { $0.cell.index == cost.cellIndex }) else { continue }
            table.append(
                ["\(cost.metric.title)"] + factorCells(of: cell) + [
                    "\(verbatim: MetricText(cost.metric).text(cost.unwatched.value))",
                    "\(verbatim: Self.costText(cost.difference))",
                ])
        }
        return [
            "### What watching costs",
            """
            Each watched cell beside the one that nobody watched, by request: the mean of the differences within blocks with its 95 % \
            Student t interval over blocks. An interval that holds 0 tells no cost.
            """,
            table.markdown,
        ]
    }

    private static func costText(_ difference: Estimate) -> String {
        let scale = Scale.fitting(nanoseconds: abs(difference.value))
        func number(_ value: Double) -> String { scale.number(nanoseconds: value, decimals: 2) }
        let interval =
            difference.interval.map { " [\(number($0.lowerBound)), \(number($0.upperBound))]" } ?? ""
        return "\(difference.value > 0 ? "+" : "")\(number(difference.value))\(interval) \(scale.unit)"
    }
}
