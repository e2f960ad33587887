import Archiving
import Testing

@testable import Running

private func evidence(_ change: (inout TrialEvidence) -> Void = { _ in }) -> TrialEvidence {
    var evidence = TrialEvidence(
        execution: TrialExecution(
            end: .exited(status: 0), elapsedNanoseconds: 1, resources: Samples.resources),
        timeLimit: .seconds(30), lastOutputLine: "{\"requestsDone\": 12}", errorsTail: "", traceBytes: 1,
        mustReport: true)
    change(&evidence)
    return evidence
}

@Suite("Judging an attempt")
struct JudgementTests {
    @Test("counts an attempt that ended with status 0, reported and left a trace")
    func finished() {
        let judgement = Judgement(evidence())
        #expect(judgement.outcome == .finished)
        #expect(judgement.reported == ["requestsDone": 12])
    }

    @Test("counts a program of another kind that reports nothing")
    func silent() {
        let judgement = Judgement(
            evidence {
                $0.mustReport = false
                $0.lastOutputLine = "done"
            })
        #expect(judgement.outcome == .finished)
        #expect(judgement.reported == [:])
    }

    /// A change to good evidence, and the sentence that it must lead to.
    static let failures: [(change: @Sendable (inout TrialEvidence) -> Void, reason: String)] = [
        ({ $0.execution.end = .exited(status: 3) }, "It ended with status 3."),
        ({ $0.execution.end = .killed(signal: 11) }, "It was killed by signal 11 (SIGSEGV)."),
        ({ $0.execution.end = .killed(signal: 60) }, "It was killed by signal 60."),
        ({ $0.execution.end = .overTimeLimit }, "It was still running after its time limit of 30s."),
        (
            { $0.execution.end = .outputTooLong(limitBytes: 1000) },
            "It wrote more than 1000 bytes to its standard output or standard error."
        ),
        (
            { $0.execution.end = .watcherKilled(signal: 9) },
            "The launcher above it was killed by signal 9 (SIGKILL) while it ran: "
                + "a program must leave its parent process alone."
        ),
        (
            { $0.execution.end = .watcherHung },
            "The launcher above it did not answer, long after its time limit of 30s: "
                + "a program must leave its parent process alone."
        ),
        (
            { $0.execution.end = .unobserved(complaint: "the observer 'one' (bpftrace) was killed by signal 9.") },
            "It was not watched as declared: the observer 'one' (bpftrace) was killed by signal 9."
        ),
        (
            { $0.execution.leftBehind = 2 },
            "It ended with status 0 but left 2 processes behind, killed since."
        ),
        ({ $0.execution.survivors = 1 }, "It left 1 process behind that could not be killed."),
        ({ $0.traceBytes = nil }, "It ended with status 0 but left no trace."),
        ({ $0.traceBytes = 0 }, "It ended with status 0 but its trace is empty."),
        (
            { $0.lastOutputLine = "done" },
            "It ended with status 0 but the last line of its output is no JSON object."
        ),
        ({ $0.lastOutputLine = nil }, "It ended with status 0 but the last line of its output is no JSON object."),
        (
            {
                $0.lastOutputLine = "{\"requestsDone\": "
                $0.mustReport = false
            }, "It ended with status 0 but the JSON on the last line of its output is malformed."
        ),
    ]

    static let figures: [(name: String, text: String, isTrue: Bool)] = [
        ("requestsDone", "1e308", false), ("requestsDone", "-1.5e18", false), ("requestsDone", "1e18", true),
        ("requestsDone", "-1", true), ("cpuSeconds", "-0.5", false), ("cpuSeconds", "0", true),
        ("allocations", "-1", false), ("allocatedBytes", "-1", false), ("peakResidentBytes", "-1", false),
    ]

    @Test(
        "does not count an attempt that reports a figure that cannot be, and does not store the figure",
        arguments: figures)
    func absurdFigure(name: String, text: String, isTrue: Bool) throws {
        let judgement = Judgement(evidence { $0.lastOutputLine = "{\"other\": 2, \"\(name)\": \(text)}" })
        let value = try #require(Double(text))
        if isTrue {
            #expect(judgement.outcome == .finished)
            #expect(judgement.reported == ["other": 2, name: value])
        } else {
            #expect(
                judgement.outcome
                    == .failed(
                        reason: "It ended with status 0 but reported \(name) as \(value), which cannot be."
                            + " It wrote nothing to standard error."))
            #expect(judgement.reported == ["other": 2])
        }
    }

    @Test("says of any other what happened", arguments: failures.indices)
    func failed(index: Int) {
        let (change, reason) = Self.failures[index]
        let expected = TrialRecord.Outcome.failed(reason: reason + " It wrote nothing to standard error.")
        #expect(Judgement(evidence(change)).outcome == expected)
    }

    @Test("quotes the last three lines of standard error, without control characters")
    func quotation() {
        let judgement = Judgement(
            evidence {
                $0.execution.end = .exited(status: 1)
                $0.errorsTail = "one\ntwo\n\nthree \u{1B}[31mred\nfour\n\n"
            })
        #expect(
            judgement.outcome
                == .failed(
                    reason: "It ended with status 1. The end of its standard error: "
                        + "two / three \u{FFFD}[31mred / four"))
    }

    @Test("quotes no more than 400 characters")
    func longQuotation() {
        let judgement = Judgement(
            evidence {
                $0.execution.end = .exited(status: 1)
                $0.errorsTail = String(repeating: "x", count: 4000)
            })
        let quoted = String(repeating: "x", count: 400)
        #expect(
            judgement.outcome
                == .failed(reason: "It ended with status 1. The end of its standard error: \(quoted)"))
    }
}
