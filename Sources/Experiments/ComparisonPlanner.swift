import Randomness

// A comparison is an experiment with one factor more, the side: it is stored, resumed, audited and analysed like any other.
// What differs is the order. The sides of a cell run right after each other, in an order drawn for each block, so that what
// the machine does at that moment it does to all of them; and all of a block share one seed, so that they draw the same
// delays (Planner.swift).

/// Plans comparisons: the same declaration, sides and seed always give the same plan.
public struct ComparisonPlanner: Sendable {
    private let declaration: Declaration
    private let baseline: SideProgram
    private let candidate: SideProgram
    /// The sides in the order of the cells; without the control where none is asked for.
    public let sides: [Side]

    /// - Parameter hasControl: Whether the baseline runs a second time in each block.
    public init(_ declaration: Declaration, baseline: SideProgram, candidate: SideProgram, hasControl: Bool) {
        self.declaration = declaration
        self.baseline = baseline
        self.candidate = candidate
        sides = hasControl ? Side.allCases : [.baseline, .candidate]
    }

    /// What the name of a comparison's results ends in.
    public static let suffix = "-comparison"

    /// The cells: the declaration's, once for each side, the sides of one cell beside each other.
    public var cells: [Cell] {
        var cells: [Cell] = []
        for cell in declaration.cells {
            for side in sides {
                var sided = cell.running(side == .candidate ? candidate : baseline)
                sided.index = cells.count
                sided.choices.insert(LevelChoice(factor: Side.factorName, label: side.rawValue), at: 0)
                cells.append(sided)
            }
        }
        return cells
    }

    /// What is wrong with the parameters of the sides, as a sentence; nil if nothing is.
    public var complaint: String? {
        for (side, own) in [(Side.baseline, baseline), (.candidate, candidate)] {
            for parameter in own.parameters {
                if let factor = declaration.factors.first(where: { $0.name == parameter.name }) {
                    return
                        "'\(factor.name)' is varied by the declaration, so no side can set it; leave it out, or compare "
                        + "under a declaration that fixes it"
                }
                guard !isGiven(parameter.name) else {
                    return
                        "the \(side.rawValue) sets \(parameter.name.quoted), which both sides are given alike; leave it out, or "
                        + "compare under a declaration or profile that has another"
                }
                let taken = declaration.program.command?.placeholders.filter { !isGiven($0) }
                if let taken, !taken.contains(parameter.name) {
                    return "the \(side.rawValue) sets \(parameter.name.quoted), which no word of the command takes"
                        + NearestName.advice(for: parameter.name, among: taken.sorted())
                }
                guard declaration.program == .systemSimulator else { continue }
                guard SimulatorParameters.names.contains(parameter.name) else {
                    return "the \(side.rawValue) sets \(parameter.name.quoted), which system-simulator does not take"
                        + NearestName.advice(for: parameter.name, among: SimulatorParameters.names)
                }
                if let complaint = SimulatorParameters.complaint(about: parameter.value, of: parameter.name) {
                    return "the \(side.rawValue): \(complaint)"
                }
            }
        }
        guard declaration.program == .systemSimulator else { return nil }
        for cell in cells {
            if let complaint = SimulatorParameters.complaint(aboutTogether: cell.parameters) {
                return "the \(cell.choices[0].label): \(complaint.sentence(cellTitle: nil))"
            }
        }
        return nil
    }

    /// Whether the schedule or the harness gives it, so that a side's value would reach no program.
    private func isGiven(_ name: String) -> Bool {
        let isPlaceholder = declaration.program.command != nil && ProgramCommand.Placeholder(rawValue: name) != nil
        return isPlaceholder || SimulatorParameters.reserved.contains(name)
    }

    /// Plans so many pairs of each cell; the session ends when it knows enough.
    public func plan(pairs: Int, profile: String, seed: UInt64, digest: String) throws(UnknownProfile) -> Plan {
        guard var schedule = declaration.schedules[profile] else {
            throw UnknownProfile(
                experiment: declaration.name, profile: profile, known: declaration.schedules.keys.sorted())
        }
        schedule.trials = pairs
        let cells = cells
        let sideCount = sides.count
        var trials: [PlannedTrial] = []
        trials.reserveCapacity(pairs * cells.count)
        for block in 0..<pairs {
            var order = RandomStream(seed: seed, name: "\(declaration.name)/pair/\(block)/order")
            var seeds = RandomStream(seed: seed, name: "\(declaration.name)/pair/\(block)/seed")
            let trialSeed = Planner.trialSeed(from: &seeds)
            for group in Planner.shuffled(0..<(cells.count / sideCount), with: &order) {
                for place in Planner.shuffled(0..<sideCount, with: &order) {
                    let cellIndex = group * sideCount + place
                    trials.append(
                        PlannedTrial(
                            identifier: Planner.identifier(block: block, cellIndex: cellIndex), order: trials.count,
                            block: block, cellIndex: cellIndex, seed: trialSeed))
                }
            }
        }
        return Plan(
            experiment: declaration.name + Self.suffix, profile: profile, seed: seed, declarationDigest: digest,
            program: declaration.program.text, schedule: schedule, cells: cells, trials: trials,
            command: declaration.program.command, observers: declaration.observers)
    }
}
