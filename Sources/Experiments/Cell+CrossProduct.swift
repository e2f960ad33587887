extension Declaration {
    /// The most cells that the factors' cross product may have, before exclusions.
    public static let cellMaximum = 1_000
    /// The most trials that a profile may have in all.
    public static let trialMaximum = 10_000

    /// The cross product of the factors less the exclusions, in order: the last factor varies fastest. One cell
    /// without choices where nothing is varied.
    public var cells: [Cell] {
        var combinations: [[(choice: LevelChoice, value: String)]] = [[]]
        for factor in factors {
            combinations = combinations.flatMap { combination in
                factor.levels.map { level in
                    combination + [(LevelChoice(factor: factor.name, label: level.label), level.value)]
                }
            }
        }
        let kept = combinations.filter { combination in
            !exclusions.contains { exclusion in
                exclusion.allSatisfy { wanted in combination.contains { $0.choice == wanted } }
            }
        }
        return kept.enumerated().map { index, combination in
            Cell(
                index: index, choices: combination.map(\.choice),
                parameters: fixed + combination.map { Parameter(name: $0.choice.factor, value: $0.value) })
        }
    }
}

extension Cell {
    /// Whether the cell has one of the labels selected for each factor that the selection names.
    public func matches(_ selection: [String: [String]]) -> Bool {
        choices.allSatisfy { choice in selection[choice.factor].map { $0.contains(choice.label) } ?? true }
    }
}
