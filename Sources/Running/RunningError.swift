import Archiving
import SystemPackage

/// What ends a run before all of its trials were tried. Everything finished until then is stored.
public enum RunningError: Error, Equatable, CustomStringConvertible {
    /// The program or the launcher is not where it should be, or is no program; the remedy is an imperative sentence.
    case noProgram(path: FilePath, complaint: String, remedy: String)
    /// The system would not start the program.
    case cannotStart(program: FilePath, step: String, error: Errno)
    /// The program's file is not the one with which the run began.
    case programChanged(path: FilePath)
    /// The stored run was begun with something else than what is asked for now.
    case otherRun(path: FilePath, what: String, stored: String, requested: String)
    /// The run was stopped from outside.
    case interrupted(done: Int, total: Int)
    /// A revision that a side of a comparison names cannot be had.
    case revision(name: String, complaint: String)
    /// A whole sentence about the launcher.
    case launcher(complaint: String)
    case archive(ArchiveError)

    public var description: String {
        switch self {
        case .noProgram(let path, let complaint, let remedy): "\(path): \(complaint); \(remedy)"
        case .cannotStart(let program, let step, let error):
            "\(program): cannot be started (\(step): \(error.description.lowercased())); "
                + "see to it, then continue with `--resume`"
        case .programChanged(let path):
            "\(path): the program has changed since the run began, and its trials would not compare; "
                + "begin a new run without --resume, or restore the program"
        case .otherRun(let path, let what, let stored, let requested):
            "\(path): the run was begun with \(what) \(stored), not \(requested); "
                + "begin a new run without --resume, or ask for the same"
        case .interrupted(let done, let total):
            "stopped after \(done) of \(total) trials, which are kept; `--resume` runs the rest"
        case .revision(let name, let complaint): "\(name): \(complaint)"
        case .launcher(let complaint): "\(complaint); nothing of this trial is kept"
        case .archive(let error): error.description
        }
    }
}
