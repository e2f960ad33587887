import Foundation
import Pairing
import Testing

@testable import Reporting

@Suite("pairing counts in reports")
struct PairingColumnTests {
    /// One for each stored count, all different.
    private func distinct() throws -> PairingCounts {
        let names = Mirror(reflecting: PairingCounts()).children.compactMap(\.label)
        let values = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0 + 1) })
        return try JSONDecoder().decode(PairingCounts.self, from: JSONEncoder().encode(values))
    }

    @Test("every count of the type has a column")
    func complete() throws {
        let counts = try distinct()
        let shown = PairingColumn.all.map { counts[keyPath: $0.count] }
        #expect(Set(shown) == Set(1...Mirror(reflecting: counts).children.count))
        #expect(shown.count == Set(shown).count)
    }

    @Test("a sum adds every count")
    func sum() throws {
        let counts = try distinct()
        let sum = counts + counts
        for column in PairingColumn.all {
            #expect(sum[keyPath: column.count] == 2 * counts[keyPath: column.count], "\(column.name)")
        }
    }
}
