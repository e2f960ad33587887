/// One side of a comparison.
public enum Side: String, Sendable, Equatable, Hashable, CaseIterable, Codable {
    /// What there was.
    case baseline
    /// What is to be judged.
    case candidate
    /// The baseline once more, in the same blocks: what it seems to differ by is this machine's noise.
    case control

    /// The factor that tells the sides apart in a comparison's plan.
    public static let factorName = "side"
}

extension Plan {
    /// The plan with another program, or other parameters, in every cell.
    public func running(_ side: SideProgram) -> Plan {
        var plan = self
        plan.cells = cells.map { $0.running(side) }
        return plan
    }
}

extension Cell {
    /// The cell as a side runs it: its parameters in their order with the side's values, and those that it does not have last.
    func running(_ side: SideProgram) -> Cell {
        var cell = self
        cell.program = side.program
        let own = side.parameters
        cell.parameters = parameters.map { parameter in own.last { $0.name == parameter.name } ?? parameter }
        cell.parameters += own.filter { parameter in !parameters.contains { $0.name == parameter.name } }
        return cell
    }
}

/// What one side of a comparison runs.
public struct SideProgram: Sendable, Equatable {
    /// As the user named it: a program, a revision, or parameters.
    public var label: String
    /// The absolute path of its program.
    public var program: String
    /// The full hash of the commit that the program was built from; nil where it was not built for the comparison.
    public var revision: String?
    /// Parameters that stand in place of the declaration's.
    public var parameters: [Parameter]

    public init(label: String, program: String, revision: String? = nil, parameters: [Parameter] = []) {
        self.label = label
        self.program = program
        self.revision = revision
        self.parameters = parameters
    }
}
