import Statistics
import Testing

@Suite("Moments")
struct MomentsTests {
    @Test("a large offset costs no digits: 10⁹ + {4, 7, 13, 16} has variance 30")
    func cancellation() {
        let moments = Moments([4, 7, 13, 16].map { $0 + 1e9 })
        #expect(moments.mean == 1e9 + 10)
        #expect(moments.variance == 30)
    }

    @Test("below two values there is no variance")
    func tooFew() {
        #expect(Moments([]).variance == nil)
        #expect(Moments([3]).standardDeviation == nil)
        #expect(Moments([3, 3]).standardDeviation == 0)
    }

    @Test("merged parts are the whole", arguments: 0..<UInt64(20))
    func merging(seed: UInt64) {
        var generator = SeededGenerator(state: seed)
        let values = (0..<100).map { _ in generator.normal(mean: 5e7, deviation: 1e6) }
        let cut = Int.random(in: 0...100, using: &generator)
        var merged = Moments(values[..<cut])
        merged.merge(Moments(values[cut...]))
        let whole = Moments(values)
        #expect(merged.count == whole.count)
        #expect(agree(merged.mean, whole.mean, within: 1e-12))
        #expect(agree(merged.squaredDeviations, whole.squaredDeviations, within: 1e-9))
    }
}
