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
