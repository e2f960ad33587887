/// The trials of one experiment in the order in which they will run. It can be printed and stored without running.
public struct Plan: Sendable, Equatable, Codable {
    /// The stored form's version. 1: first. 2: with commands, whose trials may have no trace, with the observers, and a cell can
    /// have a program of its own.
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
    /// Who may watch the program from outside; none in a plan of the first version.
    public var observers: [Observer]

    public init(
        experiment: String, profile: String, seed: UInt64, declarationDigest: String, program: String,
        schedule: Schedule, cells: [Cell], trials: [PlannedTrial], command: ProgramCommand? = nil,
        observers: [Observer] = []
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
        self.observers = observers
    }

    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        version = try values.decode(Int.self, forKey: .version)
        experiment = try values.decode(String.self, forKey: .experiment)
        profile = try values.decode(String.self, forKey: .profile)
        seed = try values.decode(UInt64.self, forKey: .seed)
        declarationDigest = try values.decode(String.self, forKey: .declarationDigest)
        program = try values.decode(String.self, forKey: .program)
        schedule = try values.decode(Schedule.self, forKey: .schedule)
        cells = try values.decode([Cell].self, forKey: .cells)
        trials = try values.decode([PlannedTrial].self, forKey: .trials)
        command = try values.decodeIfPresent(ProgramCommand.self, forKey: .command)
        observers = version < 2 ? [] : try values.decode([Observer].self, forKey: .observers)
    }

    /// Where the figures of a trial come from.
    public var source: FigureSource { command?.source ?? .trace }
}
