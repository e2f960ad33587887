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
        #expect(estimator.timeLeft(.init(wall: 4)) == .seconds(40))
        #expect(estimator.timeLeft(.init(wall: 4), runningFor: .seconds(3)) == .seconds(37))
        #expect(estimator.timeLeft(.init(wall: 0), runningFor: .seconds(3)) == .zero)
    }

    @Test("comes from the mean of the finished trials afterwards, and is never negative")
    func learned() {
        var estimator = TimeLeftEstimator(schedule: Self.schedule)
        estimator.learn(.seconds(11))
        estimator.learn(.seconds(13))
        #expect(estimator.timeLeft(.init(wall: 3)) == .seconds(36))
        #expect(estimator.timeLeft(.init(wall: 1), runningFor: .seconds(99)) == .zero)
    }

    @Test("is unknown while trials in virtual time are left and none has finished")
    func unknown() {
        var estimator = TimeLeftEstimator(schedule: Self.schedule)
        #expect(estimator.timeLeft(.init(virtual: 1)) == nil)
        #expect(estimator.timeLeft(.init(wall: 3, virtual: 1)) == nil)
        #expect(estimator.timeLeft(.init(wall: 3)) == .seconds(30))
        estimator.learn(.seconds(2), isVirtual: true)
        #expect(estimator.timeLeft(.init(wall: 3, virtual: 4)) == .seconds(38))
    }

    @Test("takes what has run from the running trial's own kind")
    func runningKind() {
        var estimator = TimeLeftEstimator(schedule: Self.schedule)
        estimator.learn(.seconds(2), isVirtual: true)
        let remaining = TimeLeftEstimator.Remaining(wall: 1, virtual: 1)
        #expect(estimator.timeLeft(remaining, runningFor: .seconds(5), isVirtual: true) == .seconds(10))
        #expect(estimator.timeLeft(remaining, runningFor: .seconds(5), isVirtual: false) == .seconds(7))
    }
}
