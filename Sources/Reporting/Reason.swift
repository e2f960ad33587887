// An audit speaks of one stage of one cell at a time, so that one fault of a pairing is found dozens of times. A reader
// wants it once: what it means, in how many cells, one example, what to do. Nothing is dropped: every sentence stays in
// the reason, to be read on a click.

import Analysis
import Auditing
import Experiments
import TraceModel

/// Findings of one audit that have severity, subject and remedy in common, as one numbered reason.
struct Reason: Equatable {
    /// 1 for the first in the report; the verdicts refer to it.
    let number: Int
    let audit: String
    let severity: Finding.Severity
    let subject: String?
    let remedy: String
    /// What was found, in the order of the audits and cells.
    let findings: [Finding]
    /// What was found, in the findings' order.
    var sentences: [String] { findings.map(\.sentence) }
    /// How many cells the findings name; 0 where they speak of the run as a whole.
    let cellCount: Int
    /// The last sentence about the cell with the most events, where the figures rest on most and audits come to the
    /// writes after the requests; else the last of all.
    let example: String

    /// The reasons of an experiment's verdict.
    static func all(in summary: ExperimentSummary) -> [Reason] {
        all(of: summary.findings, judged: summary.verdict.byPairing.map(\.pairing)) { title in
            summary.cells.first { $0.cell.title == title }?.eventCounts.values.reduce(0, +)
        }
    }

    /// Groups findings into reasons, in the order of the first finding of each: those that count, those on pairings that are not
    /// judged, and notes.
    ///
    /// - Parameters:
    ///   - judged: The pairings that the verdict is on.
    ///   - eventCount: How many events the cell of that title has; nil where there is no such cell.
    static func all(
        of findings: [Finding], judged: [PairingKey], eventCount: (String) -> Int? = { _ in nil }
    ) -> [Reason] {
        var groups: [[Finding]] = []
        for finding in findings {
            if let index = groups.firstIndex(where: { isSame($0[0], finding) }) {
                groups[index].append(finding)
            } else {
                groups.append([finding])
            }
        }
        let reasons = groups.filter { $0[0].severity > .note }
        let counting = reasons.filter { $0[0].concerns(judged) }
        let ordered =
            counting + reasons.filter { !$0[0].concerns(judged) } + groups.filter { $0[0].severity == .note }
        return ordered.enumerated().map { index, findings in
            Reason(number: index + 1, findings: findings, eventCount)
        }
    }

    /// As in `2 of 10 cells`; nil where it speaks of the run as a whole or there is only one cell.
    func cellText(of cells: [CellSummary]) -> String? {
        cellCount > 0 && cells.count > 1 ? "\(cellCount) of \(cells.count.counted("cell"))" : nil
    }

    /// Whether it bears on the verdict on the pairing.
    func concerns(_ pairing: PairingKey) -> Bool {
        severity > .note && (subject == nil || subject == pairing.title)
    }

    private init(number: Int, findings: [Finding], _ eventCount: (String) -> Int?) {
        let first = findings[0]
        let counts = findings.map { $0.cell.flatMap(eventCount) }
        let events = counts.map { $0 ?? 0 }
        let largest = events.max() ?? 0
        self.number = number
        self.findings = findings
        (audit, severity, subject, remedy) = (first.audit, first.severity, first.subject, first.remedy)
        cellCount = Set(zip(findings, counts).compactMap { $1 == nil ? nil : $0.cell }).count
        example = findings[events.lastIndex(of: largest) ?? 0].sentence
    }

    private static func isSame(_ left: Finding, _ right: Finding) -> Bool {
        (left.audit, left.severity, left.remedy) == (right.audit, right.severity, right.remedy)
            && left.subject == right.subject
    }
}

extension Finding {
    /// Whether it bears on any of the pairings.
    fileprivate func concerns(_ pairings: [PairingKey]) -> Bool {
        subject.map { subject in pairings.contains { $0.title == subject } } ?? true
    }
}

extension Reason {
    /// Its place in the list: a number where a verdict may refer to it; notes are not reasons and have none.
    var mark: String { severity > .note ? "\(number)." : "-" }

    /// What it means in a few words, without figures, to stand behind `because`.
    var meaning: String {
        let figure = findings[0].figures.first?.name
        return Self.otherMeanings[Aspect(audit: audit, severity: severity, figure: figure)]
            ?? Self.otherMeanings[Aspect(audit: audit, severity: severity)] ?? Self.meanings[audit]
            ?? Self.comparisonMeanings[audit]
            ?? "the audit \(audit) objects"
    }

    /// An audit where it says something else than at its worst.
    private struct Aspect: Hashable {
        var audit: String
        var severity: Finding.Severity
        /// What its findings measured first, where that decides; nil for any.
        var figure: String?
    }

    private static let otherMeanings: [Aspect: String] = [
        Aspect(audit: "floor", severity: .doubtful): "spans took less time than the clock can tell",
        Aspect(audit: "pairing", severity: .note): "some spans differ by thread",
        Aspect(audit: "oracle", severity: .note): "what the machine added is not known of all trials",
        Aspect(audit: "load-delivered", severity: .note): "requests waited for a client before they were sent",
        Aspect(audit: "environment", severity: .note): "the machine cannot tell all that may have disturbed it",
        Aspect(audit: "observer", severity: .note): "nobody knows what recording costs",
        Aspect(audit: "observer", severity: .note, figure: "event-cost"): "what recording costs was mismeasured",
        Aspect(audit: "steady-state", severity: .note): "there was a start-up",
        Aspect(audit: "steady-state", severity: .note, figure: SteadyStateAudit.unmarkedFigure):
            "nothing marks where the start-up ends",
        Aspect(audit: ObservedTrial.auditName, severity: .note): "an outside observer could not be heard",
        Aspect(audit: "sample-size", severity: .doubtful): "nothing happened in some of the windows",
        Aspect(audit: "provenance", severity: .note):
            "trials come from unlike machines, which virtual time does not see",
    ]

    /// What is no audit of one program's data, but a comparison with somebody else's.
    private static let comparisonMeanings = [
        ObservedTrial.auditName: "an outside observer and the trace do not agree"
    ]

    /// One for each audit of the catalogue; a test keeps them complete.
    static let meanings = [
        "drops": "recorded events are missing or a trace is damaged",
        "conservation": "starts and dones do not add up",
        "clock": "the clock is uneven or too coarse for what it timed",
        "pairing": "spans join the start of one request with the done of another, or are lost",
        "floor": "spans are shorter than the delay that their write drew, which is impossible",
        "overshoot": "writes sleep noticeably longer than the delay that they drew",
        "stage-sum": "the parts of requests do not add up to the whole",
        "little": "the spans do not account for what was in flight (Little's law)",
        "response-time-law": "throughput, response time and clients contradict each other",
        "oracle": "the same run takes another time on the machine than in virtual time",
        "load-delivered": "the load that was asked for was not made",
        "environment": "something else disturbed the machine",
        "observer": "recording takes a noticeable share of what it records",
        "censoring": "requests or writes were still open when the window closed",
        "independence": "trials resemble those that ran before them",
        "steady-state": "the window holds start-up or drift",
        "sample-size": "there are too few durations or processes for some figures",
        "missing-trials": "planned trials have no numbers",
        "provenance": "trials of unlike programs or machines are pooled",
    ]
}

/// Numbers as sentences refer to them.
enum NumberList {
    /// Ascending numbers with runs of three or more as ranges, as in `1–3, 5, 6`.
    static func text(_ numbers: [Int], prefix: String = "") -> String {
        var runs: [ClosedRange<Int>] = []
        for number in numbers {
            if let last = runs.last, last.upperBound + 1 == number {
                runs[runs.count - 1] = last.lowerBound...number
            } else {
                runs.append(number...number)
            }
        }
        return runs.flatMap { run in
            run.count > 2
                ? ["\(prefix)\(run.lowerBound)–\(prefix)\(run.upperBound)"] : run.map { "\(prefix)\($0)" }
        }.joined(separator: ", ")
    }
}
