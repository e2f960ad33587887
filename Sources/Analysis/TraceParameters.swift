import Foundation

/// The parameters that a program wrote into its trace's header.
public enum TraceParameters: Sendable, Equatable {
    /// The members of a JSON object of texts, numbers and truth values, in the order of their names.
    case named([Parameter])
    /// The header's text, where it is no such object; empty where the program wrote none.
    case text(String)

    /// One parameter, its value as a program would be told it.
    public struct Parameter: Sendable, Equatable {
        public var name: String
        public var value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// - Parameter description: The description of a trace's header. Programs may write anything there; nothing fails.
    public init(description: String) {
        do {
            let members = try JSONDecoder().decode([String: Scalar].self, from: Data(description.utf8))
            self = .named(members.sorted { $0.key < $1.key }.map { Parameter($0.key, $0.value.text) })
        } catch {
            self = .text(description)
        }
    }

    /// Whether the bundled simulator wrote them: it alone names all of these.
    public var isOfSimulator: Bool {
        guard case .named(let named) = self else { return false }
        return Set(named.map(\.name)).isSuperset(of: ["clients", "network-delay", "permits", "write-delay", "writes"])
    }

    /// A JSON value that is no object, array or null.
    private struct Scalar: Decodable {
        let text: String

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            do {
                text = try container.decode(String.self)
            } catch DecodingError.typeMismatch {
                do {
                    text = try "\(container.decode(Bool.self))"
                } catch DecodingError.typeMismatch {
                    // Decimal keeps whole numbers up to 38 digits, where Double would round a seed.
                    text = try "\(container.decode(Decimal.self))"
                }
            }
        }
    }
}
