import Quantities
import Statistics

/// How often rules find a change, by its size: one line a rule.
public struct DetectionPlot: Sendable {
    public struct Point: Sendable, Equatable {
        /// The size of the change, 0 or more.
        public var effect: Double
        /// How often it was found, 0…1.
        public var share: Double
        public var interval: Interval

        public init(effect: Double, share: Double, interval: Interval) {
            self.effect = effect
            self.share = share
            self.interval = interval
        }
    }

    public struct Series: Sendable, Equatable {
        public var title: String
        /// By size.
        public var points: [Point]

        public init(title: String, points: [Point]) {
            self.title = title
            self.points = points
        }
    }

    private static let frame = (left: 72.0, right: 864.0, top: 78.0, bottom: 338.0)
    private static let colours = ["request", "thread", "process"]
    private static let markers: [Canvas.Marker] = [.circle, .square, .diamond]

    private let title: String
    private let band: Double
    private let series: [Series]
    private let scale: AxisScale

    /// - Parameters:
    ///   - band: The size from which on a change matters.
    ///   - series: One to three, with a point each.
    public init(title: String, band: Double, series: [Series]) {
        precondition(
            (1...3).contains(series.count) && series.allSatisfy { !$0.points.isEmpty }, "1 to 3 lines are drawn")
        self.title = title
        self.band = band
        self.series = series
        let largest = series.flatMap(\.points).map(\.effect).max() ?? 0
        scale = AxisScale(linear: 0, max(largest, band) * 1.03)
    }

    /// The whole file.
    public var svg: String {
        var canvas = Canvas(height: 392, title: title, summary: summary)
        canvas.text(PlainText.singleLine(title, atMost: 90), x: 16, y: 30, style: PlotTheme.heading)
        drawLegend(on: &canvas)
        drawAxes(on: &canvas)
        for (index, series) in series.enumerated() {
            let colour = Self.colours[index]
            let places = series.points.map { (x: x($0.effect), y: y($0.share)) }
            for (point, place) in zip(series.points, places) {
                canvas.line(
                    from: (place.x, y(point.interval.lowerBound)), to: (place.x, y(point.interval.upperBound)),
                    style: "\(colour) whisker")
            }
            canvas.polyline(places, style: "\(colour) line")
            for place in places {
                canvas.marker(Self.markers[index], x: place.x, y: place.y, radius: 5, style: "\(colour) solid")
            }
        }
        return canvas.svg
    }

    private var summary: String {
        series.map { series in
            let points = series.points.map { "\(percent($0.effect)) \(percent($0.share))" }
            return "\(series.title): \(points.joined(separator: ", "))."
        }.joined(separator: " ")
    }

    private func drawLegend(on canvas: inout Canvas) {
        var x = 16.0
        for (index, series) in series.enumerated() {
            canvas.line(from: (x, 51.5), to: (x + 28, 51.5), style: "\(Self.colours[index]) line")
            canvas.marker(
                Self.markers[index], x: x + 14, y: 51.5, radius: 5, style: "\(Self.colours[index]) solid")
            canvas.text(series.title, x: x + 34, y: 56, style: PlotTheme.label)
            x += 34 + Canvas.width(of: series.title) + 28
        }
    }

    private func drawAxes(on canvas: inout Canvas) {
        let frame = Self.frame
        for share in stride(from: 0.0, through: 1, by: 0.2) {
            canvas.line(from: (frame.left, y(share)), to: (frame.right, y(share)), style: PlotTheme.grid)
            canvas.text(
                percent(share), x: frame.left - 8, y: y(share) + 4.5, style: PlotTheme.label, anchor: .end)
        }
        canvas.line(from: (frame.left, frame.bottom), to: (frame.right, frame.bottom), style: PlotTheme.axis)
        for tick in scale.ticks(count: 8) {
            canvas.line(from: (x(tick), frame.bottom), to: (x(tick), frame.bottom + 5), style: PlotTheme.axis)
            canvas.text(
                percent(tick), x: x(tick), y: frame.bottom + 20, style: PlotTheme.label, anchor: .middle)
        }
        canvas.line(from: (x(band), frame.top), to: (x(band), frame.bottom), style: "\(PlotTheme.axis) dashed")
        canvas.text("band", x: x(band) + 5, y: frame.top + 12, style: PlotTheme.note)
        canvas.text(
            "the candidate's stage is slower by", x: (frame.left + frame.right) / 2, y: frame.bottom + 40,
            style: PlotTheme.note, anchor: .middle)
        canvas.text(
            "sessions in which it is called slower", x: 18, y: (frame.top + frame.bottom) / 2, style: PlotTheme.note,
            anchor: .middle, degrees: -90)
    }

    private func x(_ effect: Double) -> Double {
        Self.frame.left + (Self.frame.right - Self.frame.left) * scale.place(of: effect)
    }

    private func y(_ share: Double) -> Double {
        Self.frame.bottom - (Self.frame.bottom - Self.frame.top) * min(max(share, 0), 1)
    }

    private func percent(_ share: Double) -> String { FigureColumn.trimmed((share * 1000).rounded() / 10) + " %" }
}
