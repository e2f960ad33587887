import TraceModel

/// Reads `gate`: which metrics a change is judged by, and how large a change matters.
struct GateReader {
    let nodes: NodeReader
    let metrics: MetricReader

    func gate(_ node: SourceNode) -> GateDeclaration? {
        guard let fields = nodes.fields(of: node, as: DeclarationKeys.gate) else { return nil }
        let gated = fields["metrics"].flatMap { self.metrics($0) }
        let pairs = fields["pairs"].flatMap { nodes.count($0, what: "'pairs'", in: GateDeclaration.pairRange) }
        let build = fields["build"].flatMap { nodes.line($0, what: "'build'") }
        guard let gated else { return nil }
        return GateDeclaration(metrics: gated, pairMaximum: pairs, build: build)
    }

    private func metrics(_ node: SourceNode) -> [GateDeclaration.GatedMetric]? {
        guard let entries = nodes.entries(of: node, what: "'metrics'") else { return nil }
        guard !entries.isEmpty else {
            nodes.problems.add(
                "'metrics' is empty; name a metric and how much of a change matters, as in request.p99: 5%",
                at: node.position)
            return nil
        }
        var isWhole = true
        var gated: [GateDeclaration.GatedMetric] = []
        for (key, value) in entries {
            guard let metric = metrics.metric(named: key.text, at: key.position),
                let size = ClaimValueReader(nodes: nodes, metric: metric).tolerance(value)
            else {
                isWhole = false
                continue
            }
            gated.append(.init(metric, band: Band(size)))
        }
        return isWhole ? gated : nil
    }
}

extension Band {
    fileprivate init(_ tolerance: Hypothesis.Tolerance) {
        switch tolerance {
        case .relative(let share): self.init(Size.relative(share))
        case .absolute(let size): self.init(Size.absolute(size))
        }
    }
}
