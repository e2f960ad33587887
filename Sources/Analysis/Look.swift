/// One cell or comparison that a hypothesis was tried on.
struct Look {
    var answer: HypothesisOutcome.Answer
    /// What was found, as a whole sentence.
    var figure: String
    /// How far the figure reaches beyond what the claim allows, negative inside it: comparable between the looks of one
    /// hypothesis only. Infinite where there is no figure at all.
    var strain = Double.infinity
    /// The value that a claim about values was held against.
    var value: Double?

    /// Supported when every look supports, refuted when any refutes, else undecided.
    static func answer(_ looks: [Look]) -> HypothesisOutcome.Answer {
        if looks.isEmpty { return .undecided }
        if looks.contains(where: { $0.answer == .refuted }) { return .refuted }
        return looks.allSatisfy { $0.answer == .supported } ? .supported : .undecided
    }

    /// What decided, without a full stop: the range of the values where all of several cells have to lie in a band and
    /// do, else the look that strains the claim most among those that gave the answer.
    static func deciding(_ looks: [Look], _ answer: HypothesisOutcome.Answer, _ text: MetricText) -> String? {
        let values = looks.compactMap(\.value)
        if answer == .supported, values.count > 1, values.count == looks.count,
            let lowest = values.min(), let highest = values.max()
        {
            return text.text(from: lowest, to: highest)
        }
        guard let worst = looks.filter({ $0.answer == answer }).max(by: { $0.strain < $1.strain }) else { return nil }
        return worst.figure.hasSuffix(".") ? String(worst.figure.dropLast()) : worst.figure
    }
}
