/// The exit statuses of `assay`: all of them, and what each promises. The numbers from 64 up are those of sysexits(3).
public enum ExitStatus: Int32, Sendable, CaseIterable {
    /// Everything asked for was done. A refuted hypothesis is a result, not a failure.
    case success = 0
    /// `assay run`: the experiment ran to its end, but at least one trial failed for good; the report says which and why.
    /// `assay compare`, `assay gate`: a side gave no figures at all, so that there is no verdict.
    /// `assay audit`: the figures are doubtful. `assay selftest`: a fault was not caught, or clean data were called wrong.
    /// `assay import`: the trace was written, but a part of the input could not be read.
    case doubtful = 1
    /// `assay audit`: the figures are invalid.
    case invalid = 2
    /// `assay gate`: a metric is worse by more than its band, and fresh pairs have confirmed it.
    case worse = 3
    /// `assay gate`: neither pass nor fail can be said; the reasons say what it would take.
    case inconclusive = 4
    /// The command line was not understood. Nothing was written.
    case usage = 64
    /// An input file was read and is wrong: a declaration, or a trace that is damaged.
    case badData = 65
    /// An input file or result is not there or cannot be read, or a trace holds nothing of what was asked for.
    case noInput = 66
    /// Something that the run needs is not installed: the program under test, or the launcher.
    case unavailable = 69
    /// A result could not be written: full disk, missing permission, or another run holds the folder.
    case cannotWrite = 73
    /// `assay run`: an experiment that watches its program from outside was not run, because this machine does not let it; its
    /// report says why. All others ran to their ends.
    case notRun = 77
    /// A signal ended the run; what was finished is kept, and the same command with `--resume` goes on from there.
    case interrupted = 130

    /// What the help prints beside the number, a line or two.
    public var meaning: String {
        switch self {
        case .success: "everything asked for was done"
        case .doubtful:
            "run: a trial failed; compare, gate: a side gave no figures, no verdict;\n"
                + "audit: doubtful; selftest: failed; import: losses"
        case .invalid: "audit: invalid"
        case .worse: "gate: fail, a metric is worse by more than its band"
        case .inconclusive: "gate: inconclusive, neither pass nor fail can be said"
        case .usage: "the command line was not understood"
        case .badData: "an input file is wrong or damaged"
        case .noInput: "an input or result is not there, or holds nothing that was asked for"
        case .unavailable: "a program that the run needs is not there"
        case .cannotWrite: "a result could not be written"
        case .notRun: "run: an experiment cannot be run on this machine; its report says why"
        case .interrupted: "interrupted; go on with --resume"
        }
    }
}

extension ExitStatus {
    /// All statuses with their meanings, as the help prints them.
    static var table: String {
        allCases.map { status in
            let number = String(status.rawValue)
            let lines = status.meaning.split(separator: "\n").joined(separator: "\n" + String(repeating: " ", count: 7))
            return "  " + number + String(repeating: " ", count: 5 - number.count) + lines
        }.joined(separator: "\n")
    }
}
