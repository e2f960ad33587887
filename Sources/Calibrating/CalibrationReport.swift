import Gating
import Quantities
import Statistics

/// All figures of a calibration, and the tables that a document shows of them.
public struct CalibrationReport: Sendable {
    /// The changes of the detection curve, as shares.
    public static let effects = [0, 0.005, 0.01, 0.015, 0.02, 0.03, 0.04, 0.05, 0.06]

    /// A claim that the figures must bear out.
    public struct Claim: Sendable, Equatable {
        public var sentence: String
        public var isMet: Bool
    }

    public let calibration: Calibration
    public let design: SequentialDesign
    public let spreads: [(metric: String, deviation: Double)]
    /// Without a change: one look at the end, and the design's looks.
    public let fixed: Tally
    public let sequential: Tally
    /// The design's looks, with a null control in each block.
    public let controlled: Tally
    /// Sides that ran one after the other.
    public let apart: Tally
    public let apartProcesses = 30
    /// By effect, in the order of ``effects``.
    public let curve: [(effect: Double, tally: Tally)]

    /// Runs everything.
    ///
    /// - Parameters:
    ///   - sessions: Of each condition.
    ///   - tasks: How many run at once; the figures do not depend on it.
    public init(_ calibration: Calibration, design: SequentialDesign, sessions: Int, tasks: Int) async {
        self.calibration = calibration
        self.design = design
        spreads = calibration.spreads(pairs: 2000)
        func tally(_ condition: Calibration.Condition) async -> Tally {
            await calibration.tally(condition, sessions: sessions, tasks: tasks)
        }
        var single = design
        single.minimumPairs = design.maximumPairs
        fixed = await tally(.init("one look", effect: 0, design: single))
        var peeking = Calibration.Condition("looks", effect: 0, design: design)
        peeking.peeks = true
        peeking.comparesRules = true
        sequential = await tally(peeking)
        var controlled = Calibration.Condition("null control", effect: 0, design: design)
        controlled.hasControl = true
        self.controlled = await tally(controlled)
        apart = await calibration.oneAfterTheOther(processes: apartProcesses, sessions: sessions, tasks: tasks)
        var curve: [(effect: Double, tally: Tally)] = []
        for effect in Self.effects {
            var condition = Calibration.Condition("effect \(effect)", effect: effect, design: design)
            condition.comparesRules = true
            curve.append((effect, await tally(condition)))
        }
        self.curve = curve
    }

    /// What the gate must show, with whether it did.
    public var claims: [Claim] {
        func share(_ tally: Tally, _ verdict: GateVerdict) -> Double {
            Double(tally.count(verdict)) / Double(tally.sessions)
        }
        func at(_ effect: Double) -> Tally { curve.first { $0.effect == effect }?.tally ?? Tally() }
        return [
            Claim(sentence: "no change, one look: fail in at most 1 %", isMet: share(fixed, .fail) <= 0.01),
            Claim(
                sentence: "no change, stopping early: fail in at most 1 %", isMet: share(sequential, .fail) <= 0.01),
            Claim(sentence: "5 % slower: fail in at least 95 %", isMet: share(at(0.05), .fail) >= 0.95),
            Claim(sentence: "2 % slower: fail in at least 80 %", isMet: share(at(0.02), .fail) >= 0.8),
        ]
    }
}
