import Archiving
import Experiments
import SystemPackage

/// Runs one attempt at a trial, wherever and however: here in a process, in a test in nothing at all.
public protocol TrialExecutor: Sendable {
    /// Runs the program to its end, however it ends, with everything it leaves in the request's folder.
    ///
    /// When this returns or throws, nothing of the program is running any more.
    ///
    /// - Throws: ``ExecutionError`` when the program did not run, or was ended because the task was cancelled. A
    ///   program that fails is no error but an end.
    func execute(_ request: TrialRequest) async throws(ExecutionError) -> TrialExecution
}

/// One attempt at a trial.
public struct TrialRequest: Sendable, Equatable {
    /// An absolute path.
    public var program: FilePath
    public var arguments: [String]
    /// Where the attempt's files go; the program's working directory is the folder's ``TrialFolder/work``.
    public var folder: TrialFolder
    public var timeLimit: Duration
    /// Whether the machine is watched meanwhile, into the folder's ``TrialFolder/environment``.
    public var samplesEnvironment: Bool
    /// Who watches the program from outside meanwhile, all at once; what each says is left in the folder.
    public var observers: [Observer]

    public init(
        program: FilePath, arguments: [String], folder: TrialFolder, timeLimit: Duration,
        samplesEnvironment: Bool = true, observers: [Observer] = []
    ) {
        self.program = program
        self.arguments = arguments
        self.folder = folder
        self.timeLimit = timeLimit
        self.samplesEnvironment = samplesEnvironment
        self.observers = observers
    }
}

/// How a program ended and what it used.
public struct TrialExecution: Sendable, Equatable {
    public enum End: Sendable, Equatable {
        case exited(status: Int32)
        case killed(signal: Int32)
        /// It was ended by us, because the time limit had passed.
        case overTimeLimit
        /// It was ended by us, because it wrote more to its standard output or error than the executor keeps.
        case outputTooLong(limitBytes: Int)
        /// What watched over it was killed; so was all that is left of it, unmeasured.
        case watcherKilled(signal: Int32)
        /// What watched over it no longer answered, long after the time limit; both were killed.
        case watcherHung
        /// An observer did not do its part, as a whole sentence says; the program was not run, or not watched to its end.
        case unobserved(complaint: String)
    }

    public var end: End
    /// From just before the program's start to its end.
    public var elapsedNanoseconds: Int64
    /// Nil where nobody could measure it.
    public var resources: ResourceUsage?
    /// Processes that were still alive when the program had ended by itself, and were killed.
    public var leftBehind: Int
    /// Processes that withstood being killed; 0 unless the kernel is stuck.
    public var survivors: Int

    public init(
        end: End, elapsedNanoseconds: Int64, resources: ResourceUsage?, leftBehind: Int = 0, survivors: Int = 0
    ) {
        self.end = end
        self.elapsedNanoseconds = elapsedNanoseconds
        self.resources = resources
        self.leftBehind = leftBehind
        self.survivors = survivors
    }
}

/// Why there is nothing to judge.
public enum ExecutionError: Error, Equatable {
    /// The task was cancelled; the program has been ended.
    case cancelled
    /// The system would not start the program; the step is a call of the system, such as `exec`.
    case cannotStart(step: String, error: Errno)
    /// What the program printed, or what was sampled of its environment, could not be stored.
    case outputNotStored(Errno)
    /// The launcher did not do its part; a whole sentence.
    case launcher(complaint: String)
}
