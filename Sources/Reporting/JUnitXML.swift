// JUnit XML has no specification; the intersection of its readers is what is written here: what the schema of Jenkins' xUnit
// plug-in allows (junit-10.xsd), which has properties on suites alone. So a cell is a suite with properties, a metric is a test
// case, and the figures of a case are its output.
//
// A metric that fails is a `failure`. One that is inconclusive is `skipped`, with the reason as its message: of a `skipped`
// case every reader says that it was not decided, while Jenkins, GitLab and the GitHub actions count an `error` as one more
// failed test, and an inconclusive metric must be neither a pass nor a fail. That nothing was decided is not lost: the
// exit status and the property `verdict` say it. An `error` is a comparison without a verdict, of which a side never ran.

import Experiments
import Gating
import Quantities

/// A comparison as JUnit XML: one suite a cell, one test case a metric.
public struct JUnitXML: Sendable {
    private let outcome: GateOutcome

    public init(of outcome: GateOutcome) { self.outcome = outcome }

    /// The whole file, in UTF-8.
    public var text: String {
        let suites = outcome.cells.flatMap { cell in suite(cell, outcome.metrics.filter { $0.cell == cell }) }
        let root = attributes([
            ("name", "assay gate: \(outcome.experiment)"), ("tests", "\(outcome.metrics.count)"),
            ("failures", "\(Self.count(.fail, outcome.metrics))"), ("errors", "0"),
            ("time", (Double(outcome.elapsedNanoseconds) / 1e9).fixed(3)),
        ])
        return (["<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<testsuites\(root)>"] + suites + ["</testsuites>"])
            .joined(separator: "\n") + "\n"
    }

    /// What has no verdict is the one thing that is an `error`: nothing was tested.
    ///
    /// - Parameter startedAt: ISO 8601, UTC.
    static func text(of broken: BrokenSide, startedAt: String) -> String {
        let name = PlainText.markupEscaped(broken.experiment)
        let sentence = PlainText.markupEscaped(broken.description)
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites name="assay gate: \(name)" tests="1" failures="0" errors="1" time="0.000">
              <testsuite name="\(name)" tests="1" failures="0" errors="1" skipped="0" timestamp="\(timestamp(startedAt))">
                <properties>
                  <property name="verdict" value="none"/>
                </properties>
                <testcase classname="\(name)" name="comparison">
                  <error type="no-figures" message="\(sentence)">\(sentence)</error>
                </testcase>
              </testsuite>
            </testsuites>

            """
    }

    private func suite(_ cell: String, _ metrics: [MetricOutcome]) -> [String] {
        let name = cell.isEmpty ? outcome.experiment : "\(outcome.experiment): \(cell)"
        let head = attributes([
            ("name", name), ("tests", "\(metrics.count)"), ("failures", "\(Self.count(.fail, metrics))"),
            ("errors", "0"),
            ("skipped", "\(Self.count(.inconclusive, metrics))"),
        ])
        let timestamp = Self.timestamp(outcome.startedAt)
        let cases = metrics.flatMap { testCase($0, suite: name) }
        return ["  <testsuite\(head) timestamp=\"\(timestamp)\">"] + properties(metrics) + cases + ["  </testsuite>"]
    }

    /// What the whole comparison says, on each suite: readers show suites, and few show what is above them.
    private func properties(_ metrics: [MetricOutcome]) -> [String] {
        let digests = [
            ("baseline-sha256", outcome.baseline.binaryDigest), ("candidate-sha256", outcome.candidate.binaryDigest),
        ]
        var pairs: [(String, String)] = [
            ("verdict", GateVerdict.over(metrics.map(\.verdict)).rawValue),
            ("verdict-of-comparison", outcome.verdict.rawValue), ("experiment", outcome.experiment),
            ("profile", outcome.profile), ("mode", outcome.mode.rawValue), ("baseline", outcome.baseline.label),
            ("candidate", outcome.candidate.label),
        ]
        pairs += digests.compactMap { name, digest in digest.map { (name, $0) } }
        switch outcome.mode {
        case .paired:
            pairs += [
                ("pairs", "\(outcome.pairCount)"), ("pairs-at-most", "\(outcome.pairMaximum)"),
                ("confirming-pairs-at-most", "\(outcome.confirmationPairMaximum)"),
            ]
        case .committed, .stored: pairs.append(("trials", "\(outcome.pairCount)"))
        }
        pairs.append(("started-at", outcome.startedAt))
        if let trust = outcome.trust { pairs.append(("measurement", trust.level.rawValue)) }
        for trials in outcome.trials {
            let side = trials.side.rawValue
            pairs += [
                ("\(side)-trials", "\(trials.trialCount)"), ("\(side)-trials-lost", "\(trials.lostCount)"),
                ("\(side)-attempts-repeated", "\(trials.repeatedCount)"),
            ]
        }
        return ["    <properties>"]
            + pairs.map { "      <property\(attributes([("name", $0.0), ("value", $0.1)]))/>" } + ["    </properties>"]
    }

    private func testCase(_ metric: MetricOutcome, suite: String) -> [String] {
        let head = "    <testcase\(attributes([("classname", suite), ("name", metric.metric)]))>"
        let message = attributes([("type", metric.verdict.rawValue), ("message", metric.reason)])
        let result: [String] =
            switch metric.verdict {
            case .pass: []
            case .fail: ["      <failure\(message)>\(PlainText.markupEscaped(metric.reason))</failure>"]
            case .inconclusive: ["      <skipped\(message)/>"]
            }
        let values = metric.valueTexts
        let figures = [
            "baseline \(values.baseline)", "candidate \(values.candidate)", "effect \(metric.effectWithFreshPairs)",
            "band \(metric.effectText.bandText)", metric.pairCount.counted(outcome.unitName), metric.reason,
        ]
        let output = figures.map(PlainText.markupEscaped).joined(separator: "\n")
        return [head] + result + ["      <system-out>\(output)</system-out>", "    </testcase>"]
    }

    /// Without its zone, which the format does not have: UTC.
    private static func timestamp(_ instant: String) -> String {
        PlainText.markupEscaped(instant.hasSuffix("Z") ? String(instant.dropLast()) : instant)
    }

    private func attributes(_ pairs: [(String, String)]) -> String {
        pairs.map { " \($0.0)=\"\(PlainText.markupEscaped($0.1))\"" }.joined()
    }

    private static func count(_ verdict: GateVerdict, _ metrics: [MetricOutcome]) -> Int {
        metrics.count { $0.verdict == verdict }
    }
}
