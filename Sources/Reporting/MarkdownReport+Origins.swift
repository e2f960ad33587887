import Analysis
import Archiving
import Experiments
import Quantities
import Statistics
import TraceModel

extension MarkdownReport {
    // MARK: Provenance

    var provenance: [Markdown] {
        let plan = summary.plan
        var run = MarkdownTable([("Run", .left), ("", .left)])
        let schedule = plan.schedule
        run.append(["experiment", "\(code: plan.experiment)"])
        run.append(["profile", "\(code: plan.profile)"])
        run.append(["program", "\(code: plan.program)"])
        run.append(["seed", "\(code: String(plan.seed))"])
        run.append(["declaration (SHA-256)", "\(code: plan.declarationDigest)"])
        run.append(["first trial started", "\(summary.startedAt ?? "never")"])
        run.append(["trials a cell", "\(schedule.trials)"])
        if let command = plan.command { run.append(["metrics", "\(code: command.source.rawValue)"]) }
        if plan.isScheduled {
            run.append(["warm-up", "\(PlainText.length(nanoseconds: schedule.warmUpNanoseconds))"])
            run.append(["measured", "\(PlainText.length(nanoseconds: schedule.measureNanoseconds))"])
        }
        run.append(["time limit", "\(PlainText.length(nanoseconds: schedule.timeLimitNanoseconds))"])
        run.append(["retries of a failed trial", "\(schedule.retries)"])
        for parameter in summary.declaration.fixed {
            run.append([
                "\(code: plan.command == nil ? "--" + parameter.name : parameter.name)", "\(code: parameter.value)",
            ])
        }
        return ["## Provenance", run.markdown] + machines + [order, "### To reproduce"] + reproduction
    }

    private var machines: [Markdown] {
        let provenances = summary.provenances
        guard !provenances.isEmpty else { return ["No trial left a record of where it ran."] }
        let columns = provenances.indices.map { "\(provenances.count == 1 ? "" : String($0 + 1))" as Markdown }
        var table = MarkdownTable([("Machine and build", .left)] + columns.map { ($0, .left) })
        for (title, text) in Self.provenanceRows {
            table.append(["\(title)"] + provenances.map { "\(text($0) ?? "unknown")" })
        }
        return [table.markdown]
    }

    private static var provenanceRows: [(title: String, text: (Provenance) -> String?)] {
        [
            (
                "revision",
                { provenance in
                    let suffix =
                        switch provenance.revisionIsModified {
                        case true?: ", with uncommitted changes"
                        case false?: ""
                        case nil: ", changes unknown"
                        }
                    return provenance.revision.map { $0 + suffix }
                }
            ),
            ("program (SHA-256)", \.binaryDigest), ("toolchain", \.toolchain), ("host", \.host), ("kernel", \.kernel),
            ("processor", \.processorModel), ("processors", { $0.processorCount.map(String.init) }),
        ]
    }

    /// The order in which the cells ran, block by block.
    private var order: Markdown {
        let trials = summary.plan.trials.sorted { $0.order < $1.order }
        var lines: [String] = []
        var block: Int?
        for trial in trials {
            if trial.block != block {
                block = trial.block
                lines.append("block \(trial.block): cells")
            }
            lines[lines.count - 1] += " \(trial.cellIndex)"
        }
        let cells = summary.plan.cells.map { "cell \($0.index): \(PlainText.singleLine($0.title))" }
        return .details(summary: "The order of the \(trials.count.counted("trial"))", [.fenced(cells + [""] + lines)])
    }

    private var reproduction: [Markdown] {
        let plan = summary.plan
        let file = ShellText.quoted("Experiments/\(summary.declaration.name).yaml")
        let command = "assay run \(file) --profile \(ShellText.quoted(plan.profile)) --seed \(plan.seed)"
        return [
            .fenced([command]),
            "The seed gives the same trials in the same order with the same drawn delays; measured times differ.",
        ]
    }
}

/// Words as a POSIX shell reads them back.
enum ShellText {
    /// The word itself where no character of it is special, else in single quotes.
    static func quoted(_ word: String) -> String {
        let line = PlainText.singleLine(word)
        let isPlain =
            !line.isEmpty && line.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_./:=@%+,".contains($0)) }
        guard !isPlain else { return line }
        return "'" + line.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}
