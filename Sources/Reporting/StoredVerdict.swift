// The verdict as a value of its own: it is what `verdict.json` holds, what `assay audit` prints, and what a gate acts on. It
// stands beside the report because raw traces are not kept for ever, and a verdict without its reasons is an opinion.

import Analysis
import Auditing
import Experiments
import Foundation
import TraceModel

/// How far a measurement can be trusted, with every finding behind it.
public struct StoredVerdict: Sendable, Equatable, Codable {
    /// The stored form's version. 1: first. 2: with ``hypotheses`` and ``unapplied``; a reader of version 2 reads version 1.
    public var version = StoredVerdict.currentVersion
    static let currentVersion = 2
    /// The experiment's name, or the trace's file.
    public var subject: String
    /// The worst of ``pairings``, or, where events were not paired, that of the processes' figures.
    public var level: Verdict.Level
    /// One for each pairing that was judged.
    public var pairings: [PairingLevel]
    /// Findings that belong together, in the order of the report: those that count, those on pairings that are not judged, and
    /// notes, which have no number.
    public var reasons: [StoredReason]
    /// What became of the experiment's hypotheses, in their order; nil for a trace, and in version 1.
    public var hypotheses: [StoredHypothesis]?
    /// The audits that could not be applied, in the catalogue's order; nil in version 1, which does not say.
    public var unapplied: [UnappliedAudit]?

    public struct PairingLevel: Sendable, Equatable, Codable {
        public var pairing: PairingKey
        public var level: Verdict.Level
    }

    /// One reason with all findings that it stands for.
    public struct StoredReason: Sendable, Equatable, Codable {
        /// As reports refer to it, among the reasons of all pairings that are judged; nil for a note.
        public var number: Int?
        public var audit: String
        public var severity: Finding.Severity
        /// `by request` or `by thread`; nil where it concerns both.
        public var subject: String?
        /// What it means, in a few words without figures.
        public var meaning: String
        /// The finding that shows it best.
        public var example: String
        public var remedy: String
        public var findings: [Finding]
    }

    /// A hypothesis and what became of it.
    public struct StoredHypothesis: Sendable, Equatable, Codable {
        /// As in the report: `H1` for the first.
        public var identifier: String
        /// What the declaration says.
        public var sentence: String
        public var answer: HypothesisOutcome.Answer
        /// How far the figures that it rests on can be trusted; nil where there are none.
        public var trust: Verdict.Level?
    }

    /// The verdict on an experiment.
    public init(of summary: ExperimentSummary) {
        self.init(
            subject: summary.declaration.name, verdict: summary.verdict, reasons: Reason.all(in: summary),
            hypotheses: summary.hypotheses.enumerated().map { index, outcome in
                StoredHypothesis(
                    identifier: "H\(index + 1)", sentence: outcome.hypothesis.statement, answer: outcome.answer,
                    trust: summary.analysedTrialCount > 0 ? outcome.trust : nil)
            }, unapplied: summary.unapplied)
    }

    /// The verdict on one trace by itself.
    ///
    /// - Parameter pairings: What is judged; findings on others are told and do not count.
    public init(of trace: TraceSummary, pairings: [PairingKey]) {
        self.init(
            subject: trace.fileName, verdict: Verdict(of: trace.findings, pairings: pairings),
            reasons: Reason.all(of: trace.findings, judged: pairings), hypotheses: nil, unapplied: trace.unapplied)
    }

    private init(
        subject: String, verdict: Verdict, reasons: [Reason], hypotheses: [StoredHypothesis]?,
        unapplied: [UnappliedAudit]
    ) {
        self.subject = subject
        self.hypotheses = hypotheses
        self.unapplied = unapplied
        pairings = verdict.byPairing.map { PairingLevel(pairing: $0.pairing, level: $0.level) }
        level = verdict.level
        self.reasons = reasons.map { reason in
            StoredReason(
                number: reason.severity > .note ? reason.number : nil, audit: reason.audit, severity: reason.severity,
                subject: reason.subject, meaning: reason.meaning, example: reason.example, remedy: reason.remedy,
                findings: reason.findings)
        }
    }

    /// Whether the reason concerns what is judged.
    func counts(_ reason: StoredReason) -> Bool {
        reason.subject.map { subject in pairings.contains { $0.pairing.title == subject } } ?? true
    }

    /// Orders and numbers the reasons for fewer pairings, so that none of them seems to be missing.
    private mutating func orderReasons() {
        let numbered = reasons.filter { $0.severity > .note }
        reasons = numbered.filter(counts) + numbered.filter { !counts($0) } + reasons.filter { $0.severity == .note }
        for index in numbered.indices { reasons[index].number = index + 1 }
    }

    /// The same verdict on some of its pairings; nil where it has none of them.
    public func limited(to chosen: [PairingKey]) -> StoredVerdict? {
        var limited = self
        limited.pairings = pairings.filter { chosen.contains($0.pairing) }
        guard let worst = limited.pairings.map(\.level).max() else { return nil }
        limited.level = worst
        limited.orderReasons()
        return limited
    }

    /// As JSON: keys in ascending order, so that the same verdict is the same bytes.
    public var json: String { Self.text(of: self) }

    /// Several verdicts as one JSON array, in their order.
    public static func json(of verdicts: [StoredVerdict]) -> String { text(of: verdicts) }

    private static func text(of value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
        } catch {
            // Only a figure that is no number cannot be encoded, and no finding has one.
            preconditionFailure("a verdict cannot be written as JSON: \(error)")
        }
    }

    /// Reads ``json``.
    ///
    /// - Throws: A sentence that says what is wrong and what to do, for a file of that name.
    public init(json bytes: [UInt8], path: String) throws(StoredVerdictError) {
        do {
            self = try JSONDecoder().decode(StoredVerdict.self, from: Data(bytes))
        } catch {
            throw StoredVerdictError(
                description: "\(path): is no stored verdict; make it anew with `assay report`, or restore the file")
        }
        guard version <= Self.currentVersion else {
            throw StoredVerdictError(
                description: "\(path): expected version \(Self.currentVersion) or less, found \(version); "
                    + "use an assay of the same release or newer")
        }
    }
}

/// Why a stored verdict cannot be read, as a whole sentence.
public struct StoredVerdictError: Error, Equatable, CustomStringConvertible {
    public let description: String
}
