import Analysis
import Auditing
import Gating
import TraceModel

extension GateTrust {
    /// The verdict of the audits, without their notes, which do not touch it.
    ///
    /// - Parameter pairings: Those of the gate's metrics: nothing else is judged by it.
    public init(of summary: ExperimentSummary, judgedBy pairings: [PairingKey]) {
        let whole = StoredVerdict(of: summary)
        let verdict = whole.limited(to: pairings) ?? whole
        let reasons = verdict.reasons.filter { $0.severity > .note && verdict.counts($0) }
        self.init(
            level: Level(verdict.level),
            reasons: reasons.enumerated().map { index, reason in
                Reason(
                    number: index + 1, level: reason.severity == .invalid ? .invalid : .doubtful, audit: reason.audit,
                    meaning: reason.meaning, example: reason.example, remedy: reason.remedy,
                    findingCount: reason.findings.count)
            })
    }

    /// As in `The measurement is doubtful, because something else disturbed the machine (1).`
    var sentence: String { head + because }

    /// The sentence for Markdown, in bold so far as it is the level.
    var markdown: Markdown { "**\(head)**\(because)" }

    private var head: String { "The measurement is \(level.rawValue)" }

    /// The rest of the sentence: each meaning once, with the numbers of its reasons.
    private var because: String {
        guard !reasons.isEmpty else { return "." }
        var meanings: [String] = []
        for reason in reasons where !meanings.contains(reason.meaning) { meanings.append(reason.meaning) }
        let parts = meanings.map { meaning in
            "\(meaning) (\(NumberList.text(reasons.filter { $0.meaning == meaning }.map(\.number))))"
        }
        return ", because \(parts.joined(separator: "; "))."
    }

    /// The reasons as a numbered list.
    var list: [Markdown] {
        reasons.map { reason in
            .listItem(
                "\(reason.number).",
                """
                **\(reason.level.rawValue)**: \(reason.meaning) (\(link: "audit", to: "audits.md") \(code: reason.audit))\
                \(reason.countText).
                """, ["\(reason.example)", "*Remedy:* \(reason.remedy)"])
        }
    }

    /// The reasons for a terminal.
    var lines: [String] {
        reasons.flatMap { reason in
            let mark = "  \(reason.number). "
            let indent = String(repeating: " ", count: mark.count)
            return [
                mark + PlainText.singleLine(reason.example) + " (audit \(reason.audit))" + reason.countText,
                indent + "Remedy: " + PlainText.singleLine(reason.remedy),
            ]
        }
    }
}

extension GateTrust.Reason {
    /// Said where it stands for several findings.
    fileprivate var countText: String { findingCount > 1 ? ", one of \(findingCount) findings" : "" }
}

extension GateTrust.Level {
    fileprivate init(_ level: Verdict.Level) {
        self =
            switch level {
            case .trusted: .trusted
            case .doubtful: .doubtful
            case .invalid: .invalid
            }
    }
}
