import Testing

@testable import Commands

@Suite("What is said while the audits are tested")
struct SelftestProgressTests {
    @Test("on a terminal one line is rewritten, and gone at the end")
    func terminal() {
        var progress = SelftestProgress(name: "clean runs", total: 4, isTerminal: true)
        #expect(
            progress.text(done: 1, after: .seconds(20)) == "\r\u{1B}[Kclean runs: 1 of 4, about 1 min left")
        #expect(progress.text(done: 4, after: .seconds(80)) == "\r\u{1B}[K")
    }

    @Test("elsewhere there is a line for each tenth")
    func elsewhere() {
        var progress = SelftestProgress(name: "faults", total: 25, isTerminal: false)
        let lines = (1...25).map { progress.text(done: $0, after: .seconds(1) * $0) }.filter { !$0.isEmpty }
        #expect(lines.count == 10)
        #expect(lines.first == "faults: 3 of 25, about 22 s left\n")
        #expect(lines.last == "faults: 25 of 25, in 25 s\n")
    }
}
