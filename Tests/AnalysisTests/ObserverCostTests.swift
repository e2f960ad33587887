import Experiments
import Statistics
import Testing
import TraceModel

@testable import Analysis

@Suite("What being watched costs")
struct ObserverCostTests {
    private func declaration(_ levels: [String]) -> Declaration {
        Declaration(
            name: "cost", question: "?", program: .systemSimulator, fixed: [],
            factors: [
                Factor(name: "clients", levels: [Level(value: "1"), Level(value: "2")]),
                Factor(name: Observer.parameter, levels: levels.map { Level(value: $0) }),
            ], schedules: ["full": ExperimentAnalyzerTests.schedule], stages: [.persist], pairings: [.request],
            observers: [Observer(name: "counts", script: "c.bt", text: "", pairing: nil)])
    }

    private func costs(_ levels: [String]) throws -> [ObserverCost] {
        let declaration = declaration(levels)
        let plan = try Planner.plan(declaration, profile: "full", seed: 1, digest: "")
        let values = plan.cells.map { cell in
            var values = ProcessValues()
            let base = cell.choices[0].label == "1" ? 1000.0 : 2000.0
            for block in 0..<3 {
                let cost = cell.observerNames.isEmpty ? 0 : 500 + 10 * Double(block)
                values.add(
                    block: block,
                    values: [.init(.stage(.persist, .all, .mean), .request): base + 10 * Double(block) + cost])
            }
            return values
        }
        return ObserverCost.all(declaration, plan: plan, values: values)
    }

    // Differences of 500, 510 and 520: mean 510, s = 10, t(0.975, 2) = 4.3027, so ± 4.3027 · 10 / √3 = 24.84.
    @Test("a watched cell is paired block by block with the one that differs in the observer alone")
    func pairs() throws {
        let costs = try costs(["none", "counts"])
        #expect(costs.map(\.cellIndex) == [1, 3])
        #expect(costs.map(\.unwatched.value) == [1010, 2010])
        for cost in costs {
            #expect(cost.metric == .stage(.persist, .all, .mean))
            #expect(cost.difference.value == 510)
            let interval = try #require(cost.difference.interval)
            #expect(abs(interval.lowerBound - 485.16) < 0.01 && abs(interval.upperBound - 534.84) < 0.01)
        }
    }

    @Test("where no cell is unwatched, nothing is known of the cost")
    func withoutTwin() throws {
        #expect(try costs(["counts", "counts + counts"]).isEmpty)
    }
}
