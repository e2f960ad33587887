import Analysis
import Auditing
import Experiments
import Pairing
import Quantities
import TraceModel

/// What `assay trace summary` prints of one trace: what the file is, how far to trust it, counts, stages and the
/// log's own summary with its histograms, by request and, but for virtual time, by thread.
public struct TraceReport: Sendable, Equatable {
    /// Lines that end in a line feed.
    public let text: String

    /// - Parameter columns: What lines are to fit into, as far as their words and histograms allow; nil for as many as they take.
    public init(of trace: TraceSummary, columns: Int? = nil) {
        var trace = trace
        let stageCount = trace.stages.count
        trace.stages.removeAll(where: Self.isEmpty)
        let blocks = [
            Self.header(of: trace, columns), Self.parameters(of: trace, columns), Self.findings(of: trace, columns),
            Self.counts(of: trace), Self.stages(of: trace, isCut: trace.stages.count < stageCount, columns),
            TracePercentiles(of: trace.stages, columns: columns).lines, Self.pairing(of: trace, columns),
            Self.logSummaries(of: trace),
        ]
        text = blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
    }

    /// Whether nothing of the stage happened in the window, or nothing of that part of its requests.
    private static func isEmpty(_ stage: StageSummary) -> Bool {
        stage.pooled == nil && (stage.subset != .all || stage.counts == PairingCounts())
    }

    private static func header(of trace: TraceSummary, _ columns: Int?) -> [String] {
        let events = trace.eventCounts.values.reduce(0, +)
        let clock = trace.clock == .virtual ? " of virtual time" : ""
        let duration = trace.elapsedNanoseconds.map { " in \(seconds($0))\(clock)" } ?? ""
        let lost = trace.isImported ? "missing from the import" : "dropped by the recorder"
        let dropped = trace.droppedEvents.map { "\($0.counted("event")) \(lost)" }
        var lines = [
            PlainText.singleLine(trace.fileName),
            "  \(events.counted("event"))\(duration); \(dropped ?? "drops not recorded in the trace")",
            "  \(PlainText.singleLine(trace.ending))",
        ]
        if let window = trace.window {
            lines.append(
                "  Measured: \(seconds(window.measuredNanoseconds)); first event "
                    + "\(seconds(window.warmUpNanoseconds)) before the window."
            )
        } else {
            lines.append("  No measurement-start marker: the whole trace is taken as measured, warm-up included.")
        }
        if trace.clock == .virtual {
            lines.append("  Virtual time: no clock, process, thread or CPU of the machine is in the trace.")
            lines.append(
                "  One OS thread ran everything: nothing is shown by thread, where all would be joined to strangers.")
        }
        let wrapped = lines.dropFirst().map { String($0.dropFirst(2)) } + trace.problems.map { "Problem: \($0)" }
        return [lines[0]]
            + wrapped.flatMap { PlainText.wrapped($0, columns: columns, indent: "  ", further: "    ") }
    }

    private static func seconds(_ nanoseconds: Int64) -> String {
        Scale.seconds.text(nanoseconds: Double(nanoseconds), decimals: 3)
    }

    /// The widest line of parameters, where nothing else says how wide one may be.
    private static let parameterColumns = 100

    private static func parameters(of trace: TraceSummary, _ columns: Int?) -> [String] {
        switch trace.parameters {
        case .text(""), .named([]): return []
        case .text(let text):
            let cut = PlainText.singleLine(text, atMost: 4 * parameterColumns)
            return ["Parameters"] + PlainText.wrapped(cut, columns: columns, indent: "  ")
        case .named(let parameters):
            var lines: [String] = []
            for (index, parameter) in parameters.enumerated() {
                // A value may hold commas.
                let end = index == parameters.count - 1 ? "" : ";"
                let text = PlainText.singleLine("\(parameter.name) \(parameter.value)\(end)")
                if let last = lines.last, last.count + 1 + text.count <= columns ?? parameterColumns {
                    lines[lines.count - 1] += " " + text
                } else {
                    lines.append("  " + text)
                }
            }
            return ["Parameters"] + lines
        }
    }

    private static func findings(of trace: TraceSummary, _ columns: Int?) -> [String] {
        let unapplied =
            trace.unapplied.isEmpty
            ? [] : PlainText.wrapped(UnappliedText.line(trace.unapplied), columns: columns, further: "  ")
        guard !trace.findings.isEmpty else { return ["Findings: none"] + unapplied }
        // What concerns the true pairing comes first: that the other one is wrong is seldom news.
        let byThread = trace.findings.filter { $0.subject == PairingKey.thread.title }
        let ordered = trace.findings.filter { $0.subject != PairingKey.thread.title } + byThread
        return ["Findings"]
            + ordered.enumerated().flatMap { index, finding in
                let subject = finding.subject.map { ", \($0)" } ?? ""
                let head = "\(index + 1). \(finding.severity.rawValue)\(subject), \(finding.audit)"
                return PlainText.wrapped(
                    "\(head): \(finding.sentence)", columns: columns, indent: "  ", further: "     ")
                    + PlainText.wrapped("Remedy: \(finding.remedy)", columns: columns, indent: "     ")
            } + unapplied
    }

    private static func counts(of trace: TraceSummary) -> [String] {
        let inWindow = trace.window.map(\.eventCounts)
        var table = TextTable(
            header: ["event", "in the trace"] + (inWindow == nil ? [] : ["in the window"]), textColumnCount: 1)
        for kind in EventKind.allCases where kind != .requestDue || trace.eventCounts[kind] != nil {
            let isMarker = kind == .measurementStart || kind == .measurementEnd
            let window = inWindow.map { isMarker ? FigureColumn.absent : String($0[kind] ?? 0) }
            table.append([kind.name, String(trace.eventCounts[kind] ?? 0)] + (window.map { [$0] } ?? []))
        }
        return ["Events"] + table.lines()
    }

    private static func stages(of trace: TraceSummary, isCut: Bool, _ columns: Int?) -> [String] {
        guard !trace.stages.isEmpty else { return [] }
        let figures = StageTable(trace.stages, basis: .pooled)
        var table = TextTable(header: ["stage", "requests", "pairing"] + figures.header, textColumnCount: 3)
        for (stage, row) in zip(trace.stages, figures.rows) {
            table.append([stage.stage.rawValue, stage.subset.title, stage.pairing.title] + row)
        }
        let shown = Set(trace.stages.map(\.stage))
        let cut = isCut ? "; stages and parts of which the window has none are left out" : ""
        let title =
            "Stages (one process, so that nothing is known of the spread between processes; —: none, or too few durations to say"
            + "\(cut))"
        let assumption =
            shown.isSuperset(of: [.request, .response])
            ? PlainText.wrapped(OpenLoop.assumption(), columns: columns, indent: "  ") : []
        return PlainText.wrapped(title, columns: columns, further: "  ") + table.lines(columns: columns) + assumption
    }

    private static func pairing(of trace: TraceSummary, _ columns: Int?) -> [String] {
        let whole = trace.stages.filter { $0.subset == .all }
        guard !whole.isEmpty else { return [] }
        var table = TextTable(header: ["stage", "pairing"] + PairingColumn.all.map(\.title), textColumnCount: 2)
        for stage in whole {
            table.append(
                [stage.stage.rawValue, stage.pairing.title]
                    + PairingColumn.all.map { String(stage.counts[keyPath: $0.count]) })
        }
        return ["Pairing"] + table.lines(columns: columns)
    }

    private static func logSummaries(of trace: TraceSummary) -> [String] {
        let lines = LogSummary.stages.compactMap { stage -> [String]? in
            let found = trace.stages.filter { $0.stage == stage && $0.subset == .all && $0.pooled != nil }
            return found.isEmpty ? nil : LogSummary(found).lines
        }
        return Array(lines.joined(separator: [""]))
    }
}
