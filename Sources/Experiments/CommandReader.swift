// A command is read in two steps: its words and where its figures come from at once, and what it is told when the
// parameters are known. A value that no word takes would be varied without any effect, so it is an error like a
// placeholder that nothing fills.

/// Reads a program that is a command.
struct CommandReader {
    let nodes: NodeReader
    /// The mapping under `program`.
    let node: SourceNode

    static let wordMaximum = 200
    static let reportedMaximum = 100

    private var problems: ProblemList { nodes.problems }

    func command() -> ProgramCommand? {
        guard let fields = nodes.fields(of: node, as: DeclarationKeys.program) else { return nil }
        let words = fields["command"].flatMap(words)
        var source: FigureSource? = .process
        if let node = fields["metrics"] { source = nodes.name(node, what: "source of metrics") }
        let reported = fields["report"].flatMap(reported)
        if let node = fields["report"], source != .jsonLines {
            problems.add(
                "'report' declares what JSON lines hold: it goes with 'metrics: json-lines'", at: node.position)
        } else if source == .jsonLines, fields["report"] == nil {
            problems.add(
                "'metrics: json-lines' lacks 'report': declare each figure that the program prints, as in "
                    + "report: { latency-p99: { unit: ms, worse: higher } }", at: fields.position)
        }
        guard let words, let source else { return nil }
        return ProgramCommand(words: words, source: source, reported: reported ?? [])
    }

    // MARK: Words

    private func words(_ node: SourceNode) -> [String]? {
        guard let elements = nodes.elements(of: node, what: "'command'") else { return nil }
        guard elements.count <= Self.wordMaximum else {
            problems.add(
                "'command' has \(elements.count) words; at most \(Self.wordMaximum) are read", at: node.position)
            return nil
        }
        let words = elements.compactMap(word)
        guard words.count == elements.count else { return nil }
        if words[0].names.isEmpty, case .text(let program)? = words[0].pieces.first {
            if program.isEmpty || program.hasSuffix("/") {
                problems.add("the command's first word is a program, found \(program.quoted)", at: elements[0].position)
            }
        } else {
            problems.add(
                "the command's first word is the program and the same in all trials: it takes no placeholder",
                at: elements[0].position)
        }
        return elements.compactMap(Self.text)
    }

    private func word(_ node: SourceNode) -> WordTemplate? {
        guard let text = Self.text(node) else {
            var hint = ""
            if case .mapping = node.content { hint = "; a word with a placeholder needs quotes: \"{name}\"" }
            problems.add("a word of the command is text, found \(node.kindText)\(hint)", at: node.position)
            return nil
        }
        guard text.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }), text.count <= 1000 else {
            problems.add(
                "a word of the command holds a control character or more than 1000 characters", at: node.position)
            return nil
        }
        do {
            return try WordTemplate(text)
        } catch {
            problems.add("\(text.quoted) \(error.sentence)", at: node.position)
            return nil
        }
    }

    private static func text(_ node: SourceNode) -> String? {
        if case .scalar(let text, _) = node.content { text } else { nil }
    }

    // MARK: What the program prints

    private func reported(_ node: SourceNode) -> [ReportedMetric]? {
        guard let entries = nodes.entries(of: node, what: "'report'") else { return nil }
        guard (1...Self.reportedMaximum).contains(entries.count) else {
            problems.add(
                "'report' declares 1 to \(Self.reportedMaximum) figures, found \(entries.count)", at: node.position)
            return nil
        }
        return entries.compactMap { key, value in
            guard ReportedMetric.isName(key.text) else {
                problems.add(
                    "\(key.text.quoted) is no name of a figure: letters, digits, '-', '_' and '.', beginning with a "
                        + "letter, at most 60 characters", at: key.position)
                return nil
            }
            if Metric.all.contains(where: { $0.text == key.text }) {
                problems.add(
                    "'\(key.text)' is a metric of the harness; print the figure under another name", at: key.position)
            }
            guard let fields = nodes.fields(of: value, as: DeclarationKeys.reported) else { return nil }
            let unit: ReportedMetric.Unit? = fields["unit"].flatMap { nodes.name($0, what: "unit") }
            let worse: ReportedMetric.Worse? = fields["worse"].flatMap { nodes.name($0, what: "direction") }
            guard let unit, let worse else { return nil }
            return ReportedMetric(name: key.text, unit: unit, worse: worse)
        }
    }

    // MARK: What it is told

    /// Complains of placeholders that nothing fills and of values that nothing takes.
    ///
    /// - Parameters:
    ///   - declaration: With its factors and exclusions.
    ///   - fields: Those of the declaration.
    func complain(
        of command: ProgramCommand, _ declaration: Declaration, _ fields: NodeReader.Fields, _ places: ParameterPlaces
    ) {
        complainOfUnknown(declaration)
        let taken = command.placeholders
        for cell in declaration.cells {
            for parameter in cell.parameters where !taken.contains(parameter.name) {
                problems.add(
                    "no word of the command takes '\(parameter.name)': write {\(parameter.name)} into one, or leave the "
                        + "parameter out", at: places.position(of: parameter.name, in: cell) ?? node.position)
            }
        }
        let takesTrace = command.takes(.trace)
        if command.source == .trace, !takesTrace {
            problems.add(
                "'metrics: trace' needs a word with {trace}: the file that the program writes its events to",
                at: node.position)
        } else if command.source != .trace, takesTrace {
            problems.add(
                "{trace} is the file of the events, and 'metrics: \(command.source.rawValue)' reads none; leave it out",
                at: node.position)
        }
        complainOfSchedule(command, fields)
        guard command.source != .trace else { return }
        for key in ["stages", "pairings", "reference"] {
            guard let node = fields[key] else { continue }
            problems.add(
                "'\(key)' is of events, and 'metrics: \(command.source.rawValue)' has none; leave it out",
                at: node.position)
        }
    }

    private func complainOfUnknown(_ declaration: Declaration) {
        guard case .sequence(let elements)? = node.value(under: "command")?.content
        else { return }
        let given = ProgramCommand.Placeholder.allCases.map(\.rawValue)
        let parameters = Set(declaration.cells.flatMap(\.parameters).map(\.name)).sorted()
        for element in elements {
            for name in word(element)?.names ?? [] where !given.contains(name) {
                guard parameters.contains(name) else {
                    problems.add(
                        "unknown placeholder \("{\(name)}".quoted)"
                            + NearestName.advice(for: name, among: parameters + given),
                        at: element.position)
                    continue
                }
                guard let cell = declaration.cells.first(where: { !$0.parameters.map(\.name).contains(name) }) else {
                    continue
                }
                let title = cell.choices.map { "\($0.factor) \($0.label)" }.joined(separator: ", ")
                problems.add("{\(name)} has no value in the cell \(title); give it in every cell", at: element.position)
            }
        }
    }

    /// Warm-up and window are needed where a word takes them, and do nothing where none does.
    private func complainOfSchedule(_ command: ProgramCommand, _ fields: NodeReader.Fields) {
        var named: [(key: String, position: SourcePosition)] = []
        for key in ["warm-up", "measure"] {
            if let node = fields[key] { named.append((key, node.position)) }
            guard let profiles = fields["profiles"], case .mapping(let entries) = profiles.content else { continue }
            for entry in entries {
                guard case .mapping(let inner) = entry.value.content else { continue }
                for value in inner where value.key.isText(key) {
                    named.append((key, value.key.position))
                }
            }
        }
        for placeholder in [ProgramCommand.Placeholder.warmUp, .measure] {
            let key = placeholder.rawValue
            let isTaken = command.takes(placeholder)
            if isTaken, fields[key] == nil {
                problems.add(
                    "the command takes {\(key)}, and the declaration lacks the key '\(key)'", at: node.position)
            }
            for (name, position) in named where name == key && !isTaken {
                problems.add(
                    "no word of the command takes '\(key)': write {\(key)} into one, or leave the key out", at: position
                )
            }
        }
    }
}
