import Quantities
import TraceModel

// A hypothesis is checked against all that the experiment declares, so that a misspelt level or a metric that nobody
// measures is an error before the run and not an "undecided" after it.

/// Reads the hypotheses of a declaration whose other parts are known.
struct HypothesisReader {
    let nodes: NodeReader
    let factorReader: FactorReader
    /// The declaration without its hypotheses.
    let declaration: Declaration

    private var problems: ProblemList { nodes.problems }

    func hypotheses(_ node: SourceNode) -> [Hypothesis] {
        guard let elements = nodes.elements(of: node, what: "'hypotheses'") else { return [] }
        return elements.compactMap { hypothesis($0) }
    }

    private func hypothesis(_ node: SourceNode) -> Hypothesis? {
        guard let fields = nodes.fields(of: node, as: DeclarationKeys.hypothesis) else { return nil }
        let statement = fields["says"].flatMap { nodes.line($0, what: "'says'") }
        let metric = fields["metric"].flatMap { self.metric($0) }
        let selection =
            fields["where"].map {
                factorReader.selection($0, what: "'where'", factors: declaration.factors)
            } ?? [:]
        if let node = fields["where"], let selection, !declaration.cells.contains(where: { $0.matches(selection) }) {
            problems.add("'where' selects no cell: all that it names are excluded", at: node.position)
        }
        if let metric, metric.stage == .response, let selection, let node = fields["metric"] {
            let selected = declaration.cells.filter { $0.matches(selection) }
            let isClosed = { (cell: Cell) in cell.isClosedLoop(of: declaration.program.text) }
            // Where every cell is one, the complaint about 'stages' has said so.
            if !selected.isEmpty, selected.allSatisfy(isClosed), !declaration.cells.allSatisfy(isClosed) {
                problems.add(
                    "'response' has no values where every selected cell is a closed loop: use 'request', or select a "
                        + "cell with an open loop (arrivals)", at: node.position)
            }
        }
        guard let statement, let metric, let selection else { return nil }
        let claim = self.claim(fields, metric: metric, selection: selection)
        let pairing = self.pairing(fields, metric: metric, claim: claim)
        guard let claim, let pairing else { return nil }
        return Hypothesis(statement: statement, metric: metric, pairing: pairing, selection: selection, claim: claim)
    }

    private func metric(_ node: SourceNode) -> Metric? {
        guard let text = nodes.line(node, what: "'metric'") else { return nil }
        return MetricReader(problems: problems, program: declaration.program, stages: declaration.stages)
            .metric(named: text, at: node.position)
    }

    /// The pairing that the hypothesis speaks of: named, or `request`.
    private func pairing(_ fields: NodeReader.Fields, metric: Metric, claim: Hypothesis.Claim?) -> PairingKey? {
        guard let node = fields["pairing"] else {
            let isNeeded = metric.dependsOnPairing && claim?.along != .pairing
            if isNeeded, !declaration.pairings.contains(.request) {
                problems.add(
                    "name the pairing: 'request', which stands where none is named, is not in 'pairings'",
                    at: fields.position)
            }
            return .request
        }
        guard let pairing: PairingKey = nodes.name(node, what: "pairing") else { return nil }
        if !metric.dependsOnPairing {
            problems.add("'\(metric.text)' does not depend on the pairing; leave 'pairing' out", at: node.position)
        } else if claim?.along == .pairing {
            problems.add("the claim compares the pairings with each other; leave 'pairing' out", at: node.position)
        } else if !declaration.pairings.contains(pairing) {
            problems.add(
                "the pairing '\(pairing.rawValue)' is not in 'pairings' "
                    + "(\(declaration.pairings.map(\.rawValue).joined(separator: ", "))); add it there",
                at: node.position)
        } else if metric.subset != .all, pairing != .request {
            problems.add("'\(metric.text)' is known by request only: by thread it cannot be told", at: node.position)
        }
        return pairing
    }

    private func claim(
        _ fields: NodeReader.Fields, metric: Metric, selection: [String: [String]]
    ) -> Hypothesis.Claim? {
        let claims = DeclarationKeys.claims.filter { fields[$0] != nil }
        guard let name = claims.first, let node = fields[name] else {
            problems.add(
                "the hypothesis claims nothing; give one of \(DeclarationKeys.claims.joined(separator: ", "))",
                at: fields.position)
            return nil
        }
        guard claims.count == 1 else {
            let names = claims.map { "'\($0)'" }.joined(separator: " and ")
            problems.add("the hypothesis claims \(names); write a hypothesis for each", at: fields.position)
            return nil
        }
        if name != "near", let within = fields["within"] {
            problems.add("'within' goes with 'near'; '\(name)' does not take it here", at: within.position)
            return nil
        }
        let values = ClaimValueReader(nodes: nodes, metric: metric)
        switch name {
        case "near":
            guard let within = fields["within"] else {
                problems.add("'near' lacks 'within': say how far the value may be off", at: fields.position)
                return nil
            }
            guard let value = values.value(node), let tolerance = values.tolerance(within) else { return nil }
            if value == 0, case .relative = tolerance {
                problems.add("a percentage of zero is zero; give 'within' in the metric's unit", at: within.position)
                return nil
            }
            return .near(value, tolerance)
        case "below": return values.value(node).map { .below($0) }
        case "above": return values.value(node).map { .above($0) }
        case "equivalent":
            guard let inner = nodes.fields(of: node, as: DeclarationKeys.equivalent) else { return nil }
            let along = self.along(inner, metric: metric, selection: selection, isTrend: false)
            let tolerance = inner["within"].flatMap { values.tolerance($0) }
            guard let along, let tolerance else { return nil }
            return .equivalent(along: along, tolerance)
        case "varies":
            guard let inner = nodes.fields(of: node, as: DeclarationKeys.varies) else { return nil }
            let along = self.along(inner, metric: metric, selection: selection, isTrend: false)
            let factor = inner["by-more-than"].flatMap { values.factor($0) }
            guard let along, let factor else { return nil }
            return .varies(along: along, byMoreThan: factor)
        default:
            guard let inner = nodes.fields(of: node, as: DeclarationKeys.trend),
                let along = self.along(inner, metric: metric, selection: selection, isTrend: true)
            else { return nil }
            return name == "rises" ? .rises(along: along) : .falls(along: along)
        }
    }

    /// What a comparison goes along: the pairings, or a factor of which the selection leaves at least two levels.
    private func along(
        _ fields: NodeReader.Fields, metric: Metric, selection: [String: [String]], isTrend: Bool
    ) -> Hypothesis.Along? {
        guard let node = fields["along"], let text = nodes.line(node, what: "'along'") else { return nil }
        if text == "pairing" {
            let complaint: String? =
                if isTrend {
                    "the pairings have no order to rise or fall along; use 'varies' or 'below'"
                } else if !metric.dependsOnPairing {
                    "'\(metric.text)' does not depend on the pairing"
                } else if metric.subset != .all {
                    "'\(metric.text)' is known by request only: by thread it cannot be told"
                } else if declaration.pairings.count < 2 {
                    "'pairings' lists one pairing; comparing along the pairing needs both, request and thread"
                } else {
                    nil
                }
            if let complaint { problems.add(complaint, at: node.position) }
            return complaint == nil ? .pairing : nil
        }
        let names = declaration.factors.map(\.name)
        guard names.contains(text) else {
            problems.add(
                "unknown factor \(text.quoted)" + NearestName.advice(for: text, among: names + ["pairing"]),
                at: node.position)
            return nil
        }
        // Levels are compared where all else is equal, so two cells must differ in this factor alone.
        let selected = declaration.cells.filter { $0.matches(selection) }
        let groups = Dictionary(grouping: selected) { cell in cell.choices.filter { $0.factor != text } }
        guard groups.values.contains(where: { $0.count >= 2 }) else {
            problems.add(
                "the hypothesis goes along '\(text)', of which it leaves one level; it takes at least two",
                at: node.position)
            return nil
        }
        return .factor(text)
    }
}
