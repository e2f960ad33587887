// Effects of unlike metrics share an axis once each is told in units of its own band, and turned so that worse is to the
// right: then a row says by itself what the verdict is, since what lies left of 1 passes and what lies right of it fails.
// The size in the metric's unit stands beside it.

import Gating
import Quantities
import Statistics

/// The effect on each metric and cell with its interval, the band shaded, the null control below each.
public struct ForestPlot: Sendable {
    /// The most rows that are drawn; failures first, then what is inconclusive.
    public static let mostRows = 40

    private static let left = 300.0
    private static let right = 600.0
    private static let rowHeight = 40.0
    private static let top = 112.0
    /// No axis reaches further than this many bands; what does is cut, with an arrow.
    private static let furthest = 5.0

    private let outcome: GateOutcome
    private let rows: [Row]
    /// The axis reaches from −extent to extent, in bands.
    private let extent: Double

    private struct Row {
        var metric: MetricOutcome
        var mark: Mark?
        /// Of fresh pairs that did not confirm a failure.
        var fresh: Mark?
        var control: Mark?

        var marks: [Mark] { [mark, fresh, control].compactMap(\.self) }
    }

    /// A value with its interval, in bands.
    private struct Mark {
        var value: Double
        var bounds: (Double, Double)?
    }

    public init(of outcome: GateOutcome) {
        self.outcome = outcome
        let ranked = [GateVerdict.fail, .inconclusive, .pass].flatMap { verdict in
            outcome.metrics.filter { $0.verdict == verdict }
        }
        rows = ranked.prefix(Self.mostRows).map { metric in
            let entry = outcome.nullControl?.entries.first { $0.cell == metric.cell && $0.metric == metric.metric }
            return Row(
                metric: metric, mark: Self.mark(metric.effect, metric.interval, metric),
                fresh: metric.unconfirmedBy.flatMap { Self.mark($0.effect, $0.interval, metric) },
                control: entry.flatMap { Self.mark($0.effect, $0.interval, metric) })
        }
        let marks = rows.flatMap(\.marks)
        let reach = marks.flatMap { [$0.value] + ($0.bounds.map { [$0.0, $0.1] } ?? []) }.map { abs($0) }.max() ?? 0
        extent = min(Self.furthest, max(1.5, reach * 1.08))
    }

    /// Whether some value or interval reaches beyond the axis, where an arrow stands for it.
    public var hasCutMarks: Bool {
        rows.flatMap(\.marks).contains { mark in
            abs(mark.value) > extent || mark.bounds.map { $0.0 < -extent || $0.1 > extent } ?? false
        }
    }

    /// The whole file, in UTF-8.
    public var svg: String { canvas.svg }

    private static func mark(_ effect: Double?, _ interval: Interval?, _ metric: MetricOutcome) -> Mark? {
        let text = metric.effectText
        guard let value = effect.flatMap({ text.inBands($0, metric.direction) }) else { return nil }
        let ends = interval.map { [$0.lowerBound, $0.upperBound] } ?? []
        let bounds = ends.compactMap { text.inBands($0, metric.direction) }.sorted()
        return Mark(value: value, bounds: bounds.count == 2 ? (bounds[0], bounds[1]) : nil)
    }

    // MARK: Drawing

    private static let css = """
        .band{fill:#007a5a;fill-opacity:.13}.control.whisker,.control.hollow{stroke:#818b98}
        @media (prefers-color-scheme:dark){.band{fill:#2fc695;fill-opacity:.16}}
        """

    private var canvas: Canvas {
        let bottom = Self.top + Double(max(1, rows.count)) * Self.rowHeight
        let title = "\(outcome.experiment): effects in units of their bands"
        var canvas = Canvas(height: bottom + 62, title: title, summary: summary, css: Self.css)
        canvas.text(PlainText.singleLine(title, atMost: 90), x: 16, y: 30, style: PlotTheme.heading)
        drawLegend(on: &canvas)
        canvas.rectangle(
            x: x(-1), y: Self.top - 6, width: x(1) - x(-1), height: bottom - Self.top + 6, style: "band")
        for tick in ticks { drawTick(tick, on: &canvas, bottom: bottom) }
        canvas.text("effect", x: Self.right + 20, y: Self.top - 14, style: PlotTheme.note)
        for (index, row) in rows.enumerated() {
            draw(row, on: &canvas, y: Self.top + (Double(index) + 0.5) * Self.rowHeight)
        }
        if rows.isEmpty {
            canvas.text("No metric was compared.", x: 16, y: Self.top + 20, style: PlotTheme.label)
        }
        let middle = (Self.left + Self.right) / 2
        canvas.text("← better", x: Self.left, y: bottom + 42, style: PlotTheme.note)
        canvas.text("bands", x: middle, y: bottom + 42, style: PlotTheme.note, anchor: .middle)
        canvas.text("worse →", x: Self.right, y: bottom + 42, style: PlotTheme.note, anchor: .end)
        let rest = outcome.metrics.count - rows.count
        if rest > 0 {
            canvas.text("and \(rest) more, in the table", x: 16, y: bottom + 42, style: PlotTheme.note)
        }
        return canvas
    }

    /// Whole numbers of bands.
    private var ticks: [Double] {
        let last = Int(extent)
        return (-last...last).map(Double.init)
    }

    private func drawTick(_ tick: Double, on canvas: inout Canvas, bottom: Double) {
        let style = tick == 0 ? PlotTheme.axis : PlotTheme.grid
        canvas.line(from: (x(tick), Self.top - 6), to: (x(tick), bottom), style: style)
        canvas.text(FigureColumn.trimmed(tick), x: x(tick), y: bottom + 20, style: PlotTheme.label, anchor: .middle)
    }

    private func draw(_ row: Row, on canvas: inout Canvas, y: Double) {
        let cell = row.metric.cell
        let name = PlainText.singleLine(row.metric.metric, atMost: 38)
        canvas.text(name, x: 16, y: cell.isEmpty ? y + 4.5 : y - 2, style: PlotTheme.label)
        if !cell.isEmpty {
            canvas.text(PlainText.singleLine(cell, atMost: 40), x: 16, y: y + 13, style: PlotTheme.note)
        }
        if let control = row.control {
            draw(control, on: &canvas, y: row.fresh == nil ? y + 9 : y + 12, .control, radius: 3)
        }
        if let fresh = row.fresh { draw(fresh, on: &canvas, y: y + 2, .fresh, radius: 3.5) }
        if let mark = row.mark {
            let place = row.fresh != nil ? y - 9 : row.control == nil ? y : y - 3
            draw(mark, on: &canvas, y: place, Look(row.metric.verdict), radius: 5)
        }
        canvas.text(
            PlainText.singleLine(row.metric.effectWithInterval, atMost: 40), x: Self.right + 20, y: y - 2,
            style: PlotTheme.label)
        let verdict = "\(row.metric.verdictText), band \(row.metric.effectText.bandText)"
        canvas.text(verdict, x: Self.right + 20, y: y + 13, style: PlotTheme.note)
    }

    private func draw(_ mark: Mark, on canvas: inout Canvas, y: Double, _ look: Look, radius: Double) {
        let whisker = "\(look.colour) whisker"
        if let bounds = mark.bounds {
            canvas.line(from: (x(bounds.0), y), to: (x(bounds.1), y), style: whisker)
            for (bound, inward) in [(bounds.0, 1.0), (bounds.1, -1.0)] {
                // An arrow where the axis cuts the interval, a bar where it ends.
                let foot = abs(bound) > extent ? x(bound) + 6 * inward : x(bound)
                canvas.line(from: (foot, y - 4), to: (x(bound), y), style: whisker)
                canvas.line(from: (x(bound), y), to: (foot, y + 4), style: whisker)
            }
        }
        // A value beyond the axis has its arrow alone: a marker at the edge would be read as a value there.
        guard abs(mark.value) <= extent else { return }
        canvas.marker(look.marker, x: x(mark.value), y: y, radius: radius, style: look.style)
    }

    private func x(_ bands: Double) -> Double {
        let clamped = min(max(bands, -extent), extent)
        return Self.left + (clamped + extent) / (2 * extent) * (Self.right - Self.left)
    }

    private func drawLegend(on canvas: inout Canvas) {
        var x = 16.0
        var entries: [(title: String, look: Look)] = [GateVerdict.pass, .fail, .inconclusive].map {
            ($0.rawValue, Look($0))
        }
        if rows.contains(where: { $0.fresh != nil }) { entries.append(("fresh pairs", .fresh)) }
        if rows.contains(where: { $0.control != nil }) {
            entries.append(("the baseline against itself", .control))
        }
        for entry in entries {
            canvas.line(from: (x, 51.5), to: (x + 28, 51.5), style: "\(entry.look.colour) whisker")
            canvas.marker(entry.look.marker, x: x + 14, y: 51.5, radius: 5, style: entry.look.style)
            canvas.text(entry.title, x: x + 34, y: 56, style: PlotTheme.label)
            x += 34 + Canvas.width(of: entry.title) + 24
        }
        canvas.rectangle(x: x, y: 44, width: 28, height: 15, style: "band")
        canvas.text("the band", x: x + 34, y: 56, style: PlotTheme.label)
    }

    /// What tells verdicts apart: form as well as colour.
    private struct Look {
        var colour: String
        var marker: Canvas.Marker
        var style: String

        init(_ verdict: GateVerdict) {
            switch verdict {
            case .pass: (colour, marker, style) = ("process", .circle, "process solid")
            case .fail: (colour, marker, style) = ("thread", .square, "thread solid")
            case .inconclusive: (colour, marker, style) = ("request", .diamond, "request hollow")
            }
        }

        static let fresh = Look(colour: "request", marker: .square, style: "request hollow")
        static let control = Look(colour: "control", marker: .diamond, style: "control hollow")

        private init(colour: String, marker: Canvas.Marker, style: String) {
            (self.colour, self.marker, self.style) = (colour, marker, style)
        }
    }

    /// What is drawn, as the sentences that stand for the picture.
    private var summary: String {
        rows.map { row in
            "\(row.metric.place): \(row.metric.effectWithFreshPairs), band \(row.metric.effectText.bandText), "
                + "\(row.metric.verdictText)."
        }.joined(separator: " ")
    }
}
