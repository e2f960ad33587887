import Analysis
import Experiments
import Quantities
import Statistics
import TraceModel

extension MarkdownReport {
    /// Where the steady part of each process begins, by rule and not by declaration, and what a longer warm-up would change.
    var startUp: [Markdown] {
        let rows = [Stage.request, .response, .persist].flatMap { stage in
            summary.cells.compactMap { cell in
                cell.stage(stage, .all, .request)?.basis.startUp.map { (cell, stage, $0) }
            }
        }
        guard !rows.isEmpty else { return [] }
        let courses: [WarmUpAnalysis.Course] = [.flat, .warmUp, .slowDown, .neverSteady]
        var table = MarkdownTable(
            factorColumns + [("stage", .left)] + courses.map { ("\($0.title)", .right) }
                + [
                    ("longest start-up", .right), ("window opens after", .right), ("steady too late", .right),
                    ("p99, warm-up doubled", .right),
                ])
        for (cell, stage, startUp) in rows {
            let counts = courses.map { "\(startUp.classes[$0] ?? 0)" as Markdown }
            let rest = [
                startUp.longestNanoseconds.map(Self.length) ?? FigureColumn.absent, Self.length(startUp.cutNanoseconds),
                String(startUp.lateCount), Self.change(startUp.doubledCutRatio),
            ]
            table.append(
                factorCells(of: cell) + ["\(stage.rawValue)"] + counts + rest.map(Markdown.init(verbatim:)))
        }
        return [
            "## Start-up",
            """
            What each process did from its first event on, warm-up included. The cut that \(link: "the rule", to: "statistics.md#warm-up") finds is the later one of MSER-5 \
            (White 1997) and of the last change-point (PELT; Killick, Fearnhead and Eckley 2012), and what remains is tested for a \
            trend; \(link: "the classes", to: "audits.md#steady-state") are those of Barrett et al. (2017). All numbers of this report are of the declared window; what came \
            before it is kept in the traces and counts here only. *Steady too late*: processes that settled only within the window, or never. \
            *p99, warm-up doubled*: by how much p99 changes if the window opens after twice the time (95 % interval over processes).
            """,
            table.markdown,
        ]
    }

    private static func length(_ nanoseconds: Double) -> String {
        let scale = Scale.fitting(nanoseconds: nanoseconds)
        return scale.text(nanoseconds: nanoseconds, decimals: 2)
    }

    /// A ratio as a change in per cent, with its interval.
    private static func change(_ ratio: Estimate?) -> String {
        guard let ratio else { return FigureColumn.absent }
        func percent(_ value: Double) -> String { (100 * (value - 1)).fixed(1).withPlus }
        let interval = ratio.interval.map { " [\(percent($0.lowerBound)), \(percent($0.upperBound))]" } ?? ""
        return "\(percent(ratio.value))\(interval) %"
    }
}

extension WarmUpAnalysis.Course {
    /// As a column's title.
    var title: String {
        switch self {
        case .flat: "flat"
        case .warmUp: "warm-up"
        case .slowDown: "slow-down"
        case .neverSteady: "never steady"
        }
    }
}
