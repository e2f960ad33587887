// The question of a histogram is where the durations lie, and the answer may be a handful among thousands: counts stand
// on a logarithmic scale, so that one outlier is as plain to see as the bulk. The first pairing grows upwards, the second
// downwards from a common line: equal distributions are mirror images, unequal ones are seen at once. A reference has
// another number of durations, so that beside one every distribution is drawn in shares of its own.

import Analysis
import Experiments
import Quantities
import Statistics
import TraceModel

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The power-of-two histograms of one stage: a panel for each cell, on one shared axis of time.
struct HistogramPlot {
    struct Panel {
        var title: String
        /// One or two: of one stage, in the order of the pairings, or of two stages.
        var summaries: [StageSummary]
    }

    /// What the height of a bucket means.
    enum Unit { case counts, shares }

    private static let left = 78.0
    private static let right = 24.0
    private static let halfHeight = 66.0
    private static let panelTitleHeight = 30.0
    private static let gap = 14.0

    let title: String
    let panels: [Panel]
    let unit: Unit
    /// Whether a panel sets two stages against each other; else pairings.
    let comparesStages: Bool
    /// Binary exponents of the first bucket's lower and the last bucket's upper bound, with one empty bucket at each end.
    private let exponents: ClosedRange<Int>
    /// One axis of heights for all panels; it begins at a quarter of the smallest, so that a single duration has a bar.
    private let heights: AxisScale

    /// - Parameter panels: At least one of them with a bucket that is not empty.
    init(title: String, panels: [Panel], unit: Unit = .counts) {
        self.title = title
        self.panels = panels
        self.unit = unit
        comparesStages = panels.contains { Set($0.summaries.map(\.stage)).count > 1 }
        let summaries = panels.flatMap(\.summaries)
        let buckets =
            summaries.flatMap(\.powerOfTwo).map { ($0.lowerBoundNanoseconds, $0.count) }
            + summaries.flatMap(\.referenceHistogram).map { ($0.lowerBoundNanoseconds, $0.count) }
        let all = buckets.filter { $0.1 > 0 }.map { Self.exponent($0.0) }
        let lowest = (all.min() ?? 0) - 1
        exponents = lowest...max((all.max() ?? 0) + 2, lowest + 6)
        switch unit {
        case .counts:
            let largest = Double(max(10, buckets.map(\.1).max() ?? 0))
            heights = AxisScale(logarithmic: 0.25, pow(10, Self.topDecade(log10(largest))))
        case .shares:
            let largest = summaries.flatMap { [Self.total($0.powerOfTwo), Self.total($0.referenceHistogram)] }.max()
            let lowest = 0.25 / Double(max(10, largest ?? 0))
            heights = AxisScale(logarithmic: min(lowest, pow(10, -Self.topDecade(log10(1 / lowest) - 1))), 1)
        }
    }

    /// The decade at or above, an even one beyond the third: the axis then ends on a tick, where ticks skip a decade.
    private static func topDecade(_ decade: Double) -> Double {
        let top = (decade - 1e-9).rounded(.up)
        return top > 3 && !top.truncatingRemainder(dividingBy: 2).isZero ? top + 1 : top
    }

    private static func total(_ buckets: [HistogramBucket]) -> Int { buckets.map(\.count).reduce(0, +) }

    private static func total(_ buckets: [ReferenceBucket]) -> Int { buckets.map(\.count).reduce(0, +) }

    /// The length of a bucket's bar.
    private func length(_ count: Int, of total: Int) -> Double {
        heights.place(of: unit == .counts ? Double(count) : Double(count) / Double(max(1, total))) * Self.halfHeight
    }

    var canvas: Canvas {
        let isMirrored = panels.contains { $0.summaries.count > 1 }
        let panelHeight = Self.halfHeight * (isMirrored ? 2 : 1)
        let top = 76.0
        let bottom = top + Double(panels.count) * (Self.panelTitleHeight + panelHeight + Self.gap) - Self.gap
        var canvas = Canvas(height: bottom + 62, title: title, summary: description)
        canvas.text(title, x: 16, y: 30, style: PlotTheme.heading)
        PlotLegend(roles, markers: false, note: originalNote).draw(on: &canvas, x: 16, y: 56)
        for (index, panel) in panels.enumerated() {
            let y = top + Double(index) * (Self.panelTitleHeight + panelHeight + Self.gap)
            drawTitle(of: panel, on: &canvas, y: y + 20)
            drawFrame(on: &canvas, y: y + Self.panelTitleHeight, height: panelHeight)
            draw(panel, on: &canvas, y: y + Self.panelTitleHeight, isMirrored: isMirrored)
        }
        drawTimeAxis(on: &canvas, y: bottom)
        canvas.text(
            unit == .counts ? "durations in each bucket, log scale" : "share of the durations, log scale", x: 20,
            y: (top + bottom) / 2, style: PlotTheme.note, anchor: .middle,
            degrees: -90)
        return canvas
    }

    /// What is drawn, as the sentence that stands for the picture.
    private var description: String {
        panels.map { panel in
            "\(panel.title): \(panel.summaries.map(rangeText).joined(separator: "; "))"
        }.joined(separator: ". ") + "."
    }

    private func rangeText(_ summary: StageSummary) -> String {
        let title = comparesStages ? summary.stage.rawValue : summary.pairing.title
        guard let pooled = summary.pooled else { return "\(title): none" }
        let range = [Double(pooled.minimum), Double(pooled.maximum)].map(Self.timeText)
        return "\(title): \(pooled.count), \(range[0]) to \(range[1])"
    }

    /// As in `624: 50.0–50.4 ms`.
    static func shortRangeText(_ summary: StageSummary) -> String {
        guard let pooled = summary.pooled else { return "none" }
        let bounds = [Double(pooled.minimum), Double(pooled.maximum)].map(timeText)
        let (lowest, highest) = (bounds[0].split(separator: " "), bounds[1].split(separator: " "))
        let start = lowest.last == highest.last ? String(lowest[0]) : bounds[0]
        return "\(pooled.count): \(start)–\(bounds[1])"
    }

    private func role(of summary: StageSummary) -> PlotRole {
        comparesStages ? .stage(summary.stage) : .measured(summary.pairing)
    }

    private var roles: [PlotRole] {
        let summaries = panels.flatMap(\.summaries)
        if comparesStages {
            return Stage.allCases.filter { stage in summaries.contains { $0.stage == stage } }.map(PlotRole.stage)
        }
        let measured = PairingKey.allCases.filter { key in summaries.contains { $0.pairing == key } }
        let original = PairingKey.allCases.filter { key in
            summaries.contains { $0.pairing == key && !$0.referenceHistogram.isEmpty }
        }
        return measured.map(PlotRole.measured) + original.map(PlotRole.original)
    }

    /// How many durations the original has, for the legend; empty where panels differ in it.
    private var originalNote: String {
        let totals = Set(panels.flatMap(\.summaries).map { Self.total($0.referenceHistogram) }).subtracting([0])
        return totals.count == 1 ? totals.first.map { ": \($0) durations" } ?? "" : ""
    }

    // MARK: Scales

    /// 0 for the buckets from 0 and from 1, which share a place at the axis' left end.
    private static func exponent(_ lowerBound: Int64) -> Int {
        lowerBound <= 1 ? 0 : Int64.bitWidth - 1 - lowerBound.leadingZeroBitCount
    }

    private func x(_ exponent: Double) -> Double {
        let share = (exponent - Double(exponents.lowerBound)) / Double(exponents.upperBound - exponents.lowerBound)
        return Self.left + share * (880 - Self.left - Self.right)
    }

    // MARK: Drawing

    /// The cell at the left; at the right, always, how many durations there are and their range, those above the common
    /// line with ▲ and those below it with ▼. A title that is too long for both is cut.
    private func drawTitle(of panel: Panel, on canvas: inout Canvas, y: Double) {
        var right = 880 - Self.right
        for (index, summary) in panel.summaries.prefix(2).enumerated().reversed() {
            let note = "\(index == 0 ? "▲" : "▼") \(Self.shortRangeText(summary))"
            canvas.text(note, x: right, y: y, style: PlotTheme.note, anchor: .end)
            right -= Canvas.width(of: note) + 16
        }
        let characters = Int((right - Self.left) / Canvas.width(of: " ", size: 14))
        canvas.text(
            PlainText.singleLine(panel.title, atMost: max(1, characters)), x: Self.left, y: y,
            style: PlotTheme.panelTitle)
    }

    private func drawFrame(on canvas: inout Canvas, y: Double, height: Double) {
        for tick in timeTicks {
            let x = x(tick.exponent)
            canvas.line(from: (x, y), to: (x, y + height), style: PlotTheme.grid)
        }
        let isMirrored = height > Self.halfHeight
        for tick in heights.ticks(count: 4) {
            let offset = heights.place(of: tick) * Self.halfHeight
            let base = y + Self.halfHeight
            for lineY in isMirrored ? [base - offset, base + offset] : [base - offset] {
                canvas.line(from: (Self.left, lineY), to: (880 - Self.right, lineY), style: PlotTheme.grid)
                // Nearer to the common line the labels of both halves would touch.
                guard offset >= 9 else { continue }
                canvas.text(
                    unit == .counts ? Self.countText(tick) : "\(FigureColumn.trimmed(tick * 100)) %", x: Self.left - 8,
                    y: lineY + 4.5, style: PlotTheme.note, anchor: .end)
            }
        }
    }

    private func draw(_ panel: Panel, on canvas: inout Canvas, y: Double, isMirrored: Bool) {
        let base = y + Self.halfHeight
        for (index, summary) in panel.summaries.prefix(2).enumerated() {
            let direction = index == 0 ? -1.0 : 1.0
            if summary.pooled == nil {
                // Near the outer edge: the steps of a reference begin at the common line.
                let noteY = direction < 0 ? y + 14 : base + Self.halfHeight - 6
                canvas.text(
                    "no durations \(comparesStages ? "of \(summary.stage.rawValue)" : summary.pairing.title)",
                    x: Self.left + 8, y: noteY, style: PlotTheme.note)
            }
            for bucket in summary.powerOfTwo where bucket.count > 0 {
                let exponent = Double(Self.exponent(bucket.lowerBoundNanoseconds))
                let length = length(bucket.count, of: Self.total(summary.powerOfTwo))
                canvas.rectangle(
                    x: x(exponent) + 1, y: direction < 0 ? base - length : base,
                    width: x(exponent + 1) - x(exponent) - 2,
                    height: length, style: "\(role(of: summary).colour) bar")
            }
            for bucket in summary.referenceHistogram where bucket.count > 0 {
                let exponent = Double(Self.exponent(bucket.lowerBoundNanoseconds))
                let lineY = base + direction * length(bucket.count, of: Self.total(summary.referenceHistogram))
                canvas.line(from: (x(exponent), lineY), to: (x(exponent + 1), lineY), style: "original line")
            }
        }
        canvas.line(from: (Self.left, base), to: (880 - Self.right, base), style: PlotTheme.axis)
    }

    private func drawTimeAxis(on canvas: inout Canvas, y: Double) {
        for tick in timeTicks {
            canvas.line(from: (x(tick.exponent), y), to: (x(tick.exponent), y + 5), style: PlotTheme.axis)
            canvas.text(tick.label, x: x(tick.exponent), y: y + 20, style: PlotTheme.label, anchor: .middle)
        }
        canvas.text(
            "duration, log scale; each bucket doubles", x: (Self.left + 880 - Self.right) / 2, y: y + 44,
            style: PlotTheme.note, anchor: .middle)
    }

    /// Powers of ten inside the axis, at their places between the powers of two.
    private var timeTicks: [(exponent: Double, label: String)] {
        let bounds = [exponents.lowerBound, exponents.upperBound].map { exp2(Double($0)) }
        let scale = AxisScale(logarithmic: bounds[0], bounds[1])
        return scale.ticks(count: 12).map { (log2($0), Self.timeText($0)) }
    }

    /// A duration with its own unit and no needless decimals, as in `10 µs`.
    static func timeText(_ nanoseconds: Double) -> String {
        let scale = Scale.fitting(nanoseconds: nanoseconds * 1.000_000_1)
        let value = nanoseconds / scale.nanosecondsPerUnit
        let decimals = value >= 99.5 || value == value.rounded() ? 0 : value >= 9.95 ? 1 : 2
        guard value < 1e15 else {
            let exponent = log10(value).rounded(.down)
            return "\((value / pow(10, exponent)).fixed(1))e\(Int(exponent)) \(scale.unit)"
        }
        return scale.text(nanoseconds: nanoseconds, decimals: decimals)
    }

    private static func countText(_ count: Double) -> String {
        count < 100_000 ? count.fixed(0) : "1e\(Int(log10(count).rounded()))"
    }
}
