import Experiments
import Testing

@testable import Running

@Suite("The time that is left")
struct TimeLeftEstimatorTests {
    /// Warm-up 2 s and measurement 8 s.
    static let schedule = Samples.plan().schedule

    @Test("comes from the schedule until a trial has finished")
    func scheduled() {
        let estimator = TimeLeftEstimator(schedule: Self.schedule)
        #expect(estimator.timeLeft(trials: 4) == .seconds(40))
        #expect(estimator.timeLeft(trials: 4, runningFor: .seconds(3)) == .seconds(37))
        #expect(estimator.timeLeft(trials: 0, runningFor: .seconds(3)) == .zero)
    }

    @Test("comes from the mean of the finished trials afterwards, and is never negative")
    func learned() {
        var estimator = TimeLeftEstimator(schedule: Self.schedule)
        estimator.learn(.seconds(11))
        estimator.learn(.seconds(13))
        #expect(estimator.timeLeft(trials: 3) == .seconds(36))
        #expect(estimator.timeLeft(trials: 1, runningFor: .seconds(99)) == .zero)
    }
}
