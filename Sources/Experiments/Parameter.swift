/// A named value that is handed to the program as `--name value`.
public struct Parameter: Sendable, Equatable, Codable {
    public var name: String
    public var value: String

    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}
