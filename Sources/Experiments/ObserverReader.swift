import TraceModel

/// Reads who may watch the program from outside, and checks that the cells name them.
struct ObserverReader {
    let nodes: NodeReader
    /// The declaration's folder as a prefix for the names of the scripts in errors.
    let folder: String
    /// The bytes of a script, by its path relative to the declaration's folder; nil to do without the scripts' text.
    let load: ((String) throws(FileFailure) -> [UInt8])?

    /// The most observers that a declaration may have: all may watch at once, and each is a process.
    static let countMaximum = 8

    func observers(_ node: SourceNode) -> [Observer] {
        guard let entries = nodes.entries(of: node, what: "'observers'") else { return [] }
        if entries.isEmpty {
            nodes.problems.add("'observers' is empty; name at least one, or leave the key out", at: node.position)
        }
        if entries.count > Self.countMaximum {
            nodes.problems.add(
                "\(entries.count) observers are declared; at most \(Self.countMaximum) are allowed", at: node.position)
        }
        return entries.compactMap { key, value in
            guard key.text.isKebabCase, key.text.count <= 40, key.text != Observer.nobody else {
                nodes.problems.add(
                    "\(key.text.quoted) is no observer's name: small letters and digits in words joined by '-', at most 40 "
                        + "characters, and not '\(Observer.nobody)'", at: key.position)
                return nil
            }
            return observer(value, name: key.text)
        }
    }

    private func observer(_ node: SourceNode, name: String) -> Observer? {
        guard let fields = nodes.fields(of: node, as: DeclarationKeys.observer), let file = fields["script"] else {
            return nil
        }
        let pairing: PairingKey? = fields["pairing"].flatMap { nodes.name($0, what: "pairing") }
        guard let load else {
            return nodes.line(file, what: "'script'").map {
                Observer(name: name, script: $0, text: "", pairing: pairing)
            }
        }
        return nodes.file(file, key: "script", folder: folder, load: load).map {
            Observer(name: name, script: $0.path, text: $0.text, pairing: pairing)
        }
    }

    /// Complains where the cells name observers that there are not, and where declared ones have nothing to watch.
    func check(_ declaration: Declaration, _ places: ParameterPlaces, at node: SourceNode?) {
        let known = declaration.observers.map(\.name)
        var complaints: [String] = []
        var used: Set<String> = []
        for cell in declaration.cells {
            used.formUnion(cell.observerNames)
            guard
                let complaint = complaint(about: cell, known, isVirtual: cell.isVirtual(of: declaration.program.text)),
                !complaints.contains(complaint)
            else { continue }
            complaints.append(complaint)
            nodes.problems.add(
                complaint, at: places.position(of: Observer.parameter, in: cell) ?? node?.position ?? .start)
        }
        guard complaints.isEmpty, let node else { return }
        for name in known where !used.contains(name) {
            nodes.problems.add(
                "the observer '\(name)' watches no cell; name it in '\(Observer.parameter)', fixed or as a level, or leave "
                    + "it out", at: node.position)
        }
    }

    private func complaint(about cell: Cell, _ known: [String], isVirtual: Bool) -> String? {
        let names = cell.observerNames
        guard cell.parameters.contains(where: { $0.name == Observer.parameter }) else { return nil }
        guard !known.isEmpty else {
            return
                "'\(Observer.parameter)' says who watches the program, and nobody is declared under 'observers'; declare "
                + "somebody, or leave it out"
        }
        if let unknown = names.first(where: { !known.contains($0) }) {
            return "unknown observer \(unknown.quoted) in '\(Observer.parameter)'"
                + NearestName.advice(for: unknown, among: known + [Observer.nobody])
        }
        if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
            return "'\(Observer.parameter)' names '\(twice)' twice; keep one"
        }
        guard isVirtual, !names.isEmpty else { return nil }
        return
            "'\(Observer.parameter)' does nothing in virtual time, of which an outside tracer has no clock; leave it out, or "
            + "say '\(Observer.nobody)'"
    }
}
