import Analysis
import Experiments
import Statistics
import Testing
import TraceModel

@testable import Reporting

@Suite("effects of the factors")
struct EffectsTests {
    /// The cells of the table of effects of writes, which has two levels, and clients, over three blocks.
    ///
    /// - Parameter hole: A cell that never ran.
    private func table(clients: [String], without hole: [Int]? = nil) -> [[String]] {
        let factors = [
            FactorEffects.Factor(name: "writes", levels: ["asynchronous", "synchronous"]),
            FactorEffects.Factor(name: "clients", levels: clients),
        ]
        let cells: [[Int]] = [0, 1].flatMap { writes in clients.indices.map { [writes, $0] } }.filter { cell in
            cell != hole
        }
        let observations = (0..<3).flatMap { block in
            cells.map { cell in
                FactorEffects.Observation(
                    block: block, levels: cell, value: Double(100 * (cell[0] + 1) + 10 * cell[1] + block))
            }
        }
        var summary = SummaryBuilder.puzzle
        summary.effects = [
            MetricEffects(
                metric: .stage(.persist, .all, .mean), pairing: .request,
                effects: FactorEffects(factors: factors, observations: observations, scale: .ratio)!)
        ]
        let lines = String(decoding: Report(of: summary).files[0].bytes, as: UTF8.self).split(separator: "\n")
        return lines.drop { !$0.hasPrefix("| effect of") }.prefix { $0.hasPrefix("|") }.filter {
            !$0.hasPrefix("| ---")
        }
        .map { line in line.dropFirst(2).dropLast(2).split(separator: " | ").map(String.init) }
    }

    @Test("of factors of two levels the one level against the other is shown, and neither half of it")
    func binary() {
        let table = table(clients: ["15", "125"])
        #expect(table[0] == ["effect of", "ratio", "p"])
        #expect(
            table.dropFirst().map { $0[0] } == [
                "writes synchronous against asynchronous", "clients 125 against 15",
                "writes synchronous against asynchronous × clients 125 against 15",
            ])
        #expect(table.dropFirst().allSatisfy { $0.count == 3 })
    }

    @Test("of a factor of more levels each is shown, and together with one of two levels each once")
    func mixed() {
        #expect(
            table(clients: ["1", "15", "125"]).dropFirst().map { $0[0] } == [
                "writes synchronous against asynchronous", "clients 1", "clients 15", "clients 125",
                "writes synchronous × clients 1", "writes synchronous × clients 15", "writes synchronous × clients 125",
            ])
    }

    @Test("what an effect is averaged over is said where cells never ran")
    func holes() {
        let table = table(clients: ["1", "15", "125"], without: [1, 2])
        #expect(table[0] == ["effect of", "ratio", "p", "over combinations of the other factors"])
        #expect(table[1][0] == "writes synchronous against asynchronous" && table[1][3] == "2 of 3")
        #expect(table[2][0] == "clients 1" && table[2][3] == "1 of 2")
    }
}
