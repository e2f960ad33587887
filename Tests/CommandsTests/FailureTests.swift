import Archiving
import ArgumentParser
import Experiments
import Running
import SystemPackage
import Testing
import TraceModel

@testable import Commands

@Suite("Every error of every room has one of the documented statuses")
struct FailureTests {
    @Test("what is wrong with a declaration is bad data, a profile that is not there is bad usage")
    func declarations() {
        let position = SourcePosition(line: 12, column: 5)
        let error = DeclarationError(file: "x.yaml", position: position, message: "unknown key 'trails'")
        let failure = Failure(DeclarationErrors(errors: [error]))
        #expect(failure.status == .badData)
        #expect(failure.sentence == "x.yaml:12:5: unknown key 'trails'")
        #expect(Failure(UnknownProfile(experiment: "x", profile: "ful", known: ["full"])).status == .usage)
    }

    @Test(
        "a trace that is not there is no input, any other is bad data",
        arguments: [
            (TraceError.Reason.cannotOpen("no such file"), Commands.ExitStatus.noInput),
            (.tooShort(bytes: 3), .badData),
            (.notATrace(found: [1]), .badData), (.notAFile, .badData),
            (.unsupported(field: "version", expected: "1", found: 3), .badData),
        ])
    func traces(reason: TraceError.Reason, status: Commands.ExitStatus) {
        #expect(Failure(TraceError(path: "t", byteOffset: nil, reason: reason)).status == status)
    }

    @Test(
        "the archive's errors tell reading from writing",
        arguments: [
            (ArchiveError.noRun(experiment: "x", path: "Results"), Commands.ExitStatus.noInput),
            (.locked(path: "r", holder: 7), .cannotWrite), (.newerVersion(path: "p", found: 2, supported: 1), .badData),
            (.unreadable(path: "p", complaint: "is no JSON"), .badData), (.unfitName("../x"), .badData),
            (.fileSystem(operation: "write", path: "p", error: .noSpace), .cannotWrite),
        ])
    func archives(error: ArchiveError, status: Commands.ExitStatus) {
        #expect(Failure(error).status == status)
        #expect(Failure(RunningError.archive(error)).status == status)
    }

    @Test(
        "the runner's errors",
        arguments: [
            (
                RunningError.noProgram(path: "p", complaint: "does not exist", remedy: "build it"),
                Commands.ExitStatus.unavailable
            ),
            (.programChanged(path: "p"), .badData), (.interrupted(done: 1, total: 2), .interrupted),
            (.otherRun(path: "p", what: "the seed", stored: "1", requested: "2"), .badData),
        ])
    func running(error: RunningError, status: Commands.ExitStatus) {
        #expect(Failure(error).status == status)
    }

    @Test("the help lists every status with its meaning")
    func table() {
        let help = AssayCommand.helpMessage(columns: 200)
        for status in Commands.ExitStatus.allCases {
            #expect(help.contains("\(status.rawValue)"))
            #expect(help.contains(status.meaning))
        }
    }
}
