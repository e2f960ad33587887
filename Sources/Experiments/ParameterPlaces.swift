/// Where the parameters of a declaration's cells are written, so that a complaint about one points at its own line.
struct ParameterPlaces {
    /// The mapping under `fixed`, if there is one.
    let fixed: SourceNode?
    /// The mapping under `factors`, if there is one; read without a problem.
    let factorsNode: SourceNode?
    /// What was read from it, in its order.
    let factors: [Factor]

    /// The key that gives the cell the parameter: fixed, a factor, or under 'with' at one of the cell's levels.
    func position(of name: String, in cell: Cell) -> SourcePosition? {
        if let key = (Self.entries(fixed) + Self.entries(factorsNode)).first(where: { Self.isKey($0, name) }) {
            return key.key.position
        }
        for (factor, entry) in zip(factors, Self.entries(factorsNode)) {
            guard case .sequence(let elements) = entry.value.content else { continue }
            for (level, element) in zip(factor.levels, elements)
            where cell.choices.contains(LevelChoice(factor: factor.name, label: level.label)) {
                let with = Self.entries(element).first { Self.isKey($0, "with") }?.value
                if let key = Self.entries(with).first(where: { Self.isKey($0, name) }) { return key.key.position }
            }
        }
        return nil
    }

    private static func entries(_ node: SourceNode?) -> [SourceNode.Entry] {
        guard case .mapping(let entries) = node?.content else { return [] }
        return entries
    }

    private static func isKey(_ entry: SourceNode.Entry, _ name: String) -> Bool {
        guard case .scalar(let text, _) = entry.key.content else { return false }
        return text == name
    }
}
