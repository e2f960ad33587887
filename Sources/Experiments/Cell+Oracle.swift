extension Cell {
    /// The cell as the bundled simulator runs it in virtual time, where it shows what there is to find and nothing of the
    /// machine: without what says how real time is spent. Its index stays.
    ///
    /// - Parameter program: As in ``Plan/program``.
    /// - Returns: Nil where there is no such cell: it runs in virtual time already, or the program is another one, of
    ///   which nothing is known, or one side of a comparison, which the other side is held against.
    public func oracle(of program: String) -> Cell? {
        guard self.program == nil, program == Program.systemSimulator.text, !isVirtual(of: program) else { return nil }
        let ofRealTime = ["clock", "runtime", "workers", "spin", Observer.parameter]
        var cell = self
        cell.parameters.removeAll { ofRealTime.contains($0.name) }
        cell.parameters.append(Parameter(name: "clock", value: "virtual"))
        return cell
    }
}

extension Plan {
    /// How many of the trials have an oracle: the same declaration, seed and schedule in virtual time.
    public var oracleCount: Int {
        let indices = Set(cells.filter { $0.oracle(of: program) != nil }.map(\.index))
        return trials.count { indices.contains($0.cellIndex) }
    }
}
