import Analysis
import Statistics

/// A figure of what a trial used, as a column of the report: its name in the summary, its heading and its unit.
struct ResourceColumn {
    let name: String
    let title: String
    /// How many of the summary's units (seconds, bytes, …) the printed one has.
    let divisor: Double

    /// The figures that are known, in the report's order; bytes are printed in MiB (1024² bytes).
    static let known = [
        ResourceColumn(name: "cpu-seconds", title: "CPU time (s)", divisor: 1),
        ResourceColumn(name: "peak-resident-bytes", title: "peak memory (MiB)", divisor: 1_048_576),
        ResourceColumn(name: "allocations", title: "allocations", divisor: 1),
        ResourceColumn(name: "allocated-bytes", title: "allocated (MiB)", divisor: 1_048_576),
        ResourceColumn(name: "involuntary-switches", title: "involuntary switches", divisor: 1),
    ]

    /// The columns that the cells have figures for: the known ones, then any others under their own names.
    static func present(in cells: [CellSummary]) -> [ResourceColumn] {
        var names: [String] = []
        for name in cells.flatMap(\.resources).map(\.name) where !names.contains(name) { names.append(name) }
        let others = names.filter { name in !known.contains { $0.name == name } }
        return known.filter { names.contains($0.name) }
            + others.map { ResourceColumn(name: $0, title: $0, divisor: 1) }
    }

    /// What CSV files call the unit, which the name ends in.
    static func unit(of name: String) -> String {
        if name.hasSuffix("-seconds") { return "s" }
        if name.hasSuffix("-bytes") { return "bytes" }
        if name.hasSuffix("-nanoseconds") { return "ns" }
        return "count"
    }
}
