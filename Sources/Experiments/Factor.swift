/// A parameter that is varied, with the levels it takes, in the order declared.
public struct Factor: Sendable, Equatable, Codable {
    public var name: String
    public var levels: [Level]

    public init(name: String, levels: [Level]) {
        self.name = name
        self.levels = levels
    }
}

/// One value of a factor: what the program is told and how reports call it.
public struct Level: Sendable, Equatable, Codable {
    public var value: String
    /// The name in reports; the value itself unless the declaration gives a label.
    public var label: String
    /// Parameters that the program is given at this level only, in the order declared.
    public var with: [Parameter]

    public init(value: String, label: String? = nil, with: [Parameter] = []) {
        self.value = value
        self.label = label ?? value
        self.with = with
    }
}

/// A factor held at one of its levels.
public struct LevelChoice: Sendable, Equatable, Hashable, Codable {
    public var factor: String
    /// The level's label.
    public var label: String

    public init(factor: String, label: String) {
        self.factor = factor
        self.label = label
    }
}
