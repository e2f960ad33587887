/// The trials of one experiment in the order in which they will run. It can be printed and stored without running.
public struct Plan: Sendable, Equatable, Codable {
    /// The stored form's version. 1: first. 2: with commands, whose trials may have no trace; a cell can have a program of its own.
    public var version = Plan.currentVersion
    /// The newest version of the stored form.
    public static let currentVersion = 2
    public var experiment: String
    public var profile: String
    /// The seed that the order of the trials and their own seeds come from.
    public var seed: UInt64
    /// SHA-256 of the declaration file, in hex; a run is resumed only under the same declaration.
    public var declarationDigest: String
    /// The program as declared: a name, a path, or the words of ``command`` in brackets.
    public var program: String
    /// The command that the program is; nil for a name or a path.
    public var command: ProgramCommand?
    public var schedule: Schedule
    public var cells: [Cell]
    public var trials: [PlannedTrial]

    public init(
        experiment: String, profile: String, seed: UInt64, declarationDigest: String, program: String,
        schedule: Schedule, cells: [Cell], trials: [PlannedTrial], command: ProgramCommand? = nil
    ) {
        self.experiment = experiment
        self.profile = profile
        self.seed = seed
        self.declarationDigest = declarationDigest
        self.program = program
        self.command = command
        self.schedule = schedule
        self.cells = cells
        self.trials = trials
    }

    /// Where the figures of a trial come from.
    public var source: FigureSource { command?.source ?? .trace }
}
