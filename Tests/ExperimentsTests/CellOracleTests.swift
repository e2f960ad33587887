import Experiments
import Testing

@Suite("The oracle of a cell")
struct CellOracleTests {
    private func cell(_ parameters: [(String, String)]) -> Cell {
        Cell(
            index: 3, choices: [LevelChoice(factor: "runtime", label: "threads")],
            parameters: parameters.map { Parameter(name: $0.0, value: $0.1) })
    }

    @Test("is the same cell in virtual time, without what says how real time is spent")
    func oracle() {
        let wall = cell([
            ("clients", "15"), ("clock", "wall"), ("runtime", "tasks"), ("workers", "4"), ("spin", "60us"),
            ("stall", "1s/10s"),
        ])
        #expect(
            wall.oracle(of: "system-simulator")
                == cell([("clients", "15"), ("stall", "1s/10s"), ("clock", "virtual")]))
        #expect(
            cell([("clients", "15")]).oracle(of: "system-simulator")
                == cell([("clients", "15"), ("clock", "virtual")]))
    }

    @Test("is none where the cell is in virtual time already, or the program is another one")
    func none() {
        #expect(cell([("clock", "virtual")]).oracle(of: "system-simulator") == nil)
        #expect(cell([("clients", "15")]).oracle(of: "./program") == nil)
    }

    @Test("is counted once for each trial of the wall clock")
    func count() {
        var plan = Plan(
            experiment: "sample", profile: "full", seed: 1, declarationDigest: "", program: "system-simulator",
            schedule: Schedule(
                trials: 2, warmUpNanoseconds: 0, measureNanoseconds: 1, timeLimitNanoseconds: 1, retries: 0),
            cells: [
                Cell(index: 0, choices: [], parameters: []),
                Cell(index: 1, choices: [], parameters: [Parameter(name: "clock", value: "virtual")]),
            ],
            trials: (0..<4).map {
                PlannedTrial(identifier: "trial-\($0)", order: $0, block: $0 / 2, cellIndex: $0 % 2, seed: 1)
            })
        #expect(plan.oracleCount == 2)
        plan.program = "./program"
        #expect(plan.oracleCount == 0)
    }
}
