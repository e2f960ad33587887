/// One combination of levels.
public struct Cell: Sendable, Equatable, Codable {
    /// From 0, in the order of the cross product (the last factor varies fastest).
    public var index: Int
    /// One choice for each factor, in the order declared.
    public var choices: [LevelChoice]
    /// All parameters of the cell: the fixed ones, then the factors' values.
    public var parameters: [Parameter]
    /// The absolute path of the program that runs it, where a comparison gives each side its own; nil for the plan's.
    public var program: String?

    public init(index: Int, choices: [LevelChoice], parameters: [Parameter], program: String? = nil) {
        self.index = index
        self.choices = choices
        self.parameters = parameters
        self.program = program
    }
}
