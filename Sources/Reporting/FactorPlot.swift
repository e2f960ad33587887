// What a figure does along a factor: the levels stand in the order declared, at equal distances, since they may be
// names. Lines join them only where all are numbers. Each process's own value is a faint dot behind the mean, so that
// a wide interval can be told from one process that went its own way.

import Experiments
import Quantities
import Statistics
import TraceModel

/// A metric along the levels of a factor: a panel for each combination of the other factors, on shared axes.
struct FactorPlot {
    struct Point: Equatable {
        /// The level's place in the order declared.
        var level: Int
        var value: Double
        var interval: Interval?
        var processValues: [Double]
    }

    struct Series: Equatable {
        var role: PlotRole
        /// Whether its source does not say the level: a level line across the panel.
        var isFlat = false
        /// Levels that were measured and have no point.
        var gaps: [Int] = []
        /// Levels that have no point because no request is due at them.
        var levelsNotDue: [Int] = []
        var points: [Point]
    }

    struct Panel: Equatable {
        /// Empty where no other factor is there to tell panels apart.
        var title: String
        var series: [Series]

        /// How many levels were measured.
        var levelCount: Int {
            let measured = series.filter { !$0.role.isOriginal }
            return Set(measured.flatMap { $0.points.map(\.level) + $0.gaps + $0.levelsNotDue }).count
        }
    }

    private static let left = 84.0
    private static let right = 20.0
    private static let plotHeight = 230.0
    private static let columnGap = 26.0
    private static let tickCount = 8

    /// It sets the axis; of requests, where two stages share the picture.
    let metric: Metric
    /// What is shown, for the title and the axis.
    let name: String
    let factor: String
    let levels: [String]
    let panels: [Panel]
    private let scale: AxisScale

    /// - Parameters:
    ///   - name: The metric's title where it is left out.
    ///   - panels: At least one of them with a point.
    init(metric: Metric, name: String? = nil, factor: String, levels: [String], panels: [Panel]) {
        self.metric = metric
        self.name = name ?? metric.title
        self.factor = factor
        self.levels = levels
        self.panels = panels
        let points = panels.flatMap(\.series).flatMap(\.points)
        let bounds = points.compactMap(\.interval).flatMap { [$0.lowerBound, $0.upperBound] }
        let values = points.flatMap { [$0.value] + $0.processValues } + bounds.filter { $0 > 0 }
        var scale = AxisScale.fitting(values)
        // No share is above the whole, so neither is its axis.
        if metric.dimension == .share, !scale.isLogarithmic, (values.max() ?? 0) <= 1 {
            scale = AxisScale(linear: scale.lowerBound, min(1, scale.upperBound))
        }
        self.scale = scale.endingOnTicks(count: Self.tickCount)
    }

    /// Whether some interval reaches beyond the axis.
    var hasCutWhiskers: Bool {
        panels.flatMap(\.series).flatMap(\.points).compactMap(\.interval).contains {
            $0.lowerBound < scale.lowerBound || $0.upperBound > scale.upperBound
        }
    }

    var hasFlatOriginal: Bool { panels.flatMap(\.series).contains { $0.isFlat && !$0.points.isEmpty } }

    var hasGaps: Bool { panels.flatMap(\.series).contains { !$0.gaps.isEmpty } }

    var hasLevelsNotDue: Bool { panels.flatMap(\.series).contains { !$0.levelsNotDue.isEmpty } }

    /// What the crosses at the foot stand for, in the legend; nil where there are none.
    private var crossTitle: String? {
        switch (hasGaps, hasLevelsNotDue) {
        case (false, false): nil
        case (true, false): "no figure"
        case (false, true): "no request due"
        case (true, true): "no figure, or no request due"
        }
    }

    var title: String { "\(name), along \(factor)" }

    var canvas: Canvas {
        let columns = panels.count == 1 ? 1 : 2
        let rows = (panels.count + columns - 1) / columns
        let panelWidth = (880 - Self.left - Self.right - Double(columns - 1) * Self.columnGap) / Double(columns)
        let hasTitles = panels.contains { !$0.title.isEmpty }
        let titleHeight = hasTitles ? 30.0 : 6
        let slot = panelWidth / Double(levels.count)
        let isTurned = levels.contains { Canvas.width(of: Self.levelText($0, isTurned: false)) > slot - 6 }
        let rowHeight = titleHeight + Self.plotHeight + (isTurned ? 98 : 34)
        let top = 72.0
        var canvas = Canvas(height: top + Double(rows) * rowHeight + 36, title: title, summary: description)
        canvas.text(PlainText.singleLine(title, atMost: 90), x: 16, y: 30, style: PlotTheme.heading)
        PlotLegend(roles, markers: true, crossTitle: crossTitle).draw(on: &canvas, x: 16, y: 56)
        for (index, panel) in panels.enumerated() {
            let x = Self.left + Double(index % columns) * (panelWidth + Self.columnGap)
            let y = top + Double(index / columns) * rowHeight
            if hasTitles {
                let characters = Int(panelWidth / 8)
                canvas.text(
                    PlainText.singleLine(panel.title, atMost: characters), x: x, y: y + 20, style: PlotTheme.panelTitle)
            }
            let frame = Frame(x: x, y: y + titleHeight, width: panelWidth, slot: slot)
            drawAxes(on: &canvas, in: frame, isTurned: isTurned, hasLabels: index % columns == 0)
            draw(panel, on: &canvas, in: frame)
        }
        drawAxisTitles(on: &canvas, top: top, bottom: top + Double(rows) * rowHeight)
        return canvas
    }

    private struct Frame {
        var x, y, width, slot: Double
    }

    private var roles: [PlotRole] {
        var roles: [PlotRole] = []
        for role in panels.flatMap(\.series).map(\.role) where !roles.contains(role) { roles.append(role) }
        return roles
    }

    /// What is drawn, as the sentences that stand for the picture.
    private var description: String {
        let format = FigureFormat(metric: metric, values: panels.flatMap(\.series).flatMap(\.points).map(\.value))
        let sentences = panels.flatMap { panel in
            panel.series.map { series in
                let points = series.points.map { "\(levels[$0.level]) \(format.text($0.value))" }
                let place = panel.title.isEmpty ? "" : "\(panel.title), "
                return "\(place)\(series.role.title): \(points.joined(separator: ", "))."
            }
        }
        return sentences.joined(separator: " ")
    }

    // MARK: Drawing

    private func y(_ value: Double, in frame: Frame) -> Double {
        frame.y + Self.plotHeight * (1 - scale.place(of: value))
    }

    private func drawAxes(on canvas: inout Canvas, in frame: Frame, isTurned: Bool, hasLabels: Bool) {
        let ticks = scale.ticks(count: Self.tickCount)
        let format = FigureFormat(metric: metric, values: ticks)
        for tick in ticks {
            let lineY = y(tick, in: frame)
            canvas.line(from: (frame.x, lineY), to: (frame.x + frame.width, lineY), style: PlotTheme.grid)
            guard hasLabels else { continue }
            canvas.text(
                tickText(tick, format), x: frame.x - 8, y: lineY + 4.5, style: PlotTheme.label, anchor: .end)
        }
        let bottom = frame.y + Self.plotHeight
        canvas.line(from: (frame.x, bottom), to: (frame.x + frame.width, bottom), style: PlotTheme.axis)
        for (index, level) in levels.enumerated() {
            let x = frame.x + (Double(index) + 0.5) * frame.slot
            canvas.line(from: (x, bottom), to: (x, bottom + 5), style: PlotTheme.axis)
            canvas.text(
                Self.levelText(level, isTurned: isTurned), x: isTurned ? x + 4 : x, y: bottom + 20,
                style: PlotTheme.label,
                anchor: isTurned ? .end : .middle, degrees: isTurned ? -35 : 0)
        }
    }

    /// Durations over several decades each have their own unit; all else shares one.
    private func tickText(_ tick: Double, _ format: FigureFormat) -> String {
        if metric.dimension == .duration, tick > 0 { return HistogramPlot.timeText(tick) }
        return format.tickText(tick)
    }

    private func drawAxisTitles(on canvas: inout Canvas, top: Double, bottom: Double) {
        canvas.text(
            PlainText.singleLine(factor, atMost: 80), x: (Self.left + 880 - Self.right) / 2, y: bottom + 16,
            style: PlotTheme.note, anchor: .middle)
        canvas.text(
            scale.isLogarithmic ? "\(name), log scale" : name, x: 18, y: (top + bottom) / 2,
            style: PlotTheme.note, anchor: .middle, degrees: -90)
    }

    private func draw(_ panel: Panel, on canvas: inout Canvas, in frame: Frame) {
        for series in panel.series where series.isFlat {
            guard let value = series.points.first?.value else { continue }
            let lineY = y(value, in: frame)
            canvas.line(from: (frame.x, lineY), to: (frame.x + frame.width, lineY), style: series.role.lineStyle)
        }
        let dodged = panel.series.filter { !$0.isFlat }
        // With its marker and its dots the outermost series stays inside its level's slot.
        let step = max(0, min(16, (frame.slot - 24) / Double(max(1, dodged.count - 1))))
        for (index, series) in dodged.enumerated() {
            let offset = (Double(index) - Double(dodged.count - 1) / 2) * step
            let place = { (point: Point) in
                (x: frame.x + (Double(point.level) + 0.5) * frame.slot + offset, y: y(point.value, in: frame))
            }
            if levels.allSatisfy({ Double($0) != nil }) {
                canvas.polyline(series.points.map(place), style: series.role.lineStyle)
            }
            for point in series.points {
                let (x, valueY) = place(point)
                // Dots that the marker would cover say nothing.
                let dots = point.processValues.filter(\.isFinite).map { y($0, in: frame) }.filter {
                    abs($0 - valueY) > 5
                }
                for dotY in dots {
                    canvas.marker(.circle, x: x + 8, y: dotY, radius: 2.5, style: "\(series.role.colour) dot")
                }
                if let interval = point.interval { draw(interval, at: x, series.role, on: &canvas, in: frame) }
                canvas.marker(series.role.marker, x: x, y: valueY, radius: 5, style: series.role.markerStyle)
            }
            for level in series.gaps + series.levelsNotDue {
                let x = frame.x + (Double(level) + 0.5) * frame.slot + offset
                PlotLegend.drawCross(on: &canvas, x: x, y: frame.y + Self.plotHeight - 4)
            }
        }
    }

    private func draw(_ interval: Interval, at x: Double, _ role: PlotRole, on canvas: inout Canvas, in frame: Frame) {
        guard interval.lowerBound.isFinite, interval.upperBound.isFinite else { return }
        let style = "\(role.colour) whisker"
        let ends = [interval.lowerBound, interval.upperBound].map { y($0, in: frame) }
        canvas.line(from: (x, ends[0]), to: (x, ends[1]), style: style)
        let isCut = [interval.lowerBound < scale.lowerBound, interval.upperBound > scale.upperBound]
        for (end, isCut) in zip(ends, isCut) {
            // The arrow's feet lie inside the axis, above its lower end and below its upper one.
            let foot = isCut ? (end == ends[0] ? end - 6 : end + 6) : end
            canvas.line(from: (x - 4, foot), to: (x, end), style: style)
            canvas.line(from: (x, end), to: (x + 4, foot), style: style)
        }
    }

    /// Turned labels reach to the left, so that a long one at the first level would leave the drawing.
    private static func levelText(_ level: String, isTurned: Bool) -> String {
        PlainText.singleLine(level, atMost: isTurned ? 16 : 44)
    }
}
