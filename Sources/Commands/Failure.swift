import Archiving
import ArgumentParser
import Comparing
import Experiments
import Following
import Reporting
import Running
import TraceModel

/// A command that cannot go on: the sentence for standard error and the exit status.
struct Failure: Error {
    var status: ExitStatus
    var sentence: String
    /// Whether the sentence is several, a line each.
    private var isList = false

    init(_ status: ExitStatus, _ sentence: String) {
        self.status = status
        self.sentence = sentence
    }

    /// What is printed. Names and texts out of files and programs stand in it: no such text begins a line of its own, which a CI
    /// would take for a command.
    var text: String { isList ? sentence : PlainText.singleLine(sentence) }

    init(_ errors: DeclarationErrors) {
        self.init(.badData, errors.description)
        isList = true
    }

    init(_ error: StoredVerdictError) { self.init(.badData, error.description) }

    /// - Parameter path: Of the trace.
    init(_ error: FollowingError, path: String) {
        let status: ExitStatus =
            switch error {
            case .noEvents: .badData
            case .notOfARequest: .usage
            case .unknownRequest, .noSpans, .tooFewForPercentile, .noneAbove, .tooMany: .noInput
            }
        self.init(status, "\(path): \(error)")
    }

    init(_ error: UnknownProfile) { self.init(.usage, error.description) }

    init(_ error: TraceError) {
        if case .cannotOpen = error.reason {
            self.init(.noInput, error.description)
        } else {
            self.init(.badData, error.description)
        }
    }

    init(_ error: ArchiveError) {
        switch error {
        case .noRun, .unread: self.init(.noInput, error.description)
        case .newerVersion, .unreadable, .unfitName: self.init(.badData, error.description)
        case .fileSystem, .locked, .alreadyStored: self.init(.cannotWrite, error.description)
        }
    }

    init(_ error: BaselineError) {
        switch error {
        case .missing, .unread, .notAFile, .notAFolder: self.init(.noInput, error.description)
        case .unfitName: self.init(.usage, error.description)
        case .damaged, .newerVersion, .unlike, .alreadyStored, .oneSession, .tooManySessions:
            self.init(.badData, error.description)
        case .locked, .refused: self.init(.cannotWrite, error.description)
        }
    }

    init(_ error: ComparisonError) {
        switch error {
        case .side: self.init(.usage, error.description)
        case .asked: self.init(.badData, error.description)
        case .broken: self.init(.doubtful, error.description)
        }
    }

    init(_ error: RunningError) {
        switch error {
        case .noProgram, .cannotStart, .launcher, .revision: self.init(.unavailable, error.description)
        case .programChanged, .otherRun: self.init(.badData, error.description)
        case .interrupted: self.init(.interrupted, error.description)
        case .archive(let error): self.init(error)
        }
    }
}

/// Turns the errors of every room into one sentence on standard error and the documented exit status.
func reportingFailures(_ body: () async throws -> Void) async throws {
    do {
        try await body()
    } catch let error {
        let failure: Failure
        switch error {
        case let error as Failure: failure = error
        case let error as DeclarationErrors: failure = Failure(error)
        case let error as UnknownProfile: failure = Failure(error)
        case let error as StoredVerdictError: failure = Failure(error)
        case let error as TraceError: failure = Failure(error)
        case let error as ArchiveError: failure = Failure(error)
        case let error as BaselineError: failure = Failure(error)
        case let error as ComparisonError: failure = Failure(error)
        case let error as RunningError: failure = Failure(error)
        case is CancellationError:
            StandardStream.error.write("assay: stopped while a report was made; `assay report` makes it anew\n")
            failure = Failure(.interrupted, "")
        default: throw error  // the argument parser's own
        }
        // What was interrupted has said so as its last word of progress.
        guard failure.status != .interrupted else { throw ExitCode(failure.status.rawValue) }
        StandardStream.error.write("assay: \(failure.text)\n")
        throw ExitCode(failure.status.rawValue)
    }
}
