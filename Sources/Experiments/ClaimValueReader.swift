import Quantities

/// Reads the values of a claim in the dimension of its metric.
struct ClaimValueReader {
    let nodes: NodeReader
    let metric: Metric

    /// A value in the stored unit: nanoseconds, per second, 0…1, bytes or a plain number.
    func value(_ node: SourceNode) -> Double? {
        guard let quantity = quantity(node) else { return nil }
        switch (metric.dimension, quantity) {
        case (.duration, .duration(let duration)): return Double(duration.inNanoseconds)
        case (.rate, .rate(let perSecond)): return perSecond
        case (.share, .percentage(let share)): return share
        case (.count, .number(let number)): return number
        case (.bytes, .bytes(let bytes)): return bytes
        default:
            complain(of: quantity, at: node, wanted: metric.dimension.example)
            return nil
        }
    }

    /// How far off a value may be: a percentage of it, or a distance in the metric's own unit (`points` for shares).
    func tolerance(_ node: SourceNode) -> Hypothesis.Tolerance? {
        guard let quantity = quantity(node) else { return nil }
        let tolerance: Hypothesis.Tolerance
        switch (metric.dimension, quantity) {
        case (_, .percentage(let share)): tolerance = .relative(share)
        case (.share, .points(let share)): tolerance = .absolute(share)
        case (.duration, .duration(let duration)): tolerance = .absolute(Double(duration.inNanoseconds))
        case (.rate, .rate(let perSecond)): tolerance = .absolute(perSecond)
        case (.count, .number(let number)): tolerance = .absolute(number)
        case (.bytes, .bytes(let bytes)): tolerance = .absolute(bytes)
        default:
            let own = metric.dimension == .share ? "percentage points, as in 5 points" : metric.dimension.example
            complain(of: quantity, at: node, wanted: "\(own), or a percentage of the value, as in 2%")
            return nil
        }
        switch tolerance {
        case .absolute(0), .relative(0):
            nodes.problems.add("a tolerance of zero is never met; write how far a value may be off", at: node.position)
            return nil
        case .absolute, .relative: return tolerance
        }
    }

    /// How many times one value is another: a plain number above 1.
    func factor(_ node: SourceNode) -> Double? {
        guard let quantity = quantity(node) else { return nil }
        guard case .number(let number) = quantity, number > 1 else {
            nodes.problems.add(
                "'by-more-than' is a plain number above 1 (2 means twice), found \(node.kindText)", at: node.position)
            return nil
        }
        return number
    }

    private func quantity(_ node: SourceNode) -> Quantity? {
        guard let text = nodes.line(node, what: "a value") else { return nil }
        do {
            return try Quantity(text: text)
        } catch {
            nodes.problems.add("\(text.quoted) \(error.complaint)", at: node.position)
            return nil
        }
    }

    private func complain(of quantity: Quantity, at node: SourceNode, wanted: String) {
        nodes.problems.add(
            "\(node.kindText) is \(quantity.kind), but '\(metric.text)' is compared with \(wanted)", at: node.position)
    }
}

extension Metric.Dimension {
    /// What a value of this dimension is and how it is written.
    var example: String {
        switch self {
        case .duration: "a duration, as in 50ms"
        case .rate: "a rate, as in 133.24/s"
        case .share: "a percentage, as in 31%"
        case .count: "a plain number, as in 60"
        case .bytes: "a number of bytes, as in 64MiB"
        }
    }
}
