// A plan that was stored by this package is sound. One that was damaged or edited by hand may not be, and what is
// computed from it would then be wrong, or crash, far from the cause: so all that others rely on is checked on reading.

import Experiments

/// Finds where a stored plan contradicts itself.
enum PlanCheck {
    /// The first contradiction, as the end of a sentence that begins with "it"; nil in a sound plan.
    static func contradiction(in plan: Plan) -> String? {
        contradictionInNames(plan) ?? contradictionInSchedule(plan.schedule, of: plan.command) ?? contradictionInCells(
            plan)
            ?? contradictionInTrials(plan)
    }

    private static func contradictionInNames(_ plan: Plan) -> String? {
        if !RunArchive.isFit(plan.experiment) { return "names the experiment '\(plan.experiment)'" }
        if !RunArchive.isFit(plan.profile) { return "names the profile '\(plan.profile)'" }
        var names: Set<String> = []
        for trial in plan.trials {
            if !RunArchive.isFit(trial.identifier) { return "names a trial '\(trial.identifier)'" }
            if !names.insert(trial.identifier).inserted { return "names two trials \(trial.identifier)" }
        }
        return nil
    }

    private static func contradictionInSchedule(_ schedule: Schedule, of command: ProgramCommand?) -> String? {
        if schedule.trials < 1 { return "plans \(schedule.trials) trials of each cell" }
        if schedule.retries < 0 { return "plans \(schedule.retries) retries" }
        if schedule.timeLimitNanoseconds < 1 { return "plans a time limit of \(schedule.timeLimitNanoseconds) ns" }
        if schedule.warmUpNanoseconds < 0 { return "plans to warm up for \(schedule.warmUpNanoseconds) ns" }
        // A command may take no window.
        if schedule.measureNanoseconds < (command == nil ? 1 : 0) {
            return "plans to measure for \(schedule.measureNanoseconds) ns"
        }
        return nil
    }

    private static func contradictionInCells(_ plan: Plan) -> String? {
        if let command = plan.command, command.words.isEmpty { return "plans a command without words" }
        if plan.cells.isEmpty { return "plans no cell" }
        for (index, cell) in plan.cells.enumerated() where cell.index != index {
            return "numbers cell \(index) as \(cell.index)"
        }
        return nil
    }

    /// Each cell runs once in each block, and the order tells each trial its place.
    private static func contradictionInTrials(_ plan: Plan) -> String? {
        let (blocks, cells) = (plan.schedule.trials, plan.cells.count)
        let (expected, overflows) = blocks.multipliedReportingOverflow(by: cells)
        if overflows || plan.trials.count != expected {
            return "holds \(plan.trials.count) trials, not \(blocks) of each of \(cells) cells"
        }
        var isPlanned = [Bool](repeating: false, count: expected)
        for trial in plan.trials {
            guard plan.cells.indices.contains(trial.cellIndex) else {
                return "places \(trial.identifier) in cell \(trial.cellIndex), which it does not have"
            }
            guard (0..<blocks).contains(trial.block) else {
                return "places \(trial.identifier) in block \(trial.block), which it does not have"
            }
            let place = trial.block * cells + trial.cellIndex
            if isPlanned[place] { return "plans cell \(trial.cellIndex) twice in block \(trial.block)" }
            isPlanned[place] = true
        }
        for (place, order) in plan.trials.map(\.order).sorted().enumerated() where order != place {
            return "orders a trial as number \(order) where number \(place) should be"
        }
        return nil
    }
}
