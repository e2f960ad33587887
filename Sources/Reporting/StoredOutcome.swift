// The outcome as others read it. It is a type of its own, so that the stored names and units stay when the domain changes.

import Experiments
import Foundation
import Gating
import Statistics

// Glibc for exp, which undoes the logarithm that relative effects are compared on.
#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What a gate found, as `comparison.json` holds it.
public struct StoredOutcome: Sendable, Equatable, Codable {
    /// The stored form's version. 1: first. 2: with ``trials``, ``trust``, units and fresh pairs; the null control's sizes are
    /// ratios where the band is relative, as effects are, and were logarithms before, so that version 1 is not read.
    public var version = StoredOutcome.currentVersion
    static let currentVersion = 2
    public var experiment: String
    public var profile: String
    public var mode: GateOutcome.Mode
    public var baseline: Side
    public var candidate: Side
    public var verdict: GateVerdict
    public var reasons: [String]
    public var metrics: [Figure]
    /// Nil where none was run.
    public var nullControl: [Control]?
    /// What the audits say of the measurement; nil where nobody asked them.
    public var trust: Trust?
    /// What became of the trials of each side that was run.
    public var trials: [Trials]
    public var pairCount: Int
    public var pairMaximum: Int
    public var confirmationPairMaximum: Int
    public var elapsedNanoseconds: Int64
    /// ISO 8601, UTC.
    public var startedAt: String

    /// The audits' verdict on the measurement, with its reasons.
    public struct Trust: Sendable, Equatable, Codable {
        public var level: GateTrust.Level
        public var reasons: [Reason]

        public struct Reason: Sendable, Equatable, Codable {
            public var number: Int
            public var level: GateTrust.Level
            public var audit: String
            public var meaning: String
            public var example: String
            public var remedy: String
            public var findingCount: Int
        }
    }

    /// The trials of one side.
    public struct Trials: Sendable, Equatable, Codable {
        /// `baseline`, `candidate` or `control`.
        public var side: Experiments.Side
        public var trialCount: Int
        public var lostCount: Int
        public var repeatedCount: Int
    }

    public struct Side: Sendable, Equatable, Codable {
        public var label: String
        public var sha256: String?
    }

    /// How large a change may be: one of the two is there.
    public struct StoredBand: Sendable, Equatable, Codable {
        /// 0.05 for 5 %.
        public var relative: Double?
        /// In the metric's unit.
        public var absolute: Double?
    }

    /// One metric in one cell.
    public struct Figure: Sendable, Equatable, Codable {
        public var cell: String
        public var metric: String
        public var direction: Metric.Direction
        public var dimension: Metric.Dimension
        public var band: StoredBand
        public var verdict: GateVerdict
        public var reason: String
        /// Of the two values: `ns`, `1/s`, `bytes`, `count`, or `1` for shares.
        public var unit: String
        public var baseline: Double?
        public var candidate: Double?
        /// A ratio where the band is relative, else a difference.
        public var effect: Double?
        /// `ratio` where the band is relative, else ``unit``.
        public var effectUnit: String
        /// Of the effect: lower and upper bound; nil where it is unknown or unbounded.
        public var interval: [Double]?
        public var confidence: Double?
        public var confidenceOverLooks: Double?
        public var pairCount: Int
        public var pairsMissing: Int?
        /// The figures of fresh pairs that did not confirm a failure.
        public var unconfirmedBy: FreshPairs?

        public struct FreshPairs: Sendable, Equatable, Codable {
            public var effect: Double?
            public var interval: [Double]?
            public var pairCount: Int
        }
    }

    /// One metric and cell of the baseline against itself.
    public struct Control: Sendable, Equatable, Codable {
        public var cell: String
        public var metric: String
        public var effect: Double?
        public var interval: [Double]?
        /// As a ratio above 1 where the band is relative, else as a difference.
        public var noiseFloor: Double?
        /// As the noise floor.
        public var smallestDetectableEffect: Double?
        /// `ratio` where the band is relative, else the metric's unit.
        public var effectUnit: String
        public var falseAlarmShare: Double?
        public var hasAlarmed: Bool
    }

    /// The outcome in its stored form. What is not finite is left out.
    public init(of outcome: GateOutcome) {
        experiment = outcome.experiment
        profile = outcome.profile
        mode = outcome.mode
        baseline = Side(label: outcome.baseline.label, sha256: outcome.baseline.binaryDigest)
        candidate = Side(label: outcome.candidate.label, sha256: outcome.candidate.binaryDigest)
        verdict = outcome.verdict
        reasons = outcome.reasons
        metrics = outcome.metrics.map(Figure.init)
        nullControl = outcome.nullControl.map { control in
            control.entries.compactMap { entry in outcome.metric(of: entry).map { Control(entry, of: $0) } }
        }
        trust = outcome.trust.map(Trust.init)
        trials = outcome.trials.map { trials in
            Trials(
                side: trials.side, trialCount: trials.trialCount, lostCount: trials.lostCount,
                repeatedCount: trials.repeatedCount)
        }
        pairCount = outcome.pairCount
        pairMaximum = outcome.pairMaximum
        confirmationPairMaximum = outcome.confirmationPairMaximum
        elapsedNanoseconds = outcome.elapsedNanoseconds
        startedAt = outcome.startedAt
    }

    /// As JSON: keys in ascending order, so that the same outcome is the same bytes.
    public var json: String { JSONText.text(self) }

    /// Reads ``json``.
    ///
    /// - Throws: A sentence that says what is wrong and what to do, for a file of that name.
    public init(json bytes: [UInt8], path: String) throws(StoredOutcomeError) {
        let decoder = JSONDecoder()
        do {
            let version = try decoder.decode(Version.self, from: Data(bytes)).version
            guard version == Self.currentVersion else { throw Other(version: version) }
            self = try decoder.decode(StoredOutcome.self, from: Data(bytes))
        } catch let other as Other {
            let remedy =
                other.version > Self.currentVersion
                ? "use an assay of the same release or newer" : "make it anew with `assay compare`"
            throw StoredOutcomeError(
                description: "\(path): expected version \(Self.currentVersion), found \(other.version); \(remedy)")
        } catch {
            throw StoredOutcomeError(
                description: "\(path): is no stored comparison; make it anew with `assay compare`, or restore the file")
        }
    }

    private struct Version: Decodable { var version: Int }

    private struct Other: Error { var version: Int }
}

extension StoredOutcome.Figure {
    init(_ outcome: MetricOutcome) {
        cell = outcome.cell
        metric = outcome.metric
        direction = outcome.direction
        dimension = outcome.dimension
        switch outcome.band.size {
        case .relative(let share): band = StoredOutcome.StoredBand(relative: share)
        case .absolute(let size): band = StoredOutcome.StoredBand(absolute: size)
        }
        verdict = outcome.verdict
        reason = outcome.reason
        unit = outcome.dimension.storedUnit
        effectUnit = outcome.storedEffectUnit
        baseline = outcome.baseline.finite
        candidate = outcome.candidate.finite
        effect = outcome.effect.finite
        interval = outcome.interval.flatMap(\.storedBounds)
        confidence = outcome.confidence.finite
        confidenceOverLooks = outcome.confidenceOverLooks.finite
        pairCount = outcome.pairCount
        pairsMissing = outcome.pairsMissing
        unconfirmedBy = outcome.unconfirmedBy.map { fresh in
            FreshPairs(
                effect: fresh.effect.finite, interval: fresh.interval.flatMap(\.storedBounds),
                pairCount: fresh.pairCount)
        }
    }
}

extension StoredOutcome.Trust {
    init(_ trust: GateTrust) {
        level = trust.level
        reasons = trust.reasons.map { reason in
            Reason(
                number: reason.number, level: reason.level, audit: reason.audit, meaning: reason.meaning,
                example: reason.example, remedy: reason.remedy, findingCount: reason.findingCount)
        }
    }
}

extension StoredOutcome.Control {
    init(_ entry: NullControl.Entry, of outcome: MetricOutcome) {
        let size = { (onScale: Double) -> Double? in
            if case .relative = outcome.band.size { return Optional(exp(onScale)).finite }
            return Optional(onScale).finite
        }
        effectUnit = outcome.storedEffectUnit
        cell = entry.cell
        metric = entry.metric
        effect = Optional(entry.effect).finite
        interval = entry.interval.storedBounds
        noiseFloor = size(entry.noiseFloor)
        smallestDetectableEffect = size(entry.smallestDetectableEffect)
        falseAlarmShare = Optional(entry.falseAlarmShare).finite
        hasAlarmed = entry.hasAlarmed
    }
}

extension MetricOutcome {
    /// What ``effect`` is in.
    fileprivate var storedEffectUnit: String {
        if case .relative = band.size { return "ratio" }
        return dimension.storedUnit
    }
}

extension Metric.Dimension {
    /// The unit that values are stored in.
    fileprivate var storedUnit: String {
        switch self {
        case .duration: "ns"
        case .rate: "1/s"
        case .share: "1"
        case .count: "count"
        case .bytes: "bytes"
        }
    }
}

extension Interval {
    fileprivate var storedBounds: [Double]? {
        lowerBound.isFinite && upperBound.isFinite ? [lowerBound, upperBound] : nil
    }
}

extension Double? {
    fileprivate var finite: Double? { flatMap { $0.isFinite ? $0 : nil } }
}

/// Why a stored comparison cannot be read, as a whole sentence.
public struct StoredOutcomeError: Error, Equatable, CustomStringConvertible {
    public let description: String
}
