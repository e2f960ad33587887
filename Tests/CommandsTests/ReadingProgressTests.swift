import Testing

@testable import Commands

@Suite("What is said while traces are read")
struct ReadingProgressTests {
    @Test("nothing before a second has gone by, then one line that is rewritten and taken away")
    func terminal() {
        var written: [String] = []
        var progress = ReadingProgress(isTerminal: true) { written.append($0) }
        progress.reading(1, of: 4, after: .zero)
        progress.reading(2, of: 4, after: .milliseconds(999))
        progress.reading(3, of: 4, after: .seconds(1))
        progress.end()
        progress.end()
        #expect(written == ["\r\u{1B}[Kreading trace 3 of 4", "\r\u{1B}[K"])
    }

    @Test("nothing where no person looks on, and nothing is taken away that was not said")
    func elsewhere() {
        var written: [String] = []
        var progress = ReadingProgress(isTerminal: false) { written.append($0) }
        progress.reading(3, of: 4, after: .seconds(60))
        progress.end()
        #expect(written.isEmpty)
    }
}
