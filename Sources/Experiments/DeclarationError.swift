/// One thing that is wrong with a declaration or a reference file, and where.
public struct DeclarationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file as the reader was given it, or the reference file beside it.
    public var file: String
    public var position: SourcePosition
    /// What was found, what is allowed and the nearest name where there is one, as a sentence without its full stop.
    public var message: String

    public init(file: String, position: SourcePosition, message: String) {
        self.file = file
        self.position = position
        self.message = message
    }

    /// As in `Experiments/x.yaml:12:5: unknown key 'trails'; did you mean 'trials'?`.
    public var description: String { "\(file):\(position.line):\(position.column): \(message)" }
}

/// All that was found wrong in one reading, sorted by file and position; never empty.
public struct DeclarationErrors: Error, Equatable, Sendable, CustomStringConvertible {
    /// How many errors are kept of one reading.
    public static let limit = 20

    /// At most ``limit``, sorted by file, line and column.
    public var errors: [DeclarationError]
    /// How many more were found and not kept.
    public var omittedCount: Int

    public init(errors: [DeclarationError], omittedCount: Int = 0) {
        precondition(!errors.isEmpty, "errors without an error")
        self.errors = errors
        self.omittedCount = omittedCount
    }

    /// One line for each error, and one for those left out.
    public var description: String {
        let lines = errors.map(\.description)
        let omitted = omittedCount == 0 ? [] : ["… and \(omittedCount) more"]
        return (lines + omitted).joined(separator: "\n")
    }
}

/// A place in a text file, both parts counted from 1; the column counts Unicode scalars.
public struct SourcePosition: Sendable, Equatable, Hashable, Comparable {
    public var line: Int
    public var column: Int

    /// Where an error about the file as a whole stands.
    public static let start = SourcePosition(line: 1, column: 1)

    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    public static func < (left: SourcePosition, right: SourcePosition) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}
