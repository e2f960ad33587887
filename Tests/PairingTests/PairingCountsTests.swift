import Pairing
import Testing
import TraceModel

@Suite("Counts of several processes together")
struct PairingCountsTests {
    @Test("every count is added, and none to another")
    func sum() {
        let counts = pairedByThread(randomEvents(.hostile, seed: 3, hasMarkers: false)).outcome.stages[.persist]!.counts
        var tripled = PairingCounts()
        for _ in 0..<3 { tripled += counts }
        let fields = Mirror(reflecting: counts).children.map { $0.value as! Int }
        let sums = Mirror(reflecting: tripled).children.map { $0.value as! Int }
        #expect(sums == fields.map { $0 * 3 })
        #expect(fields.contains { $0 > 0 })
        #expect(tripled == counts + counts + counts)
    }

    @Test("books that lose a start do not balance")
    func balance() {
        var counts = PairingCounts()
        counts.starts = 3
        counts.paired = 2
        counts.dones = 2
        #expect(!counts.isBalanced)
        counts.open = 1
        #expect(counts.isBalanced)
    }
}
