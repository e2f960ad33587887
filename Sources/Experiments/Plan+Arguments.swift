import Quantities

extension Plan {
    /// The exact argument list of a trial's program, without the program itself.
    ///
    /// A command is told what its words say. Any other program is told `--name value` for each parameter in the cell's
    /// order, then what the schedule gives, then `--json`.
    ///
    /// - Parameters:
    ///   - cell: The trial's own, or its oracle.
    ///   - tracePath: Where the program is to write its trace.
    ///   - directory: What `{directory}` stands for.
    public func arguments(
        of trial: PlannedTrial, cell: Cell, tracePath: String, directory: String
    ) -> [String] {
        precondition(
            cell.index == trial.cellIndex, "trial \(trial.identifier) given the arguments of cell \(cell.index)")
        let warmUp = Duration.nanoseconds(schedule.warmUpNanoseconds).text
        let measure = Duration.nanoseconds(schedule.measureNanoseconds).text
        guard let command else {
            let parameters = cell.parametersOfProgram.flatMap { ["--\($0.name)", $0.value] }
            return parameters + [
                "--warm-up", warmUp, "--measure", measure, "--seed", String(trial.seed), "--trace", tracePath, "--json",
            ]
        }
        return command.arguments { name in
            switch ProgramCommand.Placeholder(rawValue: name) {
            case .trace: tracePath
            case .seed: String(trial.seed)
            case .warmUp: warmUp
            case .measure: measure
            case .directory: directory
            case nil: cell.parameters.first { $0.name == name }?.value
            }
        }
    }
}
