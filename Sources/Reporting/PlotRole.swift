import TraceModel

/// Whose figures a series shows. It decides colour, marker and dash, and is the same in every plot.
enum PlotRole: Sendable, Equatable, Hashable {
    case measured(PairingKey?)
    case original(PairingKey?)

    var isOriginal: Bool {
        if case .original = self { true } else { false }
    }

    /// The colour's class.
    var colour: String {
        switch self {
        case .measured(.request), .original(.request): "request"
        case .measured(.thread), .original(.thread): "thread"
        case .measured(nil), .original(nil): "process"
        }
    }

    var marker: Canvas.Marker {
        switch self {
        case .measured(.request), .original(.request): .circle
        case .measured(.thread), .original(.thread): .square
        case .measured(nil), .original(nil): .diamond
        }
    }

    var title: String {
        switch self {
        case .measured(let pairing?): pairing.title
        case .measured(nil): "measured"
        case .original(let pairing?): "original, \(pairing.title)"
        case .original(nil): "original"
        }
    }

    var lineStyle: String { "\(colour) line" + (isOriginal ? " dashed" : "") }

    var markerStyle: String { "\(colour) " + (isOriginal ? "hollow" : "solid") }
}
