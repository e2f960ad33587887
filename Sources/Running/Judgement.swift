// Decides whether an attempt counts. A trial is finished only when nothing speaks against it; every other end is a
// failure with a sentence that says what happened, so that nobody has to open the files to learn it.

import Archiving
import Glibc
import Quantities

/// The judgement over one attempt.
struct Judgement: Equatable {
    var outcome: TrialRecord.Outcome
    /// The numbers of the JSON object on the last line of output; empty where there is none.
    var reported: [String: Double]

    init(_ evidence: TrialEvidence) {
        let report = ReportedNumbers.read(evidence.lastOutputLine)
        reported =
            evidence.printed?.values
            ?? (report.numbers ?? [:]).filter { ReportedNumbers.canBe(name: $0.key, value: $0.value) }
        if let complaint = Self.complaint(evidence, report) {
            outcome = .failed(reason: complaint + Self.quotation(of: evidence.errorsTail))
        } else {
            outcome = .finished
        }
    }

    /// What speaks against a program's end, whatever it left; nil where nothing does.
    static func complaint(of execution: TrialExecution, timeLimit: Duration) -> String? {
        switch execution.end {
        case .exited(0): break
        case .exited(let status): return "It ended with status \(status)."
        case .killed(let signal): return "It was killed by signal \(name(ofSignal: signal))."
        case .overTimeLimit: return "It was still running after its time limit of \(timeLimit.text)."
        case .outputTooLong(let limit):
            return "It wrote more than \(limit) bytes to its standard output or standard error."
        case .watcherKilled(let signal):
            return "The launcher above it was killed by signal \(name(ofSignal: signal)) while it ran: "
                + "a program must leave its parent process alone."
        case .watcherHung:
            return "The launcher above it did not answer, long after its time limit of \(timeLimit.text): "
                + "a program must leave its parent process alone."
        case .unobserved(let complaint): return "It was not watched as declared: \(complaint)"
        }
        if execution.survivors > 0 {
            return "It left \(processes(execution.survivors)) behind that could not be killed."
        }
        if execution.leftBehind > 0 {
            // What these did is in no resource figure, and they may have disturbed what was measured.
            return "It ended with status 0 but left \(processes(execution.leftBehind)) behind, killed since."
        }
        return nil
    }

    private static func complaint(_ evidence: TrialEvidence, _ report: ReportedNumbers) -> String? {
        if let complaint = complaint(of: evidence.execution, timeLimit: evidence.timeLimit) { return complaint }
        if let printed = evidence.printed { return printed.complaint }
        guard let traceBytes = evidence.traceBytes else { return "It ended with status 0 but left no trace." }
        if traceBytes == 0 { return "It ended with status 0 but its trace is empty." }
        switch report {
        case .numbers(let numbers):
            let absurd = numbers.filter { !ReportedNumbers.canBe(name: $0.key, value: $0.value) }
            return absurd.min { $0.key < $1.key }.map {
                "It ended with status 0 but reported \($0.key) as \($0.value), which cannot be."
            }
        case .absent where !evidence.mustReport: return nil
        case .absent: return "It ended with status 0 but the last line of its output is no JSON object."
        case .malformed: return "It ended with status 0 but the JSON on the last line of its output is malformed."
        case .repeated(let name):
            return "It ended with status 0 but the JSON on the last line of its output has '\(name)' twice."
        }
    }

    private static func processes(_ count: Int) -> String { count == 1 ? "1 process" : "\(count) processes" }

    /// At most the last three lines and 400 characters, on one line, with control characters made visible.
    static func quotation(of errors: String) -> String {
        let lines = errors.split(whereSeparator: \.isNewline).filter { !$0.allSatisfy(\.isWhitespace) }.suffix(3)
        guard !lines.isEmpty else { return " It wrote nothing to standard error." }
        let text = String(lines.joined(separator: " / ").suffix(400).map { isControl($0) ? "\u{FFFD}" : $0 })
        return " The end of its standard error: \(text)"
    }

    private static func isControl(_ character: Character) -> Bool {
        character.unicodeScalars.contains { $0.properties.generalCategory == .control && $0 != "\t" }
    }

    private static func name(ofSignal number: Int32) -> String {
        let names: [Int32: String] = [
            SIGHUP: "SIGHUP", SIGINT: "SIGINT", SIGQUIT: "SIGQUIT", SIGILL: "SIGILL", SIGTRAP: "SIGTRAP",
            SIGABRT: "SIGABRT", SIGBUS: "SIGBUS", SIGFPE: "SIGFPE", SIGKILL: "SIGKILL", SIGSEGV: "SIGSEGV",
            SIGPIPE: "SIGPIPE", SIGALRM: "SIGALRM", SIGTERM: "SIGTERM", SIGXCPU: "SIGXCPU", SIGXFSZ: "SIGXFSZ",
        ]
        return names[number].map { "\(number) (\($0))" } ?? "\(number)"
    }
}
