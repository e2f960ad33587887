/// The key of a plot: one entry a role, in a row.
struct PlotLegend {
    private let roles: [PlotRole]
    private let markers: Bool
    private let note: String
    private let crossTitle: String?

    /// - Parameters:
    ///   - markers: Whether the series are lines with markers; else they are bars, and the original steps.
    ///   - note: What stands behind the titles of the original's roles.
    ///   - crossTitle: What a cross at the foot stands for; nil where there is none.
    init(_ roles: [PlotRole], markers: Bool, note: String = "", crossTitle: String? = nil) {
        self.roles = roles
        self.markers = markers
        self.note = note
        self.crossTitle = crossTitle
    }

    /// - Parameters:
    ///   - x: The left end of the row.
    ///   - y: The base line of its text.
    func draw(on canvas: inout Canvas, x: Double, y: Double) {
        var x = x
        for role in roles {
            let middle = y - 4.5
            if markers {
                canvas.line(from: (x, middle), to: (x + 28, middle), style: role.lineStyle)
                canvas.marker(role.marker, x: x + 14, y: middle, radius: 5, style: role.markerStyle)
            } else if role.isOriginal {
                canvas.line(from: (x, middle), to: (x + 28, middle), style: "original line")
            } else {
                canvas.rectangle(x: x + 8, y: y - 12, width: 14, height: 14, style: "\(role.colour) bar")
            }
            let title = role.title + (role.isOriginal ? note : "")
            canvas.text(title, x: x + 34, y: y, style: PlotTheme.label)
            x += 34 + Canvas.width(of: title) + 28
        }
        guard let crossTitle else { return }
        Self.drawCross(on: &canvas, x: x + 14, y: y - 4.5)
        canvas.text(crossTitle, x: x + 34, y: y, style: PlotTheme.label)
    }

    /// Small and grey: nobody is to take it for a figure.
    ///
    /// - Parameters:
    ///   - x: Of its middle.
    ///   - y: Of its middle.
    static func drawCross(on canvas: inout Canvas, x: Double, y: Double) {
        canvas.line(from: (x - 3, y - 3), to: (x + 3, y + 3), style: PlotTheme.gap)
        canvas.line(from: (x - 3, y + 3), to: (x + 3, y - 3), style: PlotTheme.gap)
    }
}
