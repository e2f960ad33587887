/// One combination of levels.
public struct Cell: Sendable, Equatable, Codable {
    /// From 0, in the order of the cross product (the last factor varies fastest).
    public var index: Int
    /// One choice for each factor, in the order declared.
    public var choices: [LevelChoice]
    /// All parameters of the cell: the fixed ones, then the factors' values.
    public var parameters: [Parameter]

    public init(index: Int, choices: [LevelChoice], parameters: [Parameter]) {
        self.index = index
        self.choices = choices
        self.parameters = parameters
    }
}
