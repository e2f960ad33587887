// A session explores first: at each look every metric is judged anew by all pairs so far. It ends with a pass when all
// intervals lie inside their bands or beyond them on the good side. Where one lies beyond its band on the bad side, and
// Holm's procedure and the test by random signs agree, the session turns to fresh pairs, once, and these alone decide
// whether that is a failure. So a failure is found twice by data that know nothing of each other, and the errors multiply.
//
// No correction is made for a pass over many metrics: all of them must lie inside, and it is wrong only if one that does
// not is called so by its own interval (an intersection–union test; Berger 1982, doi:10.2307/2530887).
//
// The session remembers nothing: it is told all pairs each time and goes through the looks again. What it says depends on the
// pairs and the design alone, however often it is asked, and after an interruption just as well.

import Randomness
import Statistics

/// Says how many pairs to run next, or the verdict: a paired gate without its processes.
public struct GateSession: Sendable {
    public enum Phase: String, Sendable, Equatable, Codable {
        /// Pairs on which a verdict is looked for.
        case exploring
        /// Fresh pairs, which alone decide whether a failure is one.
        case confirming
    }

    public enum Step: Sendable, Equatable {
        /// Run blocks until there are so many in all, and ask again.
        case run(pairs: Int, phase: Phase)
        case finished(GateDecision)
    }

    public let design: SequentialDesign
    private var exploring: LookSchedule
    private var confirming: LookSchedule

    /// - Parameter design: One without a ``SequentialDesign/problem``.
    public init(design: SequentialDesign = SequentialDesign()) {
        precondition(design.problem == nil, design.problem ?? "")
        self.design = design
        exploring = LookSchedule(
            pairs: design.exploringLooks, errorRate: design.errorRate / 2,
            exponent: design.spendingExponent)
        confirming = LookSchedule(
            pairs: design.looks(to: design.confirmationPairs), errorRate: design.confirmationErrorRate / 2,
            exponent: design.spendingExponent)
    }

    /// What to do after these pairs.
    ///
    /// - Parameters:
    ///   - series: One for each metric and cell, in the same order each time, each with all its pairs so far. A block whose
    ///     processes gave no value has no pair.
    ///   - blocks: How many were run; the pairs' blocks lie in `0..<blocks`.
    public mutating func next(after series: [PairedSeries], blocks: Int) -> Step {
        precondition(
            series.allSatisfy { $0.pairs.allSatisfy { (0..<blocks).contains($0.block) } },
            "a pair lies outside the \(blocks) blocks that were run")
        guard !series.isEmpty else { return .finished(GateDecision(over: [], pairCount: blocks)) }
        for (look, pairs) in exploring.pairs.enumerated() {
            guard blocks >= pairs else { return .run(pairs: pairs, phase: .exploring) }
            let level = exploring.level(at: look)
            let looks = series.map { SeriesLook($0, blocks: 0..<pairs, level: level) }
            let suspects = exploring.significant(probabilities(looks, .exploring), at: look)
            if suspects.contains(true) { return confirm(looks, suspects, after: pairs, series, blocks) }
            if looks.allSatisfy({ isSettled($0) }) { return finished(looks, series, blocks) }
            if look == exploring.pairs.count - 1 { return finished(looks, series, blocks) }
        }
        preconditionFailure("a schedule without a look")
    }

    /// Looks at the pairs after those that raised the suspicion, and at nothing else.
    private mutating func confirm(
        _ looks: [SeriesLook], _ suspects: [Bool], after explored: Int, _ series: [PairedSeries], _ blocks: Int
    ) -> Step {
        let suspected = series.indices.filter { suspects[$0] }
        for (look, pairs) in confirming.pairs.enumerated() {
            let end = explored + pairs
            guard blocks >= end else { return .run(pairs: end, phase: .confirming) }
            let level = confirming.level(at: look)
            let fresh = suspected.map { SeriesLook(series[$0], blocks: explored..<end, level: level) }
            let confirmed = confirming.significant(probabilities(fresh, .confirming), at: look)
            let isLast = look == confirming.pairs.count - 1
            guard isLast || confirmed.contains(true) || fresh.allSatisfy(\.isSettled) else { continue }
            let found = suspected.indices.map { Confirmation(fresh: fresh[$0], isConfirmed: confirmed[$0]) }
            let confirmations = Dictionary(uniqueKeysWithValues: zip(suspected, found))
            return finished(looks, series, blocks, confirmations)
        }
        preconditionFailure("a schedule without a look")
    }

    /// Whether more pairs could not change what it says. Blocks that gave no pair do not count towards a pass.
    private func isSettled(_ look: SeriesLook) -> Bool {
        look.isSettled && (look.sample == nil || look.pairCount >= design.minimumPairs)
    }

    private func probabilities(_ looks: [SeriesLook], _ phase: Phase) -> [Double?] {
        looks.map { look in
            var signs = RandomStream(
                seed: design.seed,
                name: "signs/\(phase.rawValue)/\(look.series.metric)/\(look.series.cell)/\(look.pairCount)")
            return look.probability(using: &signs)
        }
    }

    private mutating func finished(
        _ looks: [SeriesLook], _ series: [PairedSeries], _ blocks: Int, _ confirmations: [Int: Confirmation] = [:]
    ) -> Step {
        let last = exploring.pairs.count - 1
        let control = NullControl(of: series, design: design, level: exploring.level(at: last))
        let judge = FinalJudge(
            level: exploring.level(at: last), correctedLevel: exploring.level(at: last, among: series.count),
            design: design, alarm: control?.alarmSentence)
        let outcomes = looks.enumerated().map { judge.outcome(of: $1, confirmations[$0]) }
        var decision = GateDecision(over: outcomes, nullControl: control, pairCount: blocks)
        if decision.verdict == .pass, let fewest = outcomes.map(\.pairCount).min() {
            decision.reasons.append("By \(fewest) pairs \(MissableShare.text(fewest)).")
        }
        if let alarm = control?.alarmSentence, decision.verdict != .pass { decision.reasons.insert(alarm, at: 0) }
        return .finished(decision)
    }
}

/// What fresh pairs said of a suspicion.
struct Confirmation: Sendable {
    let fresh: SeriesLook
    let isConfirmed: Bool
}
