import Testing

@testable import Experiments

/// A declaration that must be refused, as an edit of a good one, with all of its errors word for word.
struct BadDeclaration: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String
    /// One a line, as printed.
    let errors: String

    init(_ name: String, text: String, errors: String) {
        self.name = name
        self.text = text
        self.errors = errors
    }

    /// The good declaration with one passage replaced, and perhaps another left out.
    init(_ name: String, _ passage: String, to replacement: String, without other: String = "", errors: String) {
        precondition(Self.good.contains(passage), "the good declaration does not hold '\(passage)'")
        let rest = other.isEmpty ? Self.good : Self.good.replacing(other, with: "")
        self.init(name, text: rest.replacing(passage, with: replacement, maxReplacements: 1), errors: errors)
    }

    var testDescription: String { name }

    static let all = single + combinations

    /// Those of which most can be seen by a schema, which looks at one part at a time.
    static let single = structures + values + factors + clocks + hypotheses + limits + commands

    static let good = """
        question: Does it work?
        program: system-simulator
        fixed:
          workers: 8
        factors:
          write-delay:
            - {label: fixed, value: 50ms}
            - {label: random, value: "normal(60ms, 5ms)"}
          clients: [1, 15, 125]
        trials: 3
        warm-up: 1s
        measure: 2s
        profiles:
          quick: {trials: 2}
        stages: [request, persist]
        pairings: [request, thread]
        hypotheses:
          - says: It is near.
            metric: persist.p50
            where: {write-delay: fixed}
            near: 50ms
            within: 1ms

        """
}
