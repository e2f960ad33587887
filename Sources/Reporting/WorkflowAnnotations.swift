// Workflow commands as GitHub's runner reads them (actions/runner, ActionCommand.cs): `::name title=…::message`, a line each;
// in messages `%`, carriage return and line feed are escaped, in properties `:` and `,` too. Of each kind GitHub shows ten
// a step and drops the rest in silence (github.com/orgs/community/discussions/26680): so there are never more, and the last
// one says how many there would have been.

import Gating
import Quantities

/// A comparison as annotations of a GitHub workflow: an error for what fails, a warning for what is inconclusive, and one
/// notice where all is well. To be printed to standard output, where the runner looks for them.
public struct WorkflowAnnotations: Sendable {
    /// How many of a kind GitHub shows for one step.
    public static let mostOfKind = 10

    private static let mostLines = 20
    private static let longestLine = 1000

    private let outcome: GateOutcome

    public init(of outcome: GateOutcome) { self.outcome = outcome }

    /// The lines, the comparison's own first, each ending in a line break.
    public var text: String { lines.map { $0 + "\n" }.joined() }

    /// Of a comparison without a verdict: one error.
    public static func text(of broken: BrokenSide) -> String {
        line(
            Annotation(
                kind: .error, title: "assay gate: \(broken.experiment): no verdict", message: [broken.description]))
            + "\n"
    }

    private enum Kind: String { case error, warning, notice }

    private struct Annotation {
        var kind: Kind
        var title: String
        /// Lines of text.
        var message: [String]
    }

    private var lines: [String] {
        let all = [whole] + metrics
        return [Kind.error, .warning, .notice].flatMap { kind in
            Self.bounded(all.filter { $0.kind == kind }, kind).map(Self.line)
        }
    }

    private var whole: Annotation {
        let kind = Self.kind(outcome.verdict)
        let summary =
            "\(outcome.metrics.count.counted("figure")) against \(outcome.modeText), \(outcome.pairsText)"
        return Annotation(
            kind: kind, title: "assay gate: \(outcome.experiment): \(outcome.verdict.rawValue)",
            message: outcome.reasons + doubts + [summary])
    }

    /// What the audits have against the measurement.
    private var doubts: [String] {
        guard let trust = outcome.trust, trust.level != .trusted else { return [] }
        return [trust.sentence] + trust.reasons.map { "(\($0.number)) \($0.example)" }
    }

    private var metrics: [Annotation] {
        outcome.metrics.filter { $0.verdict != .pass }.map { metric in
            Annotation(
                kind: Self.kind(metric.verdict),
                title: "assay gate: \(outcome.experiment): \(metric.place): \(metric.verdict.rawValue)",
                message: [metric.reason])
        }
    }

    private static func kind(_ verdict: GateVerdict) -> Kind {
        switch verdict {
        case .fail: .error
        case .inconclusive: .warning
        case .pass: .notice
        }
    }

    private static func bounded(_ annotations: [Annotation], _ kind: Kind) -> [Annotation] {
        guard annotations.count > mostOfKind else { return annotations }
        let rest = annotations.count - (mostOfKind - 1)
        let last = Annotation(
            kind: kind, title: "assay gate: and \(rest) more",
            message: ["GitHub shows \(mostOfKind) of a kind; the report of the comparison has all of them"])
        return annotations.prefix(mostOfKind - 1) + [last]
    }

    private static func line(_ annotation: Annotation) -> String {
        let title = escaped(PlainText.singleLine(annotation.title, atMost: 200), isProperty: true)
        let message = annotation.message.prefix(mostLines).map { PlainText.singleLine($0, atMost: longestLine) }
            .joined(separator: "\n")
        return "::\(annotation.kind.rawValue) title=\(title)::\(escaped(message, isProperty: false))"
    }

    private static func escaped(_ text: String, isProperty: Bool) -> String {
        var result = ""
        // Scalars, not characters: carriage return and line feed are one character.
        for scalar in text.unicodeScalars {
            switch scalar {
            case "%": result += "%25"
            case "\r": result += "%0D"
            case "\n": result += "%0A"
            case ":" where isProperty: result += "%3A"
            case "," where isProperty: result += "%2C"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
