import TraceModel

// An observer watches the program's probes from outside while the program writes its own trace, so that the two can be held
// against each other: where they agree, neither the recorder nor the tracer made the figures up. Which observers watch a cell
// is said by the parameter `observer`, which is the harness's and is never passed to the program; so it can be a factor.

/// A script of an outside tracer (bpftrace) that an experiment may have watch its program.
public struct Observer: Sendable, Equatable, Codable {
    /// As in `by-thread`: unique in the declaration, and part of the names of the files that it leaves.
    public var name: String
    /// The script's file, relative to the declaration's folder.
    public var script: String
    /// The script as it was when the declaration was read; empty where its file was not asked for.
    public var text: String
    /// What it pairs starts and dones by; nil where it pairs nothing, but counts or prints.
    public var pairing: PairingKey?

    public init(name: String, script: String, text: String, pairing: PairingKey?) {
        self.name = name
        self.script = script
        self.text = text
        self.pairing = pairing
    }

    /// The parameter that says who watches a cell: `none`, the name of an observer, or names joined by ` + `.
    public static let parameter = "observer"
    /// Its value where nobody watches.
    public static let nobody = "none"

    /// The names in a value of the parameter, in the order written.
    static func names(in value: String) -> [String] {
        value == nobody
            ? [] : value.split(separator: "+", omittingEmptySubsequences: false).map { String($0).trimmingBlanks }
    }
}

extension Cell {
    /// The parameters that the program is told.
    public var parametersOfProgram: [Parameter] { parameters.filter { $0.name != Observer.parameter } }

    /// Who watches the cell, by name.
    public var observerNames: [String] {
        parameters.first { $0.name == Observer.parameter }.map { Observer.names(in: $0.value) } ?? []
    }
}

extension Plan {
    /// The observers that watch a cell, in the order in which its parameter names them.
    public func observers(of cell: Cell) -> [Observer] {
        cell.observerNames.compactMap { name in observers.first { $0.name == name } }
    }
}
