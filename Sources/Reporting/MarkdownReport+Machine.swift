import Analysis
import Experiments
import Quantities
import Statistics
import TraceModel

extension MarkdownReport {
    // MARK: What the machine added

    /// Each stage on the machine beside the same trials in virtual time.
    var machineAdded: [Markdown] {
        let rows = summary.cells.flatMap { cell in
            summary.declaration.stages.flatMap { stage in
                (cell.stage(stage, .all, .request)?.basis.machineAdded ?? []).map { (cell, stage, $0) }
            }
        }
        guard !rows.isEmpty else { return [] }
        var table = MarkdownTable(
            factorColumns + [
                ("stage", .left), ("statistic", .left), ("on the machine", .right), ("in virtual time", .right),
                ("added", .right),
            ])
        for (cell, stage, added) in rows {
            let scale = Scale.fitting(nanoseconds: max(abs(added.wallNanoseconds), abs(added.virtualNanoseconds)))
            func text(_ nanoseconds: Double) -> String { scale.text(nanoseconds: nanoseconds, decimals: 3) }
            table.append(
                factorCells(of: cell) + [
                    "\(stage.rawValue)", "\(added.statistic.rawValue)", "\(verbatim: text(added.wallNanoseconds))",
                    "\(verbatim: text(added.virtualNanoseconds))", "\(verbatim: Self.addedText(added.added))",
                ])
        }
        return [
            "## What the machine added",
            """
            Each trial of the wall clock ran once more in \(link: "virtual time", to: "time.md#virtual-time"), with the same parameters and the same seed: there sleeps are \
            exact and computing takes no time. *Added* is the mean of the paired differences with its 95 % interval over trials; where \
            requests wait for one another the twins are two draws of one distribution, which the interval counts in.
            """,
            .details(summary: "\(rows.count) figures beside their twins", [table.markdown]),
        ]
    }

    private static func addedText(_ added: Estimate) -> String {
        let scale = Scale.fitting(nanoseconds: abs(added.value))
        func number(_ value: Double) -> String { scale.number(nanoseconds: value, decimals: 2) }
        let interval = added.interval.map { " [\(number($0.lowerBound)), \(number($0.upperBound))]" } ?? ""
        return "\(number(added.value).withPlus)\(interval) \(scale.unit)"
    }

    // MARK: The environment

    /// What else the machine did while the trials measured.
    var environment: [Markdown] {
        let cells = summary.cells.filter { !$0.environment.isEmpty }
        guard !cells.isEmpty else { return [] }
        let figures = Limit.allCases.filter(\.isOfEnvironment)
        var table = MarkdownTable(factorColumns + figures.map { ("\($0.title)", .right) })
        for cell in cells {
            let texts = figures.map { figure in
                cell.environment.first { $0.figure == figure }.map { row in
                    row.mean == row.worst
                        ? figure.text(row.mean) : "\(figure.text(row.mean)), worst \(figure.text(row.worst))"
                } ?? "unknown"
            }
            table.append(factorCells(of: cell) + texts.map(Markdown.init(verbatim:)))
        }
        let window =
            summary.plan.source == .trace
            ? "each trial, over its measured window" : "each trial, or the burst of short ones that it ran in"
        return [
            "## The environment",
            """
            \(link: "Sampled", to: "environment.md") during \(window): the mean over the trials, and the worst of them. Shares are of all CPU \
            time, or of the window's time for what was waited for (pressure); involuntary switches are those of the process's whole life. What the machine cannot tell is unknown, and never zero.
            """,
            table.markdown,
        ]
    }
}

extension Limit {
    /// What the figure is called at the head of a column.
    var title: String {
        switch self {
        case .involuntarySwitches: "involuntary switches a second"
        default: rawValue.split(separator: "-").joined(separator: " ")
        }
    }

    /// A value in the unit that people read.
    func text(_ value: Double) -> String {
        switch dimension {
        case .share: "\((100 * value).fixed(value >= 0.1 ? 0 : 2)) %"
        case .duration: Scale.fitting(nanoseconds: value).text(nanoseconds: value, decimals: 2)
        case .count: value.fixed(0)
        case .rate: value.fixed(value >= 10 ? 0 : 1)
        }
    }
}
