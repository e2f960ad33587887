import Testing

@testable import Pairing

@Suite("The table of what is open")
struct KeyedTableTests {
    @Test("it holds what a dictionary holds, through insertions, changes and removals", arguments: 0..<UInt64(20))
    func againstDictionary(seed: UInt64) {
        var generator = SeededGenerator(state: seed)
        var table = KeyedTable<Int>(initial: -1)
        var expected: [UInt64: Int] = [:]
        // Few enough keys that they meet, and multiples of a large power of two, which share the low bits of a hash.
        let step: UInt64 = seed % 2 == 0 ? 1 : 1 << 40
        for round in 0..<4000 {
            let key = UInt64.random(in: 0..<300, using: &generator) &* step &+ (seed % 3 == 0 ? UInt64.max - 150 : 0)
            switch Int.random(in: 0..<3, using: &generator) {
            case 0:
                let slot = table.slot(of: key)
                #expect(slot.map { table[$0] } == expected[key])
            case 1:
                let slot = table.slot(inserting: key)
                #expect(table[slot] == expected[key] ?? -1)
                table[slot] = round
                expected[key] = round
            default:
                if let slot = table.slot(of: key) { table.remove(at: slot) }
                expected[key] = nil
            }
            #expect(table.count == expected.count)
        }
        var contents: [UInt64: Int] = [:]
        table.forEach { contents[$0] = $1 }
        #expect(contents == expected)
    }
}
