/// Reads what the program is told: the fixed parameters, the factors with their levels, and the exclusions.
struct FactorReader {
    let nodes: NodeReader
    /// Nil where the program itself could not be read: then names and values are not checked against it.
    let program: Program?

    private var problems: ProblemList { nodes.problems }

    func fixed(_ node: SourceNode) -> [Parameter] { parameters(node, what: "'fixed'", taken: [:]) }

    /// - Parameter taken: Names that are given elsewhere, each with where.
    private func parameters(_ node: SourceNode, what: String, taken: [String: String]) -> [Parameter] {
        guard let entries = nodes.entries(of: node, what: what) else { return [] }
        return entries.compactMap { key, value in
            guard isName(key) else { return nil }
            if let place = taken[key.text] {
                problems.add("'\(key.text)' stands under \(what) and is \(place); keep one", at: key.position)
            }
            return self.value(value, of: key.text).map { Parameter(name: key.text, value: $0) }
        }
    }

    /// - Parameter fixed: The names of the fixed parameters, which may not be varied as well.
    func factors(_ node: SourceNode, fixed: [String]) -> [Factor]? {
        guard let entries = nodes.entries(of: node, what: "'factors'") else { return nil }
        guard !entries.isEmpty else {
            problems.add("'factors' is empty; name at least one, or leave the key out", at: node.position)
            return nil
        }
        var factors: [Factor] = []
        var taken = Dictionary(uniqueKeysWithValues: fixed.map { ($0, "fixed") })
        for (key, _) in entries { taken[key.text] = "a factor" }
        for (key, value) in entries {
            guard isName(key) else { continue }
            if fixed.contains(key.text) {
                problems.add("'\(key.text)' is fixed and a factor; keep one", at: key.position)
            }
            guard let levels = levels(value, of: key.text, taken: taken) else { continue }
            factors.append(Factor(name: key.text, levels: levels))
            for parameter in levels.flatMap(\.with) { taken[parameter.name] = "given by factor '\(key.text)' too" }
        }
        guard factors.count == entries.count else { return nil }
        let cellCount = factors.reduce(1.0) { $0 * Double($1.levels.count) }
        guard cellCount <= Double(Declaration.cellMaximum) else {
            problems.add(
                "the factors' cross product has \(cellCount < 1e15 ? String(Int(cellCount)) : "over 1e15") cells; "
                    + "at most \(Declaration.cellMaximum) are allowed", at: node.position)
            return nil
        }
        return factors
    }

    private func levels(_ node: SourceNode, of factor: String, taken: [String: String]) -> [Level]? {
        guard let elements = nodes.elements(of: node, what: "factor '\(factor)'") else { return nil }
        var levels: [Level] = []
        for element in elements {
            guard let level = level(element, of: factor, taken: taken) else { continue }
            if let same = levels.first(where: { canonical($0, of: factor) == canonical(level, of: factor) }) {
                let also = same.value == level.value ? "" : ", which is \(same.value.quoted),"
                problems.add(
                    "factor '\(factor)' has the level \(level.value.quoted)\(also) twice; keep one",
                    at: element.position)
            } else if levels.contains(where: { $0.label == level.label }) {
                problems.add(
                    "factor '\(factor)' has the label \(level.label.quoted) twice; labels tell levels apart",
                    at: element.position)
            }
            levels.append(level)
        }
        return levels.count == elements.count ? levels : nil
    }

    private func level(_ node: SourceNode, of factor: String, taken: [String: String]) -> Level? {
        guard case .mapping = node.content else { return value(node, of: factor).map { Level(value: $0) } }
        guard let fields = nodes.fields(of: node, as: DeclarationKeys.level) else { return nil }
        let value = fields["value"].flatMap { self.value($0, of: factor) }
        let label = fields["label"].flatMap { nodes.line($0, what: "a label", lengthMaximum: 60) }
        let with = fields["with"].map { parameters($0, what: "'with'", taken: taken) } ?? []
        guard let value, let label else { return nil }
        return Level(value: value, label: label, with: with)
    }

    private func canonical(_ value: String, of factor: String) -> String {
        program == .systemSimulator ? SimulatorParameters.canonical(value, of: factor) : value
    }

    /// All that the program is told at a level, in an order of its own: levels that agree in it are the same.
    private func canonical(_ level: Level, of factor: String) -> [String: String] {
        var told = [factor: canonical(level.value, of: factor)]
        for parameter in level.with { told[parameter.name] = canonical(parameter.value, of: parameter.name) }
        return told
    }

    /// A name that the program can be given: known to the simulator, or well-formed for another program.
    private func isName(_ key: NodeReader.Key) -> Bool {
        let isPlaceholder = program?.command != nil && ProgramCommand.Placeholder(rawValue: key.text) != nil
        if isPlaceholder || SimulatorParameters.reserved.contains(key.text) {
            problems.add(
                "'\(key.text)' is given by the harness for each trial and cannot be a parameter; "
                    + "the schedule's keys are \(DeclarationKeys.schedule.joined(separator: ", "))", at: key.position)
            return false
        }
        if key.text == Observer.parameter { return true }
        if key.text == "pairing" {
            problems.add("'pairing' is no parameter; list the pairings to compare under 'pairings'", at: key.position)
            return false
        }
        switch program {
        case .systemSimulator where !SimulatorParameters.names.contains(key.text):
            problems.add(
                "system-simulator has no parameter \(key.text.quoted)"
                    + NearestName.advice(for: key.text, among: SimulatorParameters.names), at: key.position)
            return false
        case .path where !key.text.isKebabCase, .command where !key.text.isKebabCase:
            problems.add(
                "\(key.text.quoted) is no parameter name: small letters and digits in words joined by '-'",
                at: key.position)
            return false
        default:
            return true
        }
    }

    /// The text of a parameter's value, as the program will be told.
    private func value(_ node: SourceNode, of name: String) -> String? {
        guard let text = nodes.line(node, what: "the value of '\(name)'", lengthMaximum: 500) else { return nil }
        let opened = text.count { $0 == "(" }
        let closed = text.count { $0 == ")" }
        if opened != closed {
            problems.add(
                "\(text.quoted) has \(opened > closed ? "an unclosed '('" : "a ')' without its '('"); "
                    + "a value that holds a comma needs quotes inside [ ] and { }", at: node.position)
            return nil
        }
        if program == .systemSimulator, let complaint = SimulatorParameters.complaint(about: text, of: name) {
            problems.add(complaint, at: node.position)
            return nil
        }
        return text
    }

    /// The combinations to leave out. Each must leave out a cell that no earlier one does, and one cell must remain.
    func exclusions(_ node: SourceNode, of declaration: Declaration) -> [[LevelChoice]] {
        guard let elements = nodes.elements(of: node, what: "'exclude'") else { return [] }
        var rest = declaration
        for element in elements {
            guard let selection = selection(element, what: "an exclusion", factors: declaration.factors) else {
                continue
            }
            guard !selection.isEmpty else {
                problems.add("an exclusion names at least one factor", at: element.position)
                continue
            }
            let before = rest.cells.count
            rest.exclusions += combinations(of: selection, in: declaration.factors)
            if rest.cells.count == before {
                problems.add("this exclusion matches no cell that is not excluded already", at: element.position)
            }
        }
        if rest.cells.isEmpty { problems.add("everything is excluded; leave at least one cell", at: node.position) }
        return rest.exclusions
    }

    /// A mapping from factors to one label or a list of labels, as exclusions and hypotheses write it.
    func selection(_ node: SourceNode, what: String, factors: [Factor]) -> [String: [String]]? {
        guard let entries = nodes.entries(of: node, what: what) else { return nil }
        var selection: [String: [String]] = [:]
        var isWhole = true
        for (key, value) in entries {
            guard let factor = factors.first(where: { $0.name == key.text }) else {
                problems.add(
                    "unknown factor \(key.text.quoted)" + NearestName.advice(for: key.text, among: factors.map(\.name)),
                    at: key.position)
                isWhole = false
                continue
            }
            var choices = [value]
            if case .sequence = value.content {
                choices = nodes.elements(of: value, what: "the list of levels") ?? []
                isWhole = isWhole && !choices.isEmpty
            }
            for choice in choices {
                guard let text = nodes.line(choice, what: "a level of '\(factor.name)'") else {
                    isWhole = false
                    continue
                }
                let labels = factor.levels.map(\.label)
                if !labels.contains(text) {
                    problems.add(
                        "factor '\(factor.name)' has no level \(text.quoted)"
                            + NearestName.advice(for: text, among: labels), at: choice.position)
                    isWhole = false
                } else if selection[factor.name, default: []].contains(text) {
                    problems.add("the level \(text.quoted) is named twice; keep one", at: choice.position)
                    isWhole = false
                } else {
                    selection[factor.name, default: []].append(text)
                }
            }
        }
        return isWhole ? selection : nil
    }

    /// A selection with lists as combinations with one label each.
    private func combinations(of selection: [String: [String]], in factors: [Factor]) -> [[LevelChoice]] {
        var combinations: [[LevelChoice]] = [[]]
        for factor in factors {
            guard let labels = selection[factor.name] else { continue }
            combinations = combinations.flatMap { combination in
                labels.map { combination + [LevelChoice(factor: factor.name, label: $0)] }
            }
        }
        return combinations
    }
}
