import TraceModel

/// Whose figures a series shows. It decides colour, marker and dash, and is the same in every plot.
enum PlotRole: Sendable, Equatable, Hashable {
    case measured(PairingKey?)
    case original(PairingKey?)
    /// One of two stages that share a picture.
    case stage(Stage)

    var isOriginal: Bool {
        if case .original = self { true } else { false }
    }

    /// The colour's class.
    var colour: String {
        switch self {
        case .stage(.response): "process"
        case .measured(.request), .original(.request), .stage: "request"
        case .measured(.thread), .original(.thread): "thread"
        case .measured(nil), .original(nil): "process"
        }
    }

    var marker: Canvas.Marker {
        switch self {
        case .stage(.response): .diamond
        case .measured(.request), .original(.request), .stage: .circle
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
        case .stage(.request): "request, from when it was sent"
        case .stage(.response): "response, from when it was due"
        case .stage(let stage): stage.rawValue
        }
    }

    var lineStyle: String { "\(colour) line" + (isOriginal ? " dashed" : "") }

    var markerStyle: String { "\(colour) " + (isOriginal ? "hollow" : "solid") }
}
