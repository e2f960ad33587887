import Quantities

// Reads single values out of nodes; what does not fit is added to the list of problems and comes back as nil, so that
// the rest of the file is still read.

struct NodeReader {
    let problems: ProblemList

    /// The values of a mapping by key. Unknown and missing keys are problems.
    func fields(of node: SourceNode, as keys: DeclarationKeys.Mapping) -> Fields? {
        guard let entries = entries(of: node, what: keys.title) else { return nil }
        var values: [String: SourceNode] = [:]
        var meant: Set<String> = []
        for (key, value) in entries {
            if keys.names.contains(key.text) {
                values[key.text] = value
            } else {
                let slip = key.text.contains(")") && !key.text.contains("(")
                let hint = slip ? "; a value that holds a comma needs quotes inside { }" : ""
                problems.add(
                    "unknown key \(key.text.quoted) in \(keys.title)\(hint)"
                        + NearestName.advice(for: key.text, among: keys.names), at: key.position)
                if let name = nearestName(to: key.text, among: keys.names) { meant.insert(name) }
            }
        }
        // A key that is there but misspelt is one error, not two.
        let missing = keys.required.filter { values[$0] == nil && !meant.contains($0) }
        if !missing.isEmpty {
            let names = missing.map { "'\($0)'" }.joined(separator: ", ")
            problems.add("\(keys.title) lacks the key\(missing.count == 1 ? "" : "s") \(names)", at: node.position)
        }
        return Fields(position: node.position, values: values)
    }

    struct Fields {
        var position: SourcePosition
        var values: [String: SourceNode]
        subscript(key: String) -> SourceNode? { values[key] }
    }

    struct Key {
        var text: String
        var position: SourcePosition
    }

    /// The entries of a mapping in the order written.
    func entries(of node: SourceNode, what: String) -> [(key: Key, value: SourceNode)]? {
        guard case .mapping(let entries) = node.content else {
            problems.add("\(what) is a mapping (key: value), found \(node.kindText)", at: node.position)
            return nil
        }
        return entries.compactMap { entry in
            guard case .scalar(let text, _) = entry.key.content else {
                problems.add("a key is a name, found \(entry.key.kindText)", at: entry.key.position)
                return nil
            }
            return (Key(text: text, position: entry.key.position), entry.value)
        }
    }

    /// The elements of a list that holds at least one.
    func elements(of node: SourceNode, what: String) -> [SourceNode]? {
        guard case .sequence(let elements) = node.content else {
            problems.add("\(what) is a list, found \(node.kindText)", at: node.position)
            return nil
        }
        guard !elements.isEmpty else {
            problems.add(
                "\(what) is empty; list at least one, or leave the key out where it is optional", at: node.position)
            return nil
        }
        return elements
    }

    /// Text of one line with something in it.
    func line(_ node: SourceNode, what: String, lengthMaximum: Int = 1000) -> String? {
        guard case .scalar(let text, _) = node.content else {
            problems.add("\(what) is text, found \(node.kindText)", at: node.position)
            return nil
        }
        let trimmed = text.trimmingBlanks
        guard !trimmed.isEmpty else {
            problems.add("\(what) is empty", at: node.position)
            return nil
        }
        guard trimmed.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) else {
            problems.add("\(what) holds a line break or control character: write it on one line", at: node.position)
            return nil
        }
        guard trimmed.unicodeScalars.count <= lengthMaximum else {
            problems.add("\(what) is longer than \(lengthMaximum) characters", at: node.position)
            return nil
        }
        return trimmed
    }

    /// One of a set of names.
    func name<Value: RawRepresentable<String> & CaseIterable>(_ node: SourceNode, what: String) -> Value? {
        guard let text = line(node, what: what) else { return nil }
        if let value = Value(rawValue: text) { return value }
        let names = Value.allCases.map(\.rawValue)
        problems.add("unknown \(what) \(text.quoted)" + NearestName.advice(for: text, among: names), at: node.position)
        return nil
    }

    /// A list of names, each once.
    func names<Value: RawRepresentable<String> & CaseIterable>(_ node: SourceNode, what: String) -> [Value]? {
        guard let elements = elements(of: node, what: "'\(what)s'") else { return nil }
        var values: [Value] = []
        var isWhole = true
        for element in elements {
            guard let value: Value = name(element, what: what) else {
                isWhole = false
                continue
            }
            if values.contains(where: { $0.rawValue == value.rawValue }) {
                problems.add("the \(what) '\(value.rawValue)' is listed twice; keep one", at: element.position)
            } else {
                values.append(value)
            }
        }
        return isWhole ? values : nil
    }

    /// A whole number as plain decimal digits: `0x10`, `1e3`, `010`, `'3'` and `3.0` are refused, since YAML's readers
    /// disagree on them.
    func count(_ node: SourceNode, what: String, in range: ClosedRange<Int>) -> Int? {
        guard case .scalar(let text, isPlain: true) = node.content, let value = Self.plainInteger(text) else {
            problems.add(
                "\(what) is a whole number in plain digits, \(range.lowerBound) to \(range.upperBound), "
                    + "found \(node.kindText)", at: node.position)
            return nil
        }
        guard range.contains(value) else {
            problems.add("\(what) is \(range.lowerBound) to \(range.upperBound), found \(value)", at: node.position)
            return nil
        }
        return value
    }

    /// The value of plain decimal digits with an optional minus and without leading zeros; nil for all else.
    static func plainInteger(_ text: String) -> Int? {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        guard digits.allSatisfy({ ("0"..."9").contains($0) }), digits == "0" || digits.first != "0" else { return nil }
        return Int(text)
    }
}

extension String {
    /// The text without the blanks and line breaks around it.
    var trimmingBlanks: String {
        let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0.isNewline }
        var rest = drop(while: isBlank)
        while let last = rest.last, isBlank(last) { rest.removeLast() }
        return String(rest)
    }
}
