import Quantities

/// Reads what figures are held against: `limits`, and `exclude-trials`, which names the same figures.
struct LimitReader {
    let nodes: NodeReader
    var source = FigureSource.trace

    /// The figures that trials have: without a trace only those of the machine.
    private var known: [Limit] { Limit.allCases.filter { source == .trace || $0.isOfEnvironment } }

    /// The limits that a declaration names.
    func limits(_ node: SourceNode) -> Limits {
        Limits(
            Dictionary(values(node, what: "'limits'", names: known)) { first, _ in first })
    }

    /// The rules by which trials do not count, in the order declared.
    func exclusions(_ node: SourceNode) -> [TrialExclusion] {
        values(node, what: "'exclude-trials'", names: known.filter(\.isOfTrial)).map {
            TrialExclusion(figure: $0, above: $1)
        }
    }

    private func values(_ node: SourceNode, what: String, names: [Limit]) -> [(Limit, Double)] {
        guard let entries = nodes.entries(of: node, what: what) else { return [] }
        if entries.isEmpty, nodes.problems.isEmpty {
            nodes.problems.add("\(what) is empty; name a figure, or leave the key out", at: node.position)
        }
        return entries.compactMap { key, value in
            guard let limit = names.first(where: { $0.rawValue == key.text }) else {
                let limit = Limit(rawValue: key.text)
                let needsTrace = limit.map { !known.contains($0) } ?? false
                nodes.problems.add(
                    needsTrace
                        ? "\(key.text.quoted) is a figure of a trace, and 'metrics: \(source.rawValue)' has none; allowed: "
                            + names.map(\.rawValue).joined(separator: ", ")
                        : limit != nil
                            ? "\(key.text.quoted) is no figure of one trial, and \(what) leaves out single trials; allowed: "
                                + names.map(\.rawValue).joined(separator: ", ")
                            : "unknown figure \(key.text.quoted) in \(what)"
                                + NearestName.advice(for: key.text, among: names.map(\.rawValue)), at: key.position)
                return nil
            }
            return self.value(value, of: limit).map { (limit, $0) }
        }
    }

    private func value(_ node: SourceNode, of limit: Limit) -> Double? {
        guard let text = nodes.line(node, what: "'\(limit.rawValue)'") else { return nil }
        do {
            switch (limit.dimension, try Quantity(text: text)) {
            case (.share, .percentage(let share)) where share <= 1: return share
            case (.duration, .duration(let duration)): return Double(duration.inNanoseconds)
            case (.count, .number(let number)): return number
            case (.rate, .rate(let perSecond)): return perSecond
            case (_, let quantity):
                nodes.problems.add(
                    "'\(limit.rawValue)' is \(limit.dimension.example), found \(quantity.kind)", at: node.position)
                return nil
            }
        } catch {
            nodes.problems.add("'\(limit.rawValue)': \(text.quoted) \(error.complaint)", at: node.position)
            return nil
        }
    }
}

extension Limit.Dimension {
    /// What a value of this dimension is and how it is written.
    fileprivate var example: String {
        switch self {
        case .share: "a percentage from 0% to 100%, as in 5%"
        case .duration: "a duration, as in 1ms"
        case .count: "a plain number, as in 0"
        case .rate: "a rate, as in 100/s"
        }
    }
}
