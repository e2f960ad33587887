import Experiments
import Testing

@testable import Gating

@Suite("GateVerdict")
struct GateVerdictTests {
    @Test("one failure fails all, and one that is undecided leaves the rest undecided")
    func worst() {
        #expect(GateVerdict.over([.pass, .inconclusive, .fail]) == .fail)
        #expect(GateVerdict.over([.pass, .inconclusive]) == .inconclusive)
        #expect(GateVerdict.over([.pass, .pass]) == .pass)
    }

    @Test("nothing that was judged is no pass") func nothing() { #expect(GateVerdict.over([]) == .inconclusive) }
}
