import Analysis
import Experiments
import Quantities

/// What `assay plan` prints: what would run, in which order, and about how long it would take.
public struct PlanReport: Sendable, Equatable {
    /// Lines that end in a line feed.
    public let text: String

    /// - Parameter estimate: How long the trials on the wall clock take if none fails.
    public init(of plan: Plan, estimate: Duration) {
        let blocks = [Self.header(of: plan, estimate: estimate), Self.cells(of: plan), Self.trials(of: plan)]
        text = blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
    }

    private static func header(of plan: Plan, estimate: Duration) -> [String] {
        let schedule = plan.schedule
        let texts = [schedule.warmUpNanoseconds, schedule.measureNanoseconds, schedule.timeLimitNanoseconds].map {
            PlainText.length(nanoseconds: $0)
        }
        return [
            "\(PlainText.singleLine(plan.experiment)), profile \(PlainText.singleLine(plan.profile)), seed \(plan.seed)",
            "  program      \(PlainText.singleLine(plan.program))",
        ] + observers(of: plan) + [
            "  declaration  SHA-256 \(PlainText.singleLine(plan.declarationDigest))",
            "  each trial   "
                + (plan.isScheduled ? "\(texts[0]) of warm-up, \(texts[1]) measured, ended" : "its work, ended")
                + " after \(texts[2]); \(schedule.retries == 1 ? "1 retry" : "\(schedule.retries) retries") if it fails",
        ] + (plan.command.map { ["  metrics      \($0.source.rawValue)"] } ?? []) + total(of: plan, estimate: estimate)
    }

    private static func observers(of plan: Plan) -> [String] {
        guard !plan.observers.isEmpty else { return [] }
        let names = plan.observers.map { "\(PlainText.singleLine($0.name)) (\(PlainText.singleLine($0.script)))" }
        return ["  observers    \(names.joined(separator: ", "))"]
    }

    /// How many trials there are and how long they take, as far as that is known.
    private static func total(of plan: Plan, estimate: Duration) -> [String] {
        let count = "  in all       \(plan.trials.count.counted("trial")) of \(plan.cells.count.counted("cell"))"
        guard plan.isScheduled else { return ["\(count), as long as their work takes"] }
        let wallText = "about \(estimate.spoken)"
        let indent = String(repeating: " ", count: 15)
        let basis = "\(indent)(an estimate: warm-up, measurement and start of every trial, without retries)"
        let virtualCount = plan.virtualTrialCount
        let oracles =
            plan.oracleCount == 0
            ? [] : ["\(indent)and \(plan.oracleCount) in virtual time as the oracle, as long as their work takes"]
        guard virtualCount > 0 else { return ["\(count), \(wallText)"] + oracles + [basis] }
        let wallCount = plan.trials.count - virtualCount
        guard wallCount > 0 else { return ["\(count), in virtual time: as long as their work takes"] }
        let counts = [
            "\(count): \(wallCount) on the wall clock, \(wallText);",
            "\(indent)\(virtualCount) in virtual time, as long as their work takes",
        ]
        return counts + oracles + [basis.replacing("every trial", with: "each on the wall clock")]
    }

    private static func cells(of plan: Plan) -> [String] {
        guard !plan.cells.isEmpty else { return ["Cells: none"] }
        let factors = plan.cells[0].choices.map(\.factor)
        var table = TextTable(header: ["cell"] + factors + ["parameters"], textColumnCount: factors.count + 2)
        for cell in plan.cells {
            let parameters = cell.parametersOfProgram.map { parameter in
                // How a command is told, its words say.
                let value = ShellText.quoted(parameter.value)
                return plan.command == nil ? "--\(parameter.name) \(value)" : "\(parameter.name)=\(value)"
            }.joined(separator: " ")
            table.append(
                [String(cell.index)] + factors.map { cell.label(of: $0) ?? FigureColumn.absent } + [parameters])
        }
        return ["Cells"] + table.lines()
    }

    private static func trials(of plan: Plan) -> [String] {
        guard !plan.trials.isEmpty else { return ["Trials: none"] }
        let titles = Dictionary(plan.cells.map { ($0.index, $0.title) }, uniquingKeysWith: { first, _ in first })
        var table = TextTable(header: ["order", "trial", "seed", "cell"], textColumnCount: 4)
        for trial in plan.trials.sorted(by: { $0.order < $1.order }) {
            table.append([
                String(trial.order), trial.identifier, String(trial.seed),
                titles[trial.cellIndex] ?? "cell \(trial.cellIndex)",
            ])
        }
        return ["Trials, in the order of running"] + table.lines()
    }
}
