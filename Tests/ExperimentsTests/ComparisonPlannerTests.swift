import Testing
import TraceModel

@testable import Experiments

@Suite("ComparisonPlanner")
struct ComparisonPlannerTests {
    private let declaration = Declaration(
        name: "demo", question: "?", program: .systemSimulator,
        fixed: [Parameter(name: "permits", value: "8")],
        factors: [Factor(name: "clients", levels: [Level(value: "1"), Level(value: "15")])],
        schedules: [
            "full": Schedule(
                trials: 3, warmUpNanoseconds: 1, measureNanoseconds: 1_000_000, timeLimitNanoseconds: 1_000_000_000,
                retries: 1)
        ], stages: [.request], pairings: [.request])

    private func planner(
        hasControl: Bool = true, candidate: [Parameter] = []
    ) -> ComparisonPlanner {
        ComparisonPlanner(
            declaration, baseline: SideProgram(label: "old", program: "/old"),
            candidate: SideProgram(label: "new", program: "/new", parameters: candidate), hasControl: hasControl)
    }

    @Test("each cell stands once for each side, and the control is the baseline once more")
    func cells() {
        let cells = planner().cells
        #expect(
            cells.map { "\($0.title): \($0.program ?? "—")" } == [
                "side baseline, clients 1: /old", "side candidate, clients 1: /new", "side control, clients 1: /old",
                "side baseline, clients 15: /old", "side candidate, clients 15: /new", "side control, clients 15: /old",
            ])
        #expect(planner(hasControl: false).cells.count == 4)
    }

    @Test("a side's parameters stand in the place of the declared ones, and new ones last")
    func parameters() {
        let cells = planner(candidate: [
            Parameter(name: "queue", value: "lifo"), Parameter(name: "permits", value: "9"),
        ]).cells
        #expect(cells[0].parameters.map(\.text) == ["permits=8", "clients=1"])
        #expect(cells[1].parameters.map(\.text) == ["permits=9", "clients=1", "queue=lifo"])
    }

    @Test("the sides of a cell run right after each other, in an order of its own for each pair, under one seed")
    func order() throws {
        let plan = try planner().plan(pairs: 40, profile: "full", seed: 7, digest: "d")
        #expect(plan.trials.count == 240 && plan.experiment == "demo-comparison")
        var orders: Set<[Int]> = []
        for start in stride(from: 0, to: plan.trials.count, by: 3) {
            let triple = plan.trials[start..<(start + 3)]
            #expect(Set(triple.map { $0.cellIndex / 3 }).count == 1)
            #expect(Set(triple.map { $0.cellIndex % 3 }) == [0, 1, 2])
            #expect(Set(triple.map(\.seed)).count == 1 && Set(triple.map(\.block)).count == 1)
            orders.insert(triple.map { $0.cellIndex % 3 })
        }
        #expect(orders.count == 6, "all orders of three sides occur in 80 triples")
        #expect(try planner().plan(pairs: 40, profile: "full", seed: 7, digest: "d") == plan)
    }

    @Test("what a side must not set is refused with what it may")
    func complaints() {
        #expect(planner().complaint == nil)
        #expect(
            planner(candidate: [Parameter(name: "clients", value: "2")]).complaint
                == "'clients' is varied by the declaration, so no side can set it; leave it out, or compare under a "
                + "declaration that fixes it")
        #expect(
            planner(candidate: [Parameter(name: "permit", value: "2")]).complaint?.contains("did you mean 'permits'")
                == true)
        #expect(
            planner(candidate: [Parameter(name: "permits", value: "0")]).complaint?.hasPrefix("the candidate: ") == true
        )
    }

    @Test(
        "what the schedule or the harness gives is not a side's to set",
        arguments: ["measure", "warm-up", "seed", "trace"])
    func given(name: String) {
        var own = declaration
        own.factors = []
        own.program = .command(ProgramCommand(words: ["./x", "{measure}", "{warm-up}", "{seed}", "{size}"]))
        for declaration in [own, declaration] {
            let planner = ComparisonPlanner(
                declaration,
                baseline: SideProgram(
                    label: "x", program: "/x", parameters: [Parameter(name: name, value: "9")]),
                candidate: SideProgram(label: "y", program: "/y"), hasControl: true)
            #expect(
                planner.complaint
                    == "the baseline sets '\(name)', which both sides are given alike; leave it out, or compare under a declaration "
                    + "or profile that has another")
        }
        let other = ComparisonPlanner(
            own, baseline: SideProgram(label: "x", program: "/x", parameters: [Parameter(name: "sizes", value: "9")]),
            candidate: SideProgram(label: "y", program: "/y"), hasControl: true)
        #expect(
            other.complaint
                == "the baseline sets 'sizes', which no word of the command takes; did you mean 'size'? allowed: size")
    }

    @Test("the declaration of a comparison's run has the side as its first factor, and no other run's has")
    func declarations() throws {
        let plan = try planner(hasControl: false).plan(pairs: 1, profile: "full", seed: 1, digest: "d")
        #expect(plan.sides == [.baseline, .candidate])
        #expect(declaration.asRun(by: plan).factors.map(\.name) == ["side", "clients"])
        let ordinary = try Planner.plan(declaration, profile: "full", seed: 1, digest: "d")
        #expect(ordinary.sides.isEmpty && declaration.asRun(by: ordinary) == declaration)
    }

    @Test("a profile that nobody declared is refused") func profile() {
        #expect(throws: UnknownProfile.self) {
            try planner().plan(pairs: 1, profile: "fast", seed: 1, digest: "d")
        }
    }
}

extension Cell {
    fileprivate var title: String { choices.map { "\($0.factor) \($0.label)" }.joined(separator: ", ") }
}

extension Parameter {
    fileprivate var text: String { "\(name)=\(value)" }
}
