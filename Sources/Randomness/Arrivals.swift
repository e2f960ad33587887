import Quantities

// The grammar, on the command line and in declarations:
//
//     arrivals = "closed" | ( "poisson" | "paced" ) "(" number "/s" ")"

/// What decides when a request is made: the answer to the last one, or a schedule that does not wait for answers.
///
/// Schroeder, Wierman & Harchol-Balter 2006, "Open Versus Closed: A Cautionary Tale" (USENIX NSDI), name the two kinds.
public enum Arrivals: Sendable, Equatable {
    /// A closed loop: a client makes its next request when the last one has been answered and thought about.
    case closed
    /// An open loop: a Poisson process of so many requests a second, above zero.
    case poisson(perSecond: Double)
    /// An open loop: requests at equal distances, so many a second, above zero.
    case paced(perSecond: Double)

    /// The names that the grammar knows.
    public static let names = ["closed", "poisson", "paced"]

    /// Requests a second: more than 0, at most a million.
    static let rateMaximum = 1e6

    /// Reads `closed`, `poisson(100/s)` or `paced(100/s)`; blanks between the parts are ignored.
    ///
    /// - Throws: ``QuantityError`` when the word is none of these, or the rate is not above zero and at most 1 000 000/s.
    public init(text: String) throws(QuantityError) {
        let isBlank = { (character: Character) in character == " " || character == "\t" }
        let trimmed = String(text.drop(while: isBlank).reversed().drop(while: isBlank).reversed())
        let name = String(trimmed.prefix { $0 != "(" && !isBlank($0) })
        let rest = trimmed.dropFirst(name.count).drop(while: isBlank)
        switch name {
        case "closed" where rest.isEmpty: self = .closed
        case "poisson": self = .poisson(perSecond: try Self.rate(rest, of: name, in: text))
        case "paced": self = .paced(perSecond: try Self.rate(rest, of: name, in: text))
        default:
            let advice = nearestName(to: name, among: Self.names).map { ": did you mean \($0)?" } ?? ""
            throw QuantityError(
                text: text, complaint: "is none of closed, poisson(RATE), paced(RATE), as in poisson(100/s)\(advice)")
        }
    }

    /// What ``init(text:)`` reads back to an equal value.
    public var text: String {
        switch self {
        case .closed: "closed"
        case .poisson(let rate): "poisson(\(rate.shortestText)/s)"
        case .paced(let rate): "paced(\(rate.shortestText)/s)"
        }
    }

    /// Requests a second that a schedule asks for; 0 in a closed loop, which has none.
    public var rate: Double {
        switch self {
        case .closed: 0
        case .poisson(let rate), .paced(let rate): rate
        }
    }

    /// - Parameter rest: What follows the name, as in `(100/s)`.
    private static func rate(
        _ rest: Substring, of name: String, in text: String
    ) throws(QuantityError) -> Double {
        let advice = "write requests a second, as in \(name)(100/s)"
        guard rest.first == "(", rest.last == ")", rest.count > 2 else {
            throw QuantityError(text: text, complaint: "has no rate: \(advice)")
        }
        let quantity: Quantity
        do {
            quantity = try Quantity(text: String(rest.dropFirst().dropLast()))
        } catch {
            // That error would list all units there are.
            throw QuantityError(text: text, complaint: "has a rate that cannot be read: \(advice)")
        }
        guard case .rate(let perSecond) = quantity else {
            throw QuantityError(text: text, complaint: "has no rate: \(advice)")
        }
        guard perSecond > 0, perSecond <= rateMaximum else {
            throw QuantityError(text: text, complaint: "has a rate that is not above 0/s and at most 1000000/s")
        }
        return perSecond
    }
}

extension Double {
    /// Without the `.0` of a whole number.
    fileprivate var shortestText: String { self == rounded() ? "\(Int64(self))" : "\(self)" }
}
