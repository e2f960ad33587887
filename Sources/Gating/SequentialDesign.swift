import Statistics

/// How a paired gate spends pairs and error: declared before the first pair is run.
///
/// At the edge of the band a *fail* has to be found twice, each time in one direction: exploring, in `errorRate`/2 of the
/// sessions at most, and on fresh pairs, in `confirmationErrorRate`/2 of those. With the defaults that is 0.025 · 0.05, one
/// session in 800, over the whole matrix of metrics and cells; where nothing has changed it is far less.
public struct SequentialDesign: Sendable, Equatable, Codable {
    /// Pairs before the first look. 12: among fewer the rarest choice of signs, 1 in 2ⁿ, is more frequent than what the first
    /// look may spend on one of nine comparisons, so that nothing could fail there.
    public var minimumPairs: Int
    /// Pairs from look to look, or a tenth of those that there are where that is more. 6: a look costs little error, and a session
    /// ends at most so many pairs late. Each look goes through all pairs: at every 6 of 500 that would take longer than they do.
    public var pairStep: Int
    /// Pairs at the last look. 60: at a spread of 1.5 % that tells 1 % from 2 % in 99 of 100 sessions.
    public var maximumPairs: Int
    /// The most fresh pairs on which a failure is confirmed; there are looks as among the first ones. Half of
    /// `maximumPairs`, 30 at least: enough for the same difference in 19 of 20 sessions. It grows with them, since an effect
    /// that takes many pairs to find takes many to confirm.
    public var confirmationPairs: Int
    /// Of the intervals at all looks together, two-sided, above 0 and below 1. 0.05: the usual 95 %.
    public var errorRate: Double
    /// The same for the fresh pairs. 0.1: the failure is known, its direction too, so 5 % on that side.
    public var confirmationErrorRate: Double
    /// The chance that a sound null control alarms, over all metrics and cells. 0.01: an alarm costs a session.
    public var controlErrorRate: Double
    /// ρ of the spending α·t^ρ, 0.5…5. 1.5: a large effect stops at the first look, and the last one still has most of the
    /// error.
    public var spendingExponent: Double
    /// From which random signs are drawn.
    public var seed: UInt64

    public init(
        minimumPairs: Int = 12, pairStep: Int = 6, maximumPairs: Int = 60, confirmationPairs: Int? = nil,
        errorRate: Double = 0.05, confirmationErrorRate: Double = 0.1, controlErrorRate: Double = 0.01,
        spendingExponent: Double = 1.5, seed: UInt64 = 1
    ) {
        self.minimumPairs = minimumPairs
        self.pairStep = pairStep
        self.maximumPairs = maximumPairs
        self.confirmationPairs = confirmationPairs ?? max(30, maximumPairs / 2)
        self.errorRate = errorRate
        self.confirmationErrorRate = confirmationErrorRate
        self.controlErrorRate = controlErrorRate
        self.spendingExponent = spendingExponent
        self.seed = seed
    }

    /// The most pairs that a session can take.
    public var pairLimit: Int { maximumPairs + confirmationPairs }

    /// After how many pairs the session looks while it explores.
    public var exploringLooks: [Int] { looks(to: maximumPairs) }

    /// Why a session cannot follow this design, as a sentence; nil if it can.
    public var problem: String? {
        if minimumPairs < 2 { return "a gate needs 2 pairs or more before its first look, not \(minimumPairs)" }
        if pairStep < 1 { return "a gate's step from look to look is 1 pair or more, not \(pairStep)" }
        if maximumPairs < minimumPairs {
            return "a gate's last look, at \(maximumPairs) pairs, comes before its first, at \(minimumPairs)"
        }
        if maximumPairs > 100_000 || confirmationPairs > 100_000 {
            return "a gate takes at most 100000 pairs; it is told \(max(maximumPairs, confirmationPairs))"
        }
        if confirmationPairs < 2 { return "a failure is confirmed on 2 fresh pairs or more, not \(confirmationPairs)" }
        let lookCount = max(exploringLooks.count, looks(to: confirmationPairs).count)
        if lookCount > 100 { return "a gate looks at most 100 times, not \(lookCount): make its step larger" }
        for rate in [errorRate, confirmationErrorRate, controlErrorRate] where !(rate > 0 && rate < 1) {
            return "a gate's error rates lie between 0 and 1; \(rate) does not"
        }
        if !(0.5...5).contains(spendingExponent) {
            return "a gate's spending exponent lies in 0.5…5; \(spendingExponent) does not"
        }
        return nil
    }

    /// Whether a session of so many comparisons can find a failure at all, however large the effect is: whether at any look the
    /// rarest choice of signs is as rare as Holm's procedure asks of the most significant of them.
    public func canFail(among comparisons: Int) -> Bool {
        // A look's level is at least what it newly spends, which takes no integration.
        let share = errorRate / 2 / Double(comparisons)
        var spentBefore = 0.0
        for pairs in exploringLooks {
            let spent = GroupSequentialBounds.Spending.power(spendingExponent).spent(
                at: Double(pairs) / Double(maximumPairs), of: share)
            if SignFlipTest.smallestProbability(among: pairs) <= spent - spentBefore { return true }
            spentBefore = spent
        }
        var schedule = LookSchedule(pairs: exploringLooks, errorRate: errorRate / 2, exponent: spendingExponent)
        return exploringLooks.enumerated().contains { look, pairs in
            SignFlipTest.smallestProbability(among: pairs) <= schedule.level(at: look, among: comparisons)
        }
    }

    /// The fewest pairs at the last look with which so many comparisons can find a failure; nil where the limit is below that.
    public func fewestPairs(among comparisons: Int, atMost limit: Int) -> Int? {
        guard minimumPairs <= limit else { return nil }
        return (minimumPairs...limit).first { pairs in
            var design = self
            design.maximumPairs = pairs
            return design.canFail(among: comparisons)
        }
    }

    /// After how many pairs there is a look: at the minimum, at each step from there, and at the end.
    func looks(to last: Int) -> [Int] {
        let looks = sequence(first: minimumPairs) { $0 + max(pairStep, $0 / 10) }.prefix { $0 < last }
        return looks + [last]
    }
}
