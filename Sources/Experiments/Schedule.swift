/// How often each cell runs and for how long.
public struct Schedule: Sendable, Equatable, Codable {
    /// Trials a cell: each in a process of its own, one in each block. 1…1000.
    public var trials: Int
    public var warmUpNanoseconds: Int64
    public var measureNanoseconds: Int64
    /// The longest a trial may take before it is ended and counts as failed.
    public var timeLimitNanoseconds: Int64
    /// How often a failed trial is tried again before it is reported as failed. 0…10.
    public var retries: Int

    public init(
        trials: Int, warmUpNanoseconds: Int64, measureNanoseconds: Int64, timeLimitNanoseconds: Int64, retries: Int
    ) {
        self.trials = trials
        self.warmUpNanoseconds = warmUpNanoseconds
        self.measureNanoseconds = measureNanoseconds
        self.timeLimitNanoseconds = timeLimitNanoseconds
        self.retries = retries
    }
}
