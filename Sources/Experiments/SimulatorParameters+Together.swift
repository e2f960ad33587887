import Quantities
import Randomness

// What the program would refuse, trial by trial, is refused before anything runs; so is what it would leave without
// effect, because a factor that does nothing reads as a result. The defaults below are the program's own.

extension SimulatorParameters {
    /// What is wrong with the parameters of one cell together.
    enum Complaint: Equatable {
        /// The parameter does nothing with a setting, because of a reason that may be empty.
        case idle(name: String, setting: String, reason: String, advice: String)
        /// The parameters are at odds, as a sentence says.
        case odds(String)

        /// - Parameter cellTitle: The cell, where others have nothing to complain of; nil where all are alike.
        func sentence(cellTitle: String?) -> String {
            switch self {
            case .odds(let sentence): return sentence
            case .idle(let name, let setting, let reason, let advice):
                let (place, remedy) =
                    cellTitle.map {
                        (" (cell: \($0))", "leave it out\(advice), or give it under 'with' to the levels that take it")
                    } ?? ("", "leave it out\(advice)")
                return "'\(name)' does nothing \(setting)\(place)\(reason); \(remedy)"
            }
        }
    }

    /// What is wrong with the parameters of a cell together; nil if nothing is.
    static func complaint(aboutTogether parameters: [Parameter]) -> Complaint? {
        let cell = CellValues(parameters)
        return idle(in: cell) ?? (tooMany(in: cell) ?? timeless(in: cell)).map { .odds($0) }
    }

    /// Whether the parameters make the simulator run in virtual time.
    static func isVirtual(_ parameters: [Parameter]) -> Bool { CellValues(parameters).clock == "virtual" }

    /// Whether the parameters make the simulator's load an open loop.
    static func isOpenLoop(_ parameters: [Parameter]) -> Bool { CellValues(parameters).isOpenLoop }

    /// A parameter that would do nothing.
    private static func idle(in cell: CellValues) -> Complaint? {
        func complaint(_ names: [String], _ setting: String, _ reason: String = "", advice: String = "") -> Complaint? {
            names.first { cell[$0] != nil }.map {
                .idle(name: $0, setting: setting, reason: reason, advice: advice)
            }
        }
        if cell.clock == "virtual" {
            let found = complaint(
                ["runtime", "workers", "spin"], "in virtual time", ", where one OS thread runs everything")
            if let found { return found }
        } else if cell.runtime != "tasks" {
            let setting = "with the runtime '\(cell.runtime)'"
            if let found = complaint(["workers"], setting, advice: " (tasks have 8)") { return found }
            if let found = complaint(["spin"], setting) { return found }
        }
        guard cell.isOpenLoop else { return nil }
        return complaint(
            ["think-time", "start"], "with arrivals \(cell["arrivals", or: "closed"].quoted)",
            ", where a schedule says when each request is made")
    }

    private static func tooMany(in cell: CellValues) -> String? {
        if cell.permitCount > 1_000_000 {
            return "\(cell["permits", or: "8"].quoted) for \(cell.clientCount) clients are over 1000000 permits, the "
                + "most allowed"
        }
        guard cell.clock == "wall" else { return nil }
        if cell.runtime == "threads" {
            if cell.clientCount > 10_000 {
                return "the runtime 'threads' takes at most 10000 clients, found \(cell.clientCount)"
            }
            if cell.clientCount + cell.permitCount > 16_000 {
                return "the runtime 'threads' takes at most 16000 clients and permits together, an OS thread each, "
                    + "found \(cell.clientCount) and \(cell.permitCount)"
            }
        }
        if cell.clientCount > 100_000 {
            return "the clock 'wall' takes at most 100000 clients, found \(cell.clientCount); 'virtual' takes 1000000"
        }
        return nil
    }

    /// A closed loop without any delay never lets time pass.
    private static func timeless(in cell: CellValues) -> String? {
        guard !cell.isOpenLoop else { return nil }
        if ["think-time", "network-delay", "write-delay"].allSatisfy({ !cell.canLast($0) }) {
            return "'think-time', 'network-delay' and 'write-delay' are all 0s in a cell, or round to that, and its "
                + "clients would never stop; give at least one of them more"
        }
        if cell["start"] == "staggered", cell.isZero("think-time") {
            return "'start: staggered' spreads the starts over the mean think time, which is 0s in a cell; leave it "
                + "out, or give a think time"
        }
        return nil
    }
}

/// A cell's parameters, each checked for itself, with the program's defaults for those that are not given.
private struct CellValues {
    private let parameters: [Parameter]

    init(_ parameters: [Parameter]) { self.parameters = parameters }

    subscript(name: String) -> String? { parameters.first { $0.name == name }?.value }

    subscript(name: String, or standard: String) -> String { self[name] ?? standard }

    var clock: String { self["clock", or: "wall"] }

    var runtime: String { self["runtime", or: "tasks"] }

    var isOpenLoop: Bool { self["arrivals", or: "closed"] != "closed" }

    var clientCount: Int { self["clients"].flatMap(Int.init) ?? 15 }

    var permitCount: Int {
        let permits = self["permits", or: "8"]
        guard permits.hasSuffix(SimulatorParameters.perClient) else { return Int(permits) ?? 8 }
        return (Int(permits.dropLast(SimulatorParameters.perClient.count)) ?? 0) * clientCount
    }

    /// Whether a delay was given that never lasts; the defaults all do.
    /// Whether the delay lets time pass.
    func canLast(_ name: String) -> Bool { delay(name)?.canLast ?? true }

    func isZero(_ name: String) -> Bool { delay(name)?.mean == .zero }

    /// Nil if it is not given, or is none: then it is refused where it is read.
    private func delay(_ name: String) -> Delay? {
        guard let text = self[name] else { return nil }
        do {
            return try Delay(text: text)
        } catch {
            return nil
        }
    }
}
