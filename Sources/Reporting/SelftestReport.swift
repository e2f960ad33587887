import Auditing
import Quantities
import Selftesting

/// What a self-test found, for a terminal or, with the same tables, as Markdown for the documentation.
public struct SelftestReport {
    private let result: SelftestResult

    public init(of result: SelftestResult) { self.result = result }

    /// The faults with their sizes and the audits that should catch them.
    public static func list(of faults: [any Fault]) -> String {
        var table = TextTable(header: ["fault", "sizes", "audits"], textColumnCount: 3)
        for fault in faults {
            table.append([fault.identifier, sizes(fault), fault.expectedAudits.joined(separator: " or ")])
        }
        return table.lines(indent: 0).joined(separator: "\n") + "\n"
    }

    /// For a terminal.
    public var text: String {
        var lines = [heading, ""]
        for table in matrices { lines += [table.title, ""] + table.textLines + [""] }
        lines += [catches.title, ""]
        for row in catches.rows {
            lines += [
                "  \(row[0]): \(row[1])", "      sizes: \(row[2])",
                "      smallest size caught by any audit: \(row[3])",
                "      caught by \(row[4])",
            ]
        }
        for table in [missed, falseAlarms] {
            lines += ["", table.title] + (table.rows.isEmpty ? [] : [""] + table.textLines)
        }
        lines.append("")
        return (lines + conclusions).joined(separator: "\n") + "\n"
    }

    /// The tables as they stand in `docs/selftest.md`.
    public var markdown: String {
        var blocks = [Markdown(escaping: heading).source]
        for table in matrices + [catches, missed, falseAlarms] {
            blocks += table.heading.map { ["### \($0)"] } ?? []
            blocks += [Markdown(escaping: table.title).source] + (table.rows.isEmpty ? [] : [table.markdown.source])
        }
        blocks.append(conclusions.map { "- \(Markdown(escaping: $0).source)" }.joined(separator: "\n"))
        return blocks.joined(separator: "\n\n") + "\n"
    }

    private var heading: String {
        let selftest = result.selftest
        return "Seed \(selftest.seed); \(selftest.cleanRunCount.counted("clean run")) of "
            + "\(CleanSystem.trialCount) trials each, every fourth of an open loop; each fault in "
            + "\(Selftest.specimenCount) of them, and caught at a size where an audit objects in all "
            + "\(Selftest.specimenCount)."
    }

    // MARK: - Faults by audits

    /// As many columns as fit on a terminal.
    private static let columnsPerMatrix = 6

    private var matrices: [SelftestTable] {
        let columns = AuditColumn.all
        let starts = stride(from: 0, to: columns.count, by: Self.columnsPerMatrix)
        return starts.map { start in
            let shown = Array(columns[start..<min(start + Self.columnsPerMatrix, columns.count)])
            let part = "(\(start / Self.columnsPerMatrix + 1) of \(starts.underestimatedCount))"
            return SelftestTable(
                title: start == 0
                    ? "From what size of a fault on an audit says doubtful or, with an exclamation mark, invalid; in parentheses "
                        + "what it says of some sizes and not of all larger ones \(part)."
                    : "The next audits \(part).",
                header: ["fault"] + shown.map(\.title), textColumnCount: 1,
                rows: result.outcomes.map { outcome in
                    [outcome.fault.identifier] + shown.map { cell(outcome, $0) }
                })
        }
    }

    private func cell(_ outcome: FaultOutcome, _ column: AuditColumn) -> String {
        func texts(_ severity: Finding.Severity, mark: String) -> (from: String?, scattered: [String]) {
            var from: String?
            if case .from(let place) = outcome.reach(column, severity) { from = size(outcome, place) + mark }
            return (from, outcome.scattered(column, severity).map { size(outcome, $0) + mark })
        }
        let (doubtful, invalid) = (texts(.doubtful, mark: ""), texts(.invalid, mark: "!"))
        // What is invalid is doubtful too; it is said once.
        let isOne = doubtful.from.map { $0 + "!" } == invalid.from
        let scattered = doubtful.scattered.filter { !invalid.scattered.contains($0 + "!") } + invalid.scattered
        let parts =
            [isOne ? nil : doubtful.from, invalid.from].compactMap(\.self)
            + (scattered.isEmpty ? [] : ["(\(scattered.joined(separator: ", ")))"])
        return parts.isEmpty ? "—" : parts.joined(separator: ", ")
    }

    private func size(_ outcome: FaultOutcome, _ place: Int) -> String {
        outcome.fault.text(of: outcome.fault.sizes[place])
    }

    // MARK: - Who catches what

    private var catches: SelftestTable {
        SelftestTable(
            title: "What each fault imitates, with its size as #, and which audits catch it.",
            header: ["fault", "what happens", "sizes", "smallest size caught by any audit", "caught by"],
            textColumnCount: 5,
            rows: result.outcomes.map { outcome in
                [
                    outcome.fault.identifier, outcome.fault.imitates,
                    Self.sizes(outcome.fault), outcome.smallestSeenPlace.map { size(outcome, $0) } ?? "—",
                    catchText(outcome),
                ]
            })
    }

    private static func sizes(_ fault: any Fault) -> String {
        fault.sizes.map(fault.text(of:)).joined(separator: ", ")
    }

    private func catchText(_ outcome: FaultOutcome) -> String {
        let from = outcome.catchers.compactMap { column -> String? in
            guard case .from(let place) = outcome.reach(column, .doubtful) else { return nil }
            return "\(column.title) from \(size(outcome, place)) on"
        }
        let some = AuditColumn.all.compactMap { column -> String? in
            guard column.isByThread == outcome.fault.isOfThreads,
                case .some(let places) = outcome.reach(column, .doubtful)
            else { return nil }
            return "\(column.title) only at " + places.map { size(outcome, $0) }.joined(separator: ", ")
        }
        let text = from.isEmpty ? "nothing" : (from + some).joined(separator: "; ")
        guard !outcome.isCaught else { return text }
        return "\(text) — NOT CAUGHT by \(outcome.fault.expectedAudits.joined(separator: " or "))"
    }

    // MARK: - What is missed

    private var missed: SelftestTable {
        let outcomes = result.outcomes.filter { !$0.missedPlaces.isEmpty }
        return SelftestTable(
            heading: "What is missed",
            title: outcomes.isEmpty
                ? "No fault is missed at any of its sizes; smaller ones were not tried."
                : "The sizes at which no audit objects to a fault, or not in all specimens; what lies between two sizes, or below "
                    + "the smallest, was not tried.",
            header: ["fault", "missed at"], textColumnCount: 2,
            rows: outcomes.map { outcome in
                [outcome.fault.identifier, outcome.missedPlaces.map { size(outcome, $0) }.joined(separator: ", ")]
            })
    }

    // MARK: - False alarms

    private var falseAlarms: SelftestTable {
        let alarms = result.falseAlarms
        func row(_ title: String, _ column: AuditColumn?) -> [String] {
            [title]
                + [Finding.Severity.doubtful, .invalid].flatMap { severity -> [String] in
                    let count = alarms.count(severity, by: column)
                    let share = Double(count) / Double(max(1, alarms.runCount))
                    return [
                        "\(count)", percentage(share),
                        alarms.upperBound(severity, by: column).map(percentage) ?? "—",
                    ]
                }
        }
        return SelftestTable(
            heading: "False alarms",
            title:
                "False alarms on \(alarms.runCount.counted("clean run")): how many are called doubtful or worse, and invalid, "
                + "with the 95 % upper bound of the share (Clopper–Pearson, one-sided).",
            header: ["audit", "doubtful", "share", "at most", "invalid", "share", "at most"], textColumnCount: 1,
            rows: AuditColumn.all.map { row($0.title, $0) } + [row("any audit", nil)])
    }

    private func percentage(_ share: Double) -> String { "\((share * 100).fixed(2)) %" }

    private var conclusions: [String] {
        let missed = result.outcomes.filter { !$0.isCaught }.map(\.fault.identifier)
        let alarms = result.falseAlarms
        let limit = percentage(FalseAlarms.largestDoubtfulShare)
        return [
            "Faults caught at their largest size by an audit that should: \(result.outcomes.count - missed.count) of "
                + "\(result.outcomes.count)"
                + (missed.isEmpty ? "." : "; not caught: \(missed.joined(separator: ", "))."),
            "Of \(alarms.runCount.counted("clean run")) \(alarms.count(.invalid, by: nil)) are called invalid (none may be) and "
                + "\(alarms.count(.doubtful, by: nil)) doubtful or worse (\(limit) may be).",
            result.isPassed ? "The self-test is passed." : "The self-test is failed.",
        ]
    }
}

/// A table that is printed in both formats.
private struct SelftestTable {
    /// Of a section of its own in the documentation.
    var heading: String?
    let title: String
    let header: [String]
    let textColumnCount: Int
    let rows: [[String]]

    var textLines: [String] {
        var table = TextTable(header: header, textColumnCount: textColumnCount)
        for row in rows { table.append(row) }
        return table.lines()
    }

    var markdown: Markdown {
        var table = MarkdownTable(
            header.enumerated().map { (Markdown(escaping: $1), $0 < textColumnCount ? .left : .right) })
        for row in rows {
            table.append(
                row.enumerated().map { $0 == 0 ? Markdown(verbatim: Markdown.code($1)) : Markdown(escaping: $1) })
        }
        return table.markdown
    }
}
