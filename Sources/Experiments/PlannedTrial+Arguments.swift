import Quantities

extension PlannedTrial {
    /// The exact argument list of the trial's program, without the program itself: `--name value` for each parameter
    /// in the cell's order but for ``Observer/parameter``, then what the schedule gives, then `--json`.
    ///
    /// - Parameter tracePath: Where the program is to write its trace.
    public func arguments(schedule: Schedule, cell: Cell, tracePath: String) -> [String] {
        precondition(cell.index == cellIndex, "trial \(identifier) given the arguments of cell \(cell.index)")
        let parameters = cell.parametersOfProgram.flatMap { ["--\($0.name)", $0.value] }
        return parameters + [
            "--warm-up", Duration.nanoseconds(schedule.warmUpNanoseconds).text,
            "--measure", Duration.nanoseconds(schedule.measureNanoseconds).text,
            "--seed", String(seed), "--trace", tracePath, "--json",
        ]
    }
}
