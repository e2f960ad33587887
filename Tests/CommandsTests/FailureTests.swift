import Archiving
import ArgumentParser
import Comparing
import Experiments
import Gating
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

    @Test("no text out of a file begins a line of its own, which a CI would take for a command")
    func singleLine() {
        let failure = Failure(
            ComparisonError.asked("Baselines/x.json: it was saved under another experiment (x\n::error::y)"))
        #expect(failure.text == "Baselines/x.json: it was saved under another experiment (x ::error::y)")
        let position = SourcePosition(line: 1, column: 1)
        let errors = ["a", "b"].map { DeclarationError(file: "x.yaml", position: position, message: $0) }
        #expect(Failure(DeclarationErrors(errors: errors)).text == "x.yaml:1:1: a\nx.yaml:1:1: b")
    }

    @Test("a comparison without figures is no verdict, what it was asked for wrongly is bad usage or bad data")
    func comparisons() {
        let broken = BrokenSide(
            experiment: "x", side: .candidate, label: "./new", cell: "clients 3", trialCount: 3,
            reason: "block-2-cell-1: It failed twice; the last time: It ended with status 1", folder: "Results/x")
        let failure = Failure(ComparisonError.broken(broken))
        #expect(failure.status == .doubtful)
        #expect(
            failure.sentence
                == "x: the candidate (./new) gave no figures at clients 3, so that there is no verdict: none of its 3 trials "
                + "came through. block-2-cell-1: It failed twice; the last time: It ended with status 1; see Results/x, mend "
                + "it, and start anew without --resume")
        #expect(Failure(ComparisonError.side(.baseline, "is wrong")).status == .usage)
        #expect(Failure(ComparisonError.asked("It differs.")).status == .badData)
    }

    @Test("the help lists every status with its meaning")
    func table() {
        let help = AssayCommand.helpMessage(columns: 200)
        for status in Commands.ExitStatus.allCases {
            #expect(help.contains("\(status.rawValue)"))
            for line in status.meaning.split(separator: "\n") { #expect(help.contains(line)) }
        }
    }
}
