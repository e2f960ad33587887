import Archiving
import SystemPackage

/// A program with its arguments.
public struct Command: Sendable, Equatable {
    /// An absolute path.
    public var program: FilePath
    public var arguments: [String]

    public init(program: FilePath, arguments: [String]) {
        self.program = program
        self.arguments = arguments
    }
}

/// What one run of a command took.
public struct CommandMeasurement: Sendable, Equatable {
    /// Just before the process was made, on `CLOCK_MONOTONIC`.
    public var startNanoseconds: Int64
    /// From then to the end of the process.
    public var elapsedNanoseconds: Int64
    /// What the kernel says that it used.
    public var resources: ResourceUsage

    public init(startNanoseconds: Int64, elapsedNanoseconds: Int64, resources: ResourceUsage) {
        self.startNanoseconds = startNanoseconds
        self.elapsedNanoseconds = elapsedNanoseconds
        self.resources = resources
    }
}

/// Runs bursts, wherever and however: here under a launcher, in a test in nothing at all.
public protocol BurstRunner: Sendable {
    /// Runs commands one after the other up to the first that fails.
    ///
    /// When this returns or throws, nothing of them is running any more.
    ///
    /// - Throws: ``ExecutionError`` when a command could not be started, or was ended because the task was cancelled. A
    ///   command that fails is no error but an end.
    func execute(_ request: BurstRequest) async throws(ExecutionError) -> BurstExecution
}

/// Commands to run one after the other.
public struct BurstRequest: Sendable, Equatable {
    public var commands: [Command]
    /// Which command each run is of, as an index into the commands.
    public var order: [Int]
    /// Where the burst's files go; the commands' working directory is the folder's ``TrialFolder/work``, shared by all.
    public var folder: TrialFolder
    /// Of each run.
    public var timeLimit: Duration
    /// Whether the machine is watched meanwhile, into the folder's ``TrialFolder/environment``.
    public var samplesEnvironment: Bool

    public init(
        commands: [Command], order: [Int], folder: TrialFolder, timeLimit: Duration, samplesEnvironment: Bool = true
    ) {
        self.commands = commands
        self.order = order
        self.folder = folder
        self.timeLimit = timeLimit
        self.samplesEnvironment = samplesEnvironment
    }
}

/// What became of a burst.
public struct BurstExecution: Sendable, Equatable {
    /// Of the runs from the first on that ended by themselves with status 0 and left nothing behind.
    public var measurements: [CommandMeasurement]
    /// The run that ended the burst; nil where all were measured.
    public var failure: Failure?

    public init(measurements: [CommandMeasurement], failure: Failure?) {
        self.measurements = measurements
        self.failure = failure
    }

    /// A run that does not count.
    public struct Failure: Sendable, Equatable {
        /// Its place in the order, from 0.
        public var place: Int
        public var execution: TrialExecution
        /// The end of what it wrote to its standard error.
        public var errors: String

        public init(place: Int, execution: TrialExecution, errors: String) {
            self.place = place
            self.execution = execution
            self.errors = errors
        }
    }
}

/// Why a burst gave no measurements.
public enum BurstError: Error, Equatable, CustomStringConvertible {
    /// A run failed; the reason is whole sentences with the end of its standard error.
    case runFailed(place: Int, command: Command, end: TrialExecution.End, reason: String)
    case execution(ExecutionError)
    case archive(ArchiveError)

    public var description: String {
        switch self {
        case .runFailed(let place, let command, _, let reason):
            "\(([command.program.string] + command.arguments).joined(separator: " ")) failed in run \(place + 1): \(reason)"
        case .execution(.cancelled): "stopped; nothing of the burst is running any more"
        case .execution(.cannotStart(let step, let error)):
            "the command cannot be started (\(step): \(error.description.lowercased())); see to it, then try again"
        case .execution(.outputNotStored(let error)):
            "what the commands wrote could not be stored (\(error.description.lowercased())); make room, then try again"
        case .execution(.launcher(let complaint)): complaint
        case .archive(let error): error.description
        }
    }
}
