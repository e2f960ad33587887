extension Declaration {
    /// The most cells that the factors' cross product may have, before exclusions.
    public static let cellMaximum = 1_000
    /// The most trials that a profile may have in all.
    public static let trialMaximum = 10_000

    /// The cross product of the factors less the exclusions, in order: the last factor varies fastest. One cell
    /// without choices where nothing is varied.
    public var cells: [Cell] {
        var combinations: [[(choice: LevelChoice, parameters: [Parameter])]] = [[]]
        for factor in factors {
            combinations = combinations.flatMap { combination in
                factor.levels.map { level in
                    let own = Parameter(name: factor.name, value: level.value)
                    return combination + [(LevelChoice(factor: factor.name, label: level.label), [own] + level.with)]
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
                index: index, choices: combination.map(\.choice), parameters: fixed + combination.flatMap(\.parameters))
        }
    }
}

extension Cell {
    /// Whether the cell has one of the labels selected for each factor that the selection names.
    public func matches(_ selection: [String: [String]]) -> Bool {
        choices.allSatisfy { choice in selection[choice.factor].map { $0.contains(choice.label) } ?? true }
    }
}

extension Cell {
    /// Whether the bundled simulator runs the cell in virtual time; of another program nothing is known.
    ///
    /// - Parameter program: As in ``Plan/program``.
    public func isVirtual(of program: String) -> Bool {
        program == Program.systemSimulator.text && SimulatorParameters.isVirtual(parameters)
    }

    /// Whether the bundled simulator's load is a closed loop in the cell, where no request is ever due; of another
    /// program nothing is known.
    ///
    /// - Parameter program: As in ``Plan/program``.
    func isClosedLoop(of program: String) -> Bool {
        program == Program.systemSimulator.text && !SimulatorParameters.isOpenLoop(parameters)
    }
}
