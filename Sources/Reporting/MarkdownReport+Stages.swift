import Analysis
import Experiments
import Quantities
import Statistics
import TraceModel

extension MarkdownReport {
    /// The factors' columns of every table of cells; one column for a cell without factors.
    var factorColumns: [(title: Markdown, alignment: MarkdownTable.Alignment)] {
        let factors = summary.declaration.factors
        return factors.isEmpty ? [("cell", .left)] : factors.map { ("\($0.name)", .left) }
    }

    func factorCells(of cell: CellSummary) -> [Markdown] {
        let factors = summary.declaration.factors
        if factors.isEmpty { return ["\(cell.cell.title)"] }
        return factors.map { "\(cell.cell.label(of: $0.name) ?? FigureColumn.absent)" }
    }

    // MARK: Side by side

    /// The readings of the stage that the experiment is about, one pairing beside the other, then the plots.
    var sideBySide: [Markdown] {
        var blocks: [Markdown] = ["## Side by side"]
        let cells = summary.cells.filter { $0.trialCount > 0 }
        guard !cells.isEmpty else { return blocks + ["No trial was analysed, so there is nothing to show."] }
        let sentAndDue = sentAndDue
        blocks += sentAndDue
        // Requests alone, by request alone, are in that table already.
        let isShown = !sentAndDue.isEmpty && summary.declaration.pairings == [.request]
        if let stage = summary.stagesByWeight.first, !(isShown && [.request, .response].contains(stage)) {
            blocks += sideBySide(stage, in: cells.filter { $0.shows(stage) })
        }
        for (index, plot) in plots.plots.enumerated() {
            blocks.append("![\(plot.canvas.title)](\(verbatim: plot.path))")
            let isRepeated = index > 0 && plots.plots[index - 1].caption == plot.caption
            if !isRepeated { blocks.append("\(plot.caption)") }
        }
        return blocks + plots.omissions.map { "\($0)" }
    }

    private func sideBySide(_ stage: Stage, in cells: [CellSummary]) -> [Markdown] {
        let pairings = summary.declaration.pairings
        let all = cells.flatMap { cell in pairings.compactMap { cell.stage(stage, .all, $0) } }
        let scale = StageTable.scale(of: all)
        let columns = pairings.map { pairing in
            let summaries = all.filter { $0.pairing == pairing }
            let extremes = summaries.compactMap(\.pooled).flatMap { [Double($0.minimum), Double($0.maximum)] }
            let means = summaries.compactMap { $0.estimate(of: .mean) }
            let each = [
                FigureColumn(divisor: scale.nanosecondsPerUnit, estimates: means),
                FigureColumn(divisor: scale.nanosecondsPerUnit, values: extremes),
            ]
            return (pairing, FigureColumn.shared(each, scale: scale, means: summaries.compactMap(\.pooled?.mean)))
        }
        let titles = pairings.flatMap { pairing in
            ["mean", "min … max"].map { "\(pairing.title): \($0) (\(scale.unit))" }
        }
        var table = MarkdownTable(factorColumns + titles.map { ("\($0)", .right) })
        for cell in cells {
            let figures = columns.flatMap { pairing, column -> [String] in
                let found = cell.stage(stage, .all, pairing)
                let range = found?.pooled.map {
                    let maximum = StageTable.bounded(column.text(Double($0.maximum)), .maximum, of: found)
                    return "\(column.text(Double($0.minimum))) … \(maximum)"
                }
                let mean = StageTable.bounded(column.text(found?.estimate(of: .mean)), .mean, of: found)
                return [mean, range ?? FigureColumn.absent]
            }
            table.append(factorCells(of: cell) + figures.map(Markdown.init(verbatim:)))
        }
        let pairingText = pairings.count > 1 ? " The same events, paired in different ways." : ""
        return ["\(code: stage.rawValue): \(stage.meaning).\(pairingText)", table.markdown]
    }

    // MARK: Stages

    var stageSections: [Markdown] {
        let cells = summary.cells.filter { $0.trialCount > 0 }
        guard !cells.isEmpty, !summary.stagesShown.isEmpty else { return [] }
        return ["## Stages", intervalNote(in: cells), Self.worthLegend]
            + summary.stagesShown.flatMap { stage -> [Markdown] in
                let rows = cells.filter { $0.shows(stage) }.flatMap { cell in
                    summary.declaration.pairings.map { (cell, $0.title, cell.stage(stage, .all, $0)) }
                }
                let heading: [Markdown] = ["### \(stage.rawValue)", "\(stage.meaning.capitalisedFirst)."]
                return heading + [stageTable(rows, rowTitle: "pairing")]
                    + blockedSection(stage, in: cells) + worth(stage, in: cells)
            }
    }

    /// Requests that waited for a permit and requests that did not, over the whole of the stage.
    private func blockedSection(_ stage: Stage, in cells: [CellSummary]) -> [Markdown] {
        let rows = cells.flatMap { cell in
            [Metric.Subset.blocked, .nonblocked].compactMap { subset in
                cell.stage(stage, subset, .request).flatMap { $0.pooled == nil ? nil : (cell, subset.title, $0) }
            }
        }
        guard !rows.isEmpty else { return [] }
        return [
            """
            The same stage, by request, for requests that had to wait for a permit (blocked) and requests that took \
            one at once; where there were none, there is no row:
            """,
            stageTable(rows, rowTitle: "requests"),
        ]
    }

    private func stageTable(_ rows: [(CellSummary, String, StageSummary?)], rowTitle: String) -> Markdown {
        let figures = StageTable(rows.map(\.2), basis: .processes)
        var table = MarkdownTable(
            factorColumns + [("\(rowTitle)", .left)] + figures.header.map { ("\($0)", .right) })
        for (row, cells) in zip(rows, figures.rows) {
            table.append(factorCells(of: row.0) + ["\(row.1)"] + cells.map(Markdown.init(verbatim:)))
        }
        return table.markdown
    }

    /// What the brackets mean, or why there are none.
    func intervalSentence(in cells: [CellSummary]) -> String {
        let counts = cells.map(\.trialCount)
        let lowest = counts.min() ?? 0
        let highest = counts.max() ?? 0
        guard highest > 1 else { return "One process a cell, so there are no intervals." }
        let processes = lowest == highest ? "\(highest)" : "\(lowest) to \(highest)"
        return """
            In brackets: 95 % Student t interval of the mean over \(processes) processes a cell, cut off at what is \
            possible (0, or 100 %).
            """
    }

    private func intervalNote(in cells: [CellSummary]) -> Markdown {
        """
        \(intervalSentence(in: cells)) min and max are the observed extremes of all processes together. p50, p90 and \
        p99 are each process's own percentile, averaged over processes; they count in what was still open when the window \
        closed (Kaplan–Meier). ≥: a lower bound; more than 1 % were open, or the longest was. \
        —: none, too few durations to say, or so many still open that the figure is not known from above.\(virtualNote(in: cells)) \
        More of the \(link: "stages and statistics", to: "experiments.md#metrics") and of \
        \(link: "the methods", to: "statistics.md").
        """
    }

    /// What times are where no clock was read; empty where all cells ran on the wall clock.
    private func virtualNote(in cells: [CellSummary]) -> String {
        let virtualCount = cells.count { $0.cell.isVirtual(of: summary.plan.program) }
        guard virtualCount > 0 else { return "" }
        let subject = virtualCount == cells.count ? "All cells are" : "\(virtualCount) of \(cells.count) cells are"
        return " \(subject) in virtual time: sleeps are exact and computing takes none; CPU time and memory are the "
            + "simulating process's own, and where nothing is drawn at random all processes agree."
    }
}

extension Stage {
    /// From which event to which, for a sentence.
    var meaning: String {
        switch self {
        case .request: "from request-start to request-done, the service time: what it takes from when it was sent"
        case .response:
            "from the instant at which the request was due to request-done, the response time: with the wait for a free client"
        case .outboundNetwork: "from request-start to request-block or request-nonblock, the way there"
        case .queueWait: "from request-block or request-nonblock to persist-start, the wait for a permit"
        case .persist: "from persist-start to persist-done, the write from the moment it is enqueued"
        case .persistAsync:
            "from persist-async-start to persist-done, the write from the moment its own green thread runs"
        case .returnNetwork: "from persist-start or persist-done to request-done, the way back"
        case .think: "from request-done to the same client's next request-start"
        }
    }
}

extension String {
    var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
