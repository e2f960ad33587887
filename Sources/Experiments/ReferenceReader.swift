import Quantities
import TraceModel

// Figures from elsewhere, one a row. A row says under which parameters it was measured: every named column that is not
// empty must equal the cell's parameter, letter by letter, and a cell without that parameter does not match.

/// Reads the files that a declaration's `reference` names.
struct ReferenceReader {
    let nodes: NodeReader
    let program: Program?
    /// The declaration's folder as a prefix for the names of its reference files in errors.
    let folder: String
    /// The bytes of a file, by its path relative to the declaration's folder.
    let load: (String) throws(FileFailure) -> [UInt8]

    static let columns = ["metric", "pairing", "value", "unit"]
    static let histogramColumns = ["stage", "pairing", "lower_bound_nanoseconds", "count"]

    func reference(_ node: SourceNode) -> Reference? {
        guard let fields = nodes.fields(of: node, as: DeclarationKeys.reference) else { return nil }
        let source = fields["source"].flatMap { nodes.line($0, what: "'source'") }
        guard fields["figures"] != nil || fields["histogram"] != nil else {
            nodes.problems.add("'reference' names no file; give 'figures', 'histogram' or both", at: node.position)
            return nil
        }
        let figures = fields["figures"].flatMap { table($0, key: "figures", read: self.figures) } ?? []
        let histograms = fields["histogram"].flatMap { table($0, key: "histogram", read: self.histograms) } ?? []
        return source.map { Reference(source: $0, figures: figures, histograms: histograms) }
    }

    private func table<Row>(
        _ node: SourceNode, key: String, read: (CommaSeparatedTable, ProblemList) -> [Row]
    ) -> [Row]? {
        guard let found = nodes.file(node, key: key, folder: folder, load: load) else { return nil }
        do {
            let problems = ProblemList(file: found.file)
            let rows = read(try CommaSeparatedTable(text: found.text, file: found.file), problems)
            if let collected = problems.collected() { for error in collected.errors { nodes.problems.add(error) } }
            return rows
        } catch {
            nodes.problems.add(error)
            return nil
        }
    }

    private func figures(_ table: CommaSeparatedTable, _ problems: ProblemList) -> [ReferenceFigure] {
        guard hasColumns(Self.columns, table, problems, allowsMore: true) else { return [] }
        var figures: [ReferenceFigure] = []
        for row in table.rows {
            guard let figure = figure(row, header: table.header, problems) else { continue }
            let isKnown = figures.contains {
                $0.metric == figure.metric && $0.pairing == figure.pairing && $0.parameters == figure.parameters
            }
            if isKnown {
                problems.add("a second figure for the same metric, pairing and parameters", at: row[0].position)
            }
            figures.append(figure)
        }
        return figures
    }

    private func figure(
        _ row: [CommaSeparatedTable.Field], header: [CommaSeparatedTable.Field], _ problems: ProblemList
    ) -> ReferenceFigure? {
        var named: [String: CommaSeparatedTable.Field] = [:]
        for (name, field) in zip(header, row) { named[name.text] = field }
        guard let metricField = named["metric"], let pairingField = named["pairing"], let value = named["value"],
            let unit = named["unit"]
        else { return nil }
        guard let metric = Metric.ofTrace.first(where: { $0.text == metricField.text }) else {
            let nearest = nearestName(to: metricField.text, among: Metric.ofTrace.map(\.text))
            problems.add(
                "unknown metric \(metricField.text.quoted)" + (nearest.map { "; did you mean '\($0)'?" } ?? ""),
                at: metricField.position)
            return nil
        }
        let pairing = PairingKey(rawValue: pairingField.text)
        guard metric.dependsOnPairing ? pairing != nil : pairingField.text.isEmpty else {
            let wanted =
                metric.dependsOnPairing ? "needs the pairing request or thread" : "has no pairing: leave it empty"
            problems.add("'\(metric.text)' \(wanted), found \(pairingField.text.quoted)", at: pairingField.position)
            return nil
        }
        let text = SourceNode(position: value.position, content: .scalar("\(value.text) \(unit.text)", isPlain: true))
        let reader = ClaimValueReader(nodes: NodeReader(problems: problems), metric: metric)
        guard let number = reader.value(text) else { return nil }
        var parameters: [String: String] = [:]
        for (name, field) in named where !Self.columns.contains(name) && !field.text.isEmpty {
            parameters[name] = field.text
        }
        return ReferenceFigure(metric: metric, pairing: pairing, parameters: parameters, value: number)
    }

    private func histograms(_ table: CommaSeparatedTable, _ problems: ProblemList) -> [ReferenceHistogram] {
        guard hasColumns(Self.histogramColumns, table, problems, allowsMore: true) else { return [] }
        var histograms: [ReferenceHistogram] = []
        for row in table.rows {
            guard let found = bucket(row, header: table.header, problems) else { continue }
            let known = histograms.firstIndex {
                $0.stage == found.stage && $0.pairing == found.pairing && $0.parameters == found.parameters
            }
            guard let known, let last = histograms[known].buckets.last, let bucket = found.buckets.first else {
                histograms.append(found)
                continue
            }
            if bucket.lowerBoundNanoseconds <= last.lowerBoundNanoseconds {
                problems.add(
                    "the bounds do not rise: \(bucket.lowerBoundNanoseconds) after \(last.lowerBoundNanoseconds)",
                    at: row[0].position)
            }
            histograms[known].buckets.append(bucket)
        }
        return histograms
    }

    /// One row: a histogram of one bucket.
    private func bucket(
        _ row: [CommaSeparatedTable.Field], header: [CommaSeparatedTable.Field], _ problems: ProblemList
    ) -> ReferenceHistogram? {
        let nodes = NodeReader(problems: problems)
        var named: [String: SourceNode] = [:]
        var parameters: [String: String] = [:]
        for (name, field) in zip(header, row) {
            named[name.text] = SourceNode(position: field.position, content: .scalar(field.text, isPlain: true))
            if !Self.histogramColumns.contains(name.text), !field.text.isEmpty { parameters[name.text] = field.text }
        }
        func count(_ name: String) -> Int? { named[name].flatMap { nodes.count($0, what: name, in: 0...Int.max) } }
        let stage: Stage? = named["stage"].flatMap { nodes.name($0, what: "stage") }
        let pairing: PairingKey? = named["pairing"].flatMap { nodes.name($0, what: "pairing") }
        guard let stage, let pairing, let bound = count("lower_bound_nanoseconds"), let count = count("count") else {
            return nil
        }
        return ReferenceHistogram(
            stage: stage, pairing: pairing, parameters: parameters,
            buckets: [ReferenceBucket(lowerBoundNanoseconds: Int64(bound), count: count)])
    }

    private func hasColumns(
        _ required: [String], _ table: CommaSeparatedTable, _ problems: ProblemList, allowsMore: Bool
    ) -> Bool {
        var isRight = true
        func complain(_ message: String, at position: SourcePosition) {
            problems.add(message, at: position)
            isRight = false
        }
        let names = table.header.map(\.text)
        for name in required where !names.contains(name) { complain("the column '\(name)' is missing", at: .start) }
        for (index, field) in table.header.enumerated() {
            if names[..<index].contains(field.text) {
                complain("the column \(field.text.quoted) stands twice", at: field.position)
            } else if !required.contains(field.text) {
                guard allowsMore else {
                    complain(
                        "unknown column \(field.text.quoted)" + NearestName.advice(for: field.text, among: required),
                        at: field.position)
                    continue
                }
                let known = SimulatorParameters.names
                if program == .systemSimulator, !known.contains(field.text) {
                    complain(
                        "the column \(field.text.quoted) is no parameter of system-simulator"
                            + NearestName.advice(for: field.text, among: required + known), at: field.position)
                } else if !field.text.isKebabCase {
                    complain("the column \(field.text.quoted) is no parameter name", at: field.position)
                }
            }
        }
        return isRight
    }
}
