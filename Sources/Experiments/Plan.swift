/// The trials of one experiment in the order in which they will run. It can be printed and stored without running.
public struct Plan: Sendable, Equatable, Codable {
    /// The stored form's version. 1: first.
    public var version = 1
    public var experiment: String
    public var profile: String
    /// The seed that the order of the trials and their own seeds come from.
    public var seed: UInt64
    /// SHA-256 of the declaration file, in hex; a run is resumed only under the same declaration.
    public var declarationDigest: String
    /// The program as declared: a name or a path.
    public var program: String
    public var schedule: Schedule
    public var cells: [Cell]
    public var trials: [PlannedTrial]

    public init(
        experiment: String, profile: String, seed: UInt64, declarationDigest: String, program: String,
        schedule: Schedule, cells: [Cell], trials: [PlannedTrial]
    ) {
        self.experiment = experiment
        self.profile = profile
        self.seed = seed
        self.declarationDigest = declarationDigest
        self.program = program
        self.schedule = schedule
        self.cells = cells
        self.trials = trials
    }
}

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

/// One process that is to run.
public struct PlannedTrial: Sendable, Equatable, Codable {
    /// As in `block-02-cell-003`: unique in the plan, and the name of the trial's folder.
    public var identifier: String
    /// Place in the order of running, from 0.
    public var order: Int
    /// The block, from 0; each cell runs once in each block.
    public var block: Int
    public var cellIndex: Int
    public var seed: UInt64

    public init(identifier: String, order: Int, block: Int, cellIndex: Int, seed: UInt64) {
        self.identifier = identifier
        self.order = order
        self.block = block
        self.cellIndex = cellIndex
        self.seed = seed
    }
}
