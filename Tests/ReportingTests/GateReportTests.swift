import Analysis
import Archiving
import Experiments
import Gating
import Statistics
import TestSupport
import Testing
import TraceModel

@testable import Reporting

@Suite("The report of a gate")
struct GateReportTests {
    @Test("is for a terminal what was last reviewed")
    func text() throws {
        #expect(try Golden.compare(GateReport(of: GateSamples.mixed).text, with: "gate-mixed.txt").complaint == nil)
        #expect(try Golden.compare(GateReport(of: GateSamples.exact).text, with: "gate-exact.txt").complaint == nil)
    }

    @Test("is as Markdown what was last reviewed")
    func markdown() throws {
        let origin = GateMarkdown.Origin(
            provenance: Provenance(
                revision: "0123abc", revisionIsModified: true, binaryDigest: nil, toolchain: nil, host: "runner-7",
                kernel: "Linux 6.18 x86_64", processorModel: nil, processorCount: 2), seed: 42,
            plot: "plots/effects.svg")
        let mixed = GateMarkdown(of: GateSamples.mixed, origin: origin).text
        #expect(try Golden.compare(mixed, with: "gate-mixed.md").complaint == nil)
        #expect(try Golden.compare(GateMarkdown(of: GateSamples.exact).text, with: "gate-exact.md").complaint == nil)
    }

    @Test("is as a step's summary what was last reviewed")
    func summary() throws {
        #expect(try Golden.compare(StepSummary(of: GateSamples.mixed).text, with: "gate-summary.md").complaint == nil)
    }

    @Test("says its verdict before its first number", arguments: [GateSamples.mixed, GateSamples.exact])
    func verdictFirst(outcome: GateOutcome) throws {
        for text in [GateReport(of: outcome).text, GateMarkdown(of: outcome).text, StepSummary(of: outcome).text] {
            let lower = text.lowercased()
            let verdict = try #require(lower.firstRange(of: outcome.verdict.rawValue))
            let hasNumber = lower[..<verdict.lowerBound].contains { $0.isNumber }
            #expect(!hasNumber)
        }
    }

    @Test("names the figures that were compared with nothing")
    func empty() {
        #expect(GateReport(of: GateSamples.empty).text.contains("No metric was compared."))
        #expect(GateMarkdown(of: GateSamples.empty).text.contains("No metric was compared."))
        #expect(StepSummary(of: GateSamples.empty).text.contains("client-counts: inconclusive"))
    }

    @Test("says in every format how far the measurement can be trusted, before its first number, and why")
    func trust() throws {
        let mixed = GateSamples.mixed
        let texts = [
            GateReport(of: mixed).text, GateMarkdown(of: mixed).text, StepSummary(of: mixed).text,
            WorkflowAnnotations(of: mixed).text,
        ]
        for text in texts { #expect(text.contains("is doubtful") && text.contains("Other processes used 98 %")) }
        #expect(
            GateMarkdown(of: mixed).text.contains("**Fail**\n\n**The measurement is doubtful**, because something else")
        )
        #expect(JUnitXML(of: mixed).text.contains("<property name=\"measurement\" value=\"doubtful\"/>"))
        #expect(StoredOutcome(of: mixed).trust?.reasons.map(\.audit) == ["environment"])
        #expect(GateMarkdown(of: GateSamples.exact).text.contains("**The measurement is trusted**."))
    }

    @Test("shows the fresh pairs of a failure that they do not confirm, and forecasts no decision")
    func unconfirmed() {
        let outcome = GateSamples.unconfirmed
        let effect = "+7.1 [+5.6, +8.6] %, fresh pairs +1.2 [0.0, +2.4] %"
        let texts = [GateReport(of: outcome).text, GateMarkdown(of: outcome).text, JUnitXML(of: outcome).text]
        for text in texts { #expect(text.contains(effect), "\(text)") }
        #expect(GateMarkdown(of: outcome).text.contains("| **inconclusive, not confirmed** |"))
        #expect(
            GateMarkdown(of: outcome).text.contains(
                "- request.p99 at clients 125: it is not confirmed by the fresh pairs"))
        #expect(ForestPlot(of: outcome).svg.contains(">fresh pairs</text>"))
        #expect(!ForestPlot(of: GateSamples.mixed).svg.contains(">fresh pairs</text>"))
        #expect(StoredOutcome(of: outcome).metrics[0].unconfirmedBy?.interval == [1, 1.024])
    }

    @Test("states the confidence over all looks, and that of the look beside it")
    func confidence() {
        #expect(
            GateSamples.mixed.confidenceText
                == "Intervals hold at 95 % over all looks (97.47 % or 99.55 % at this one), those of fresh pairs at 90 % over all "
                + "looks (97.5 % at this one).")
        #expect(GateSamples.stored.confidenceText == "Intervals hold at 98 %.")
        #expect(GateSamples.empty.confidenceText == nil)
    }

    @Test("speaks of pairs where there are some, of trials elsewhere, and explains the rule of its own way")
    func words() {
        let mixed = GateMarkdown(of: GateSamples.mixed).text
        #expect(mixed.contains("24 pairs, of at most 60 and 30 to confirm a failure, in 5 min 12 s"))
        #expect(mixed.contains("](../../docs/gate.md#how-a-verdict-is-found)"))
        for (outcome, rule) in [
            (GateSamples.exact, "there is no noise and no interval: *fail* is a mean effect"),
            (GateSamples.stored, "*Fail* needs the whole prediction interval of a new session"),
        ] {
            let report = GateMarkdown(of: outcome).text
            #expect(report.contains(rule) && report.contains("| trials | verdict |"))
            #expect(!report.contains("pair") && !GateReport(of: outcome).text.contains("pair"))
            #expect(JUnitXML(of: outcome).text.contains("<property name=\"trials\" value=\"5\"/>"))
        }
    }

    @Test("is judged by the gate's own pairings, and its notes are left out")
    func judgedBy() {
        let summary = SummaryBuilder.puzzle
        let byRequest = GateTrust(of: summary, judgedBy: [.request])
        let byThread = GateTrust(of: summary, judgedBy: [.thread])
        #expect(byRequest.level.rawValue == summary.verdict.byPairing.first { $0.pairing == .request }?.level.rawValue)
        #expect(byThread.level.rawValue == summary.verdict.byPairing.first { $0.pairing == .thread }?.level.rawValue)
        #expect(byRequest.reasons.map(\.number) == Array(1..<(byRequest.reasons.count + 1)))
        #expect(byRequest.reasons.count < StoredVerdict(of: summary).reasons.count)
    }

    @Test("says in every format which trials were lost, and whether attempts were repeated")
    func losses() {
        let lost = "the candidate lost 2 of 48 trials and repeated 3 attempts"
        let mixed = GateSamples.mixed
        for text in [GateReport(of: mixed).text, GateMarkdown(of: mixed).text, StepSummary(of: mixed).text] {
            #expect(text.contains(lost))
        }
        #expect(JUnitXML(of: mixed).text.contains("<property name=\"candidate-trials-lost\" value=\"2\"/>"))
        #expect(StoredOutcome(of: mixed).trials.map(\.repeatedCount) == [1, 3, 0])
        #expect(GateReport(of: GateSamples.exact).text.contains("  trials: none was lost, and no attempt was repeated"))
        #expect(!GateReport(of: GateSamples.empty).text.contains("trials"))
    }

    @Test("stays within its bounds, and says what it left out")
    func bounds() {
        let text = GateReport(of: GateSamples.many(250)).text
        #expect(text.split(separator: "\n").count < 220)
        #expect(text.contains("… and 50 more rows"))
        var outcome = GateSamples.many(5_000)
        outcome.reasons = (0..<5_000).map { "Reason \($0): " + String(repeating: "x", count: 2_000) }
        let summary = StepSummary(of: outcome).text
        #expect(summary.utf8.count < 200_000)
        #expect(summary.contains("… and 4900 more rows") && summary.contains("… and 4980 more"))
    }

    @Test("lets no name end a line, open markup or move the cursor")
    func hostile() {
        let text = GateReport(of: GateSamples.hostile).text
        #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}") && !text.contains("\n::"))
        // What stands in code spans is not markup; everything else is hostile here.
        var outcome = GateSamples.hostile
        (outcome.experiment, outcome.profile) = ("a", "b")
        (outcome.baseline, outcome.candidate) = (.init(label: "c"), .init(label: "d"))
        for markdown in [GateMarkdown(of: outcome).text, StepSummary(of: outcome).text] {
            #expect(!markdown.contains("\u{1B}") && !markdown.contains("\n::") && !markdown.contains("a<b>"))
            #expect(!markdown.unicodeScalars.contains("\r") && !markdown.contains("<\u{301}script"))
        }
    }

    @Test(
        "writes a change in the unit of its band, with the digits that its interval leaves",
        arguments: [
            (Band(.relative(0.05)), Metric.Dimension.duration, 1.071, 1.056, 1.0862, "+7.1 [+5.6, +8.6] %"),
            (Band(.relative(0.05)), .rate, 1, 1, 1, "0.0 [0.0, 0.0] %"),
            (Band(.relative(0.05)), .rate, 0.5, 0.2, 0.9, "-50 [-80, -10] %"),
            (Band(.absolute(1e6)), .duration, 9_300, -120_000, 138_600, "+9 [-120, +139] µs"),
            (Band(.absolute(0.05)), .share, 0.012, -0.01, 0.034, "+1.2 [-1.0, +3.4] points"),
            (Band(.absolute(1)), .count, 3, -.infinity, .infinity, "+3.0 [unbounded, unbounded]"),
        ] as [(Band, Metric.Dimension, Double, Double, Double, String)])
    func effects(
        band: Band, dimension: Metric.Dimension, effect: Double, lower: Double, upper: Double, expected: String
    ) {
        let text = EffectText(band: band, dimension: dimension)
        #expect(text.text(effect, Interval(lowerBound: lower, upperBound: upper)) == expected)
    }

    @Test("writes an effect without an interval, and an absent one, as such")
    func absentEffects() {
        let text = EffectText(band: Band(.relative(0.05)), dimension: .duration)
        #expect(text.text(1.0123, nil) == "+1.2 %")
        #expect(text.text(nil, nil) == "—")
        #expect(text.text(.nan, nil) == "—")
        #expect(text.size(onScale: .infinity) == "—")
    }

    @Test(
        "writes a band as it was declared",
        arguments: [
            (Band(.relative(0.05)), Metric.Dimension.duration, "5 %"), (Band(.absolute(1e6)), .duration, "1 ms"),
            (Band(.absolute(0.05)), .share, "5 points"), (Band(.absolute(2.5)), .rate, "2.5/s"),
            (Band(.absolute(64 * 1_048_576)), .bytes, "64 MiB"), (Band(.absolute(3)), .count, "3"),
        ])
    func bands(band: Band, dimension: Metric.Dimension, expected: String) {
        #expect(EffectText(band: band, dimension: dimension).bandText == expected)
    }

    @Test("counts effects in bands, worse upwards in both directions")
    func inBands() throws {
        let relative = EffectText(band: Band(.relative(0.05)), dimension: .duration)
        #expect(abs(try #require(relative.inBands(1.05, .higherIsWorse)) - 1) < 1e-12)
        #expect(abs(try #require(relative.inBands(1 / 1.05, .lowerIsWorse)) - 1) < 1e-12)
        #expect(relative.inBands(0, .higherIsWorse) == nil)
        let absolute = EffectText(band: Band(.absolute(2)), dimension: .count)
        #expect(absolute.inBands(-3, .higherIsWorse) == -1.5)
    }
}
