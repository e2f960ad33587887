import Experiments
import SystemPackage
import Testing

@testable import Archiving

@Suite("Checking a stored plan")
struct PlanCheckTests {
    /// A change to a good plan of three trials of one cell, and what is then said.
    static let damages: [(change: @Sendable (inout Plan) -> Void, complaint: String)] = [
        ({ $0.cells = [] }, "plans no cell"),
        ({ $0.cells[0].index = 1 }, "numbers cell 0 as 1"),
        ({ $0.schedule.trials = 0 }, "plans 0 trials of each cell"),
        ({ $0.schedule.trials = -1 }, "plans -1 trials of each cell"),
        ({ $0.schedule.trials = .max }, "holds 3 trials, not 9223372036854775807 of each of 1 cells"),
        ({ $0.schedule.retries = -1 }, "plans -1 retries"),
        ({ $0.schedule.timeLimitNanoseconds = 0 }, "plans a time limit of 0 ns"),
        ({ $0.schedule.warmUpNanoseconds = -1 }, "plans to warm up for -1 ns"),
        ({ $0.schedule.measureNanoseconds = 0 }, "plans to measure for 0 ns"),
        ({ $0.trials = [] }, "holds 0 trials, not 3 of each of 1 cells"),
        ({ $0.trials.removeLast() }, "holds 2 trials, not 3 of each of 1 cells"),
        ({ $0.trials[1].cellIndex = 1 }, "places block-01-cell-000 in cell 1, which it does not have"),
        ({ $0.trials[1].cellIndex = -1 }, "places block-01-cell-000 in cell -1, which it does not have"),
        ({ $0.trials[1].block = 3 }, "places block-01-cell-000 in block 3, which it does not have"),
        ({ $0.trials[1].block = 2 }, "plans cell 0 twice in block 2"),
        ({ $0.trials[1].identifier = $0.trials[0].identifier }, "names two trials block-00-cell-000"),
        ({ $0.trials[1].identifier = "../x" }, "names a trial '../x'"),
        ({ $0.trials[1].order = 2 }, "orders a trial as number 2 where number 1 should be"),
        ({ $0.trials[1].order = -1 }, "orders a trial as number -1 where number 0 should be"),
        ({ $0.experiment = "" }, "names the experiment ''"),
    ]

    @Test("refuses one that contradicts itself, with a sentence", arguments: damages.indices)
    func refuses(index: Int) throws {
        let (change, complaint) = Self.damages[index]
        try withTemporaryFolder { results in
            var plan = Samples.plan()
            let writer = try RunArchive.create(plan: plan, declaration: [], in: results, secondsSinceEpoch: 0)
            let path = writer.archive.path.appending("plan.json")
            change(&plan)
            try FileSystem().write(StoredJSON.bytes(plan, for: path), to: path)

            let expected = ArchiveError.unreadable(path: path, complaint: "is no plan that can be run: it \(complaint)")
            #expect(throws: expected) { try RunArchive.openNewest(experiment: "sample", in: results) }
        }
    }
}
