// A drawing as a value: shapes with the names of their styles, written out as one SVG file that needs nothing else,
// no script, no font, no link. Colours live in the theme alone, because the reader's page may be light or dark.

import Quantities

/// An SVG drawing, 880 units wide like the column in which GitHub shows it.
struct Canvas: Sendable, Equatable {
    enum Anchor: String { case start, middle, end }

    /// The forms that tell series apart besides their colours.
    enum Marker: Sendable, Equatable { case circle, square, diamond }

    let width: Double
    let height: Double
    /// What the drawing shows, for those who hear it; also its name in the report.
    let title: String
    /// A sentence with what there is to see.
    let summary: String
    private let css: String
    private var shapes: [String] = []

    /// - Parameter css: Styles that only this kind of drawing has, beside the theme's.
    init(width: Double = 880, height: Double, title: String, summary: String, css: String = "") {
        self.width = width
        self.height = height
        self.title = PlainText.singleLine(title)
        self.summary = summary
        self.css = css
    }

    mutating func rectangle(x: Double, y: Double, width: Double, height: Double, style: String) {
        shapes.append(
            "<rect x=\"\(text(x))\" y=\"\(text(y))\" width=\"\(text(width))\" height=\"\(text(height))\" class=\"\(style)\"/>"
        )
    }

    mutating func line(from start: (x: Double, y: Double), to end: (x: Double, y: Double), style: String) {
        shapes.append(
            "<line x1=\"\(text(start.x))\" y1=\"\(text(start.y))\" x2=\"\(text(end.x))\" y2=\"\(text(end.y))\" class=\"\(style)\"/>"
        )
    }

    mutating func polyline(_ points: [(x: Double, y: Double)], style: String) {
        guard points.count >= 2 else { return }
        let list = points.map { "\(text($0.x)),\(text($0.y))" }.joined(separator: " ")
        shapes.append("<polyline points=\"\(list)\" class=\"\(style)\"/>")
    }

    mutating func marker(_ marker: Marker, x: Double, y: Double, radius: Double, style: String) {
        switch marker {
        case .circle:
            shapes.append("<circle cx=\"\(text(x))\" cy=\"\(text(y))\" r=\"\(text(radius))\" class=\"\(style)\"/>")
        case .square:
            let side = radius * 1.8
            rectangle(x: x - side / 2, y: y - side / 2, width: side, height: side, style: style)
        case .diamond:
            let reach = radius * 1.3
            let points = [(x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y)]
            let list = points.map { "\(text($0)),\(text($1))" }.joined(separator: " ")
            shapes.append("<polygon points=\"\(list)\" class=\"\(style)\"/>")
        }
    }

    /// - Parameter degrees: Turns the text around its anchor, clockwise.
    mutating func text(
        _ content: String, x: Double, y: Double, style: String, anchor: Anchor = .start, degrees: Double = 0
    ) {
        let turn = degrees == 0 ? "" : " transform=\"rotate(\(text(degrees)) \(text(x)) \(text(y)))\""
        shapes.append(
            "<text x=\"\(text(x))\" y=\"\(text(y))\" text-anchor=\"\(anchor.rawValue)\" class=\"\(style)\"\(turn)>"
                + PlainText.markupEscaped(content) + "</text>")
    }

    /// The whole file.
    var svg: String {
        let size = "width=\"\(text(width))\" height=\"\(text(height))\" viewBox=\"0 0 \(text(width)) \(text(height))\""
        let head = """
            <svg xmlns="http://www.w3.org/2000/svg" \(size) role="img" aria-labelledby="title description">
            <title id="title">\(PlainText.markupEscaped(title))</title>
            <desc id="description">\(PlainText.markupEscaped(summary))</desc>
            <style>\(PlotTheme.css)\(css)</style>
            <rect x="0.5" y="0.5" width="\(text(width - 1))" height="\(text(height - 1))" rx="6" class="background"/>

            """
        return head + shapes.map { $0 + "\n" }.joined() + "</svg>\n"
    }

    /// A coordinate: at most two decimals, none that say nothing.
    private func text(_ coordinate: Double) -> String {
        precondition(coordinate.isFinite && abs(coordinate) < 1e6, "coordinate \(coordinate)")
        var digits = coordinate.fixed(2)
        while digits.hasSuffix("0") { digits.removeLast() }
        if digits.hasSuffix(".") { digits.removeLast() }
        return digits == "-0" ? "0" : digits
    }

    /// A guess at a text's width in the theme's font, on the safe side for labels of figures and lower-case words.
    static func width(of text: String, size: Double = 13) -> Double { Double(text.count) * size * 0.58 }
}
