import Archiving
import Experiments
import Running
import Testing

@Suite("Resuming the right run")
struct ResumeCheckTests {
    static let changes: [(change: @Sendable (inout Plan) -> Void, complaint: String)] = [
        ({ $0.profile = "full" }, "the profile short, not full"),
        ({ $0.seed = 7 }, "the seed 42, not 7"),
        ({ $0.program = "other" }, "the program ./program, not other"),
        (
            { $0.declarationDigest = String(repeating: "cd", count: 32) },
            "the declaration abababababab, not cdcdcdcdcdcd"
        ),
    ]

    @Test("is refused where something differs that would make the trials unlike", arguments: changes.indices)
    func refuses(index: Int) async throws {
        try await withTemporaryFolder { results in
            let archive = try RunArchive.create(
                plan: Samples.plan(), declaration: [], in: results, secondsSinceEpoch: 0
            ).archive
            var plan = Samples.plan()
            Self.changes[index].change(&plan)
            let error = #expect(throws: RunningError.self) { try archive.requireSame(as: plan) }
            #expect(
                error?.description
                    == "\(archive.path): the run was begun with \(Self.changes[index].complaint); "
                    + "begin a new run without --resume, or ask for the same")
        }
    }

    @Test("is allowed where nothing differs but the plan's trials")
    func accepts() async throws {
        try await withTemporaryFolder { results in
            let archive = try RunArchive.create(
                plan: Samples.plan(), declaration: [], in: results, secondsSinceEpoch: 0
            ).archive
            var plan = Samples.plan()
            plan.trials.reverse()
            try archive.requireSame(as: plan)
        }
    }
}
