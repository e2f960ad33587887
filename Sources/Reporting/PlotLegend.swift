/// The key of a plot: one entry a role, in a row.
struct PlotLegend {
    private let roles: [PlotRole]
    private let markers: Bool
    private let note: String

    /// - Parameters:
    ///   - markers: Whether the series are lines with markers; else they are bars, and the original steps.
    ///   - note: What stands behind the titles of the original's roles.
    init(_ roles: [PlotRole], markers: Bool, note: String = "") {
        self.roles = roles
        self.markers = markers
        self.note = note
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
    }
}
