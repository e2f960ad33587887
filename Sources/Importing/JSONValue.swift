// JSON (RFC 8259) with whole numbers kept whole: identifiers and nanoseconds have up to 64 bits, which a double would round.
// What is outside of the grammar is refused with its place in the text.

/// A value of a JSON text.
public enum JSONValue: Sendable, Equatable {
    case null
    case boolean(Bool)
    /// A number, as it was written.
    case number(String)
    case text(String)
    case array([JSONValue])
    /// The members in their order. Of two with the same name the last one counts.
    case object([(name: String, value: JSONValue)])

    public static func == (left: JSONValue, right: JSONValue) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.boolean(let one), .boolean(let other)): one == other
        case (.number(let one), .number(let other)), (.text(let one), .text(let other)): one == other
        case (.array(let one), .array(let other)): one == other
        case (.object(let one), .object(let other)):
            one.map(\.name) == other.map(\.name) && one.map(\.value) == other.map(\.value)
        default: false
        }
    }

    /// The member of that name; nil where there is none, or where this is no object.
    public subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.last { $0.name == name }?.value
    }

    /// The first name that two members have; nil where there is none, or where this is no object.
    public var repeatedMember: String? {
        guard case .object(let members) = self else { return nil }
        // A handful of names is compared faster than hashed, and a program may print thousands.
        guard members.count > 16 else {
            return members.indices.first { index in members[..<index].contains { $0.name == members[index].name } }
                .map { members[$0].name }
        }
        var seen: Set<String> = []
        return members.first { !seen.insert($0.name).inserted }?.name
    }

    /// The elements; nil where this is no array.
    public var elements: [JSONValue]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    /// The text; nil where this is none.
    public var string: String? {
        if case .text(let text) = self { text } else { nil }
    }

    /// A whole number that fits, also where it was written as a text, as OTLP writes those of 64 bits; nil otherwise.
    public func whole<Number: FixedWidthInteger>(_ type: Number.Type) -> Number? {
        switch self {
        case .number(let text), .text(let text): Number(text)
        default: nil
        }
    }

    /// What it is, with its article.
    public var kind: String {
        switch self {
        case .null: "null"
        case .boolean: "a truth value"
        case .number: "a number"
        case .text: "a text"
        case .array: "an array"
        case .object: "an object"
        }
    }
}

/// Why a text is no JSON: what was expected, and where.
public struct JSONError: Error, Equatable, CustomStringConvertible {
    /// From 0.
    public let byteOffset: Int
    public let expected: String

    public var description: String { "byte \(byteOffset): expected \(expected)" }
}
