import Foundation
import Testing

@testable import Experiments

@Suite("Plans")
struct PlannerTests {
    private func plan(seed: UInt64, profile: String = "full") throws -> Plan {
        let text = BadDeclaration.good.replacing("trials: 3", with: "trials: 40")
        return try Planner.plan(DeclarationReaderTests.read(text), profile: profile, seed: seed, digest: "ab")
    }

    @Test("the same seed gives the same plan, another seed another one", arguments: [0, 1, .max] as [UInt64])
    func isDeterministic(seed: UInt64) throws {
        #expect(try plan(seed: seed) == plan(seed: seed))
        #expect(try plan(seed: seed).trials.map(\.cellIndex) != plan(seed: seed ^ 1).trials.map(\.cellIndex))
        #expect(try plan(seed: seed).trials.map(\.seed) != plan(seed: seed ^ 1).trials.map(\.seed))
    }

    @Test("each block runs every cell once, and the blocks follow one another", arguments: UInt64(0)...9)
    func isBalanced(seed: UInt64) throws {
        let plan = try plan(seed: seed)
        #expect(plan.trials.map(\.order) == Array(0..<240), "seed \(seed)")
        for block in 0..<40 {
            let trials = plan.trials[(block * 6)..<(block * 6 + 6)]
            #expect(trials.allSatisfy { $0.block == block }, "seed \(seed)")
            #expect(trials.map(\.cellIndex).sorted() == Array(0..<6), "seed \(seed)")
        }
        #expect(Set(plan.trials.map(\.identifier)).count == 240, "seed \(seed)")
    }

    @Test("cells share their block's seed and blocks do not share theirs; all fit a double", arguments: UInt64(0)...9)
    func sharesSeeds(seed: UInt64) throws {
        let plan = try plan(seed: seed)
        let byBlock = Dictionary(grouping: plan.trials, by: \.block).mapValues { Set($0.map(\.seed)) }
        #expect(byBlock.values.allSatisfy { $0.count == 1 }, "seed \(seed)")
        #expect(Set(plan.trials.map(\.seed)).count == 40, "seed \(seed)")
        #expect(plan.trials.allSatisfy { $0.seed < 1 << 53 }, "seed \(seed)")
    }

    /// 2000 blocks of 6 cells: each cell is first in 333 of them, give or take 17 (one standard deviation).
    @Test("every cell is first, and last, equally often", arguments: UInt64(0)...4)
    func isUniform(seed: UInt64) throws {
        var declaration = try DeclarationReaderTests.read(BadDeclaration.good)
        declaration.schedules["full"]?.trials = 2000
        let plan = try Planner.plan(declaration, profile: "full", seed: seed, digest: "")
        for place in [0, 5] {
            let counts = Dictionary(grouping: stride(from: place, to: 12_000, by: 6)) { plan.trials[$0].cellIndex }
            #expect(counts.count == 6)
            #expect(counts.values.allSatisfy { abs($0.count - 333) < 85 }, "seed \(seed)")
        }
    }

    @Test("a plan names what it is of")
    func isLabelled() throws {
        let plan = try plan(seed: 7, profile: "quick")
        #expect(plan.experiment == "x")
        #expect(plan.profile == "quick")
        #expect(plan.seed == 7)
        #expect(plan.declarationDigest == "ab")
        #expect(plan.program == "system-simulator")
        #expect(plan.schedule.trials == 2)
        #expect(plan.trials.count == 12)
        #expect(plan.trials[0].identifier.hasPrefix("block-00-cell-00"))
        #expect(plan.durationEstimate(overhead: .zero) == .seconds(36))
        #expect(plan.durationEstimate() == .milliseconds(38_400))
    }

    @Test("a trial in virtual time is not in the estimate, which only knows of it where the simulator is the program")
    func estimatesVirtualTrials() throws {
        let text = BadDeclaration.good.replacing("  workers: 8\n", with: "  permits: 8\n")
            .replacing("clients: [1, 15, 125]", with: "clock: [virtual, wall]")
        var plan = try Planner.plan(DeclarationReaderTests.read(text), profile: "full", seed: 1, digest: "")
        #expect(plan.cells.map { $0.isVirtual(of: plan.program) } == [true, false, true, false])
        #expect(plan.virtualCellIndices == [0, 2])
        #expect(plan.virtualTrialCount == 6)
        #expect(plan.durationEstimate() == .seconds(6 * 3) + .milliseconds(6 * 200))
        plan.program = "./own"
        #expect(plan.virtualTrialCount == 0)
    }

    @Test("a level's own parameters follow its value, and only in its cells")
    func givesParametersOfLevels() throws {
        let text = BadDeclaration.good.replacing("  workers: 8\n", with: "  permits: 8\n").replacing(
            "clients: [1, 15, 125]", with: "clock: [virtual, {label: on a wall, value: wall, with: {workers: 4}}]")
        let cells = try DeclarationReaderTests.read(text).cells
        #expect(cells[0].parameters.map(\.name) == ["permits", "write-delay", "clock"])
        #expect(cells[1].parameters.map(\.name) == ["permits", "write-delay", "clock", "workers"])
        #expect(cells[1].choices.map(\.label) == ["fixed", "on a wall"])
    }

    @Test("a plan survives being stored, whatever its seed", arguments: [0, 42, .max] as [UInt64])
    func isStored(seed: UInt64) throws {
        let plan = try plan(seed: seed)
        #expect(try JSONDecoder().decode(Plan.self, from: JSONEncoder().encode(plan)) == plan)
    }

    @Test("the program is told everything, in order")
    func listsArguments() throws {
        let plan = try plan(seed: 7)
        let cell = plan.cells[3]
        let trial = PlannedTrial(identifier: "t", order: 0, block: 0, cellIndex: 3, seed: 42)
        #expect(
            plan.arguments(of: trial, cell: cell, tracePath: "a/trace.bin", directory: "/") == [
                "--workers", "8", "--write-delay", "normal(60ms, 5ms)", "--clients", "1", "--warm-up", "1s",
                "--measure", "2s", "--seed", "42", "--trace", "a/trace.bin", "--json",
            ])
    }

    @Test("an unknown profile names the nearest")
    func refusesProfile() throws {
        let error = #expect(throws: UnknownProfile.self) { try plan(seed: 1, profile: "quik") }
        #expect(
            error?.description == "experiment 'x' has no profile 'quik'; did you mean 'quick'? allowed: full, quick")
    }
}
