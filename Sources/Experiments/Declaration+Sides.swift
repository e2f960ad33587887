extension Plan {
    /// The sides that the plan compares, in the order of its cells; empty where it is of an ordinary experiment.
    public var sides: [Side] {
        var sides: [Side] = []
        for cell in cells {
            guard let choice = cell.choices.first, choice.factor == Side.factorName,
                let side = Side(rawValue: choice.label)
            else { return [] }
            if !sides.contains(side) { sides.append(side) }
        }
        return sides
    }
}

extension Declaration {
    /// The declaration as the run of a plan sees it. In a comparison the side is its first factor, and it has no hypotheses,
    /// which speak of one program.
    public func asRun(by plan: Plan) -> Declaration {
        let sides = plan.sides
        guard !sides.isEmpty else { return self }
        var sided = self
        sided.name = plan.experiment
        sided.factors = [Factor(name: Side.factorName, levels: sides.map { Level(value: $0.rawValue) })] + factors
        sided.hypotheses = []
        sided.reference = nil
        return sided
    }
}
