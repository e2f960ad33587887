import Foundation
import Testing

@testable import Experiments

@Suite("Programs that are commands")
struct ProgramCommandTests {
    static let lines = """
        question: Is it fast?
        program:
          command: [./server, --rate, "{rate}", "--seed={seed}", --for, "{measure}", "{{}}", "{directory}/data", ""]
          metrics: json-lines
          report:
            latency-p99: { unit: ms, worse: higher }
            done: { unit: /s, worse: lower }
        factors:
          rate: [10, 20 30]
        trials: 2
        measure: 1500ms
        hypotheses:
          - { says: It is., metric: latency-p99, near: 5ms, within: 10% }
          - { says: It is lean., metric: peak-memory, below: 64MiB }
          - { says: It is quick., metric: wall-time, below: 2s }
        """

    @Test("the words of a trial are filled, and each stays one argument")
    func fills() throws {
        let declaration = try DeclarationReaderTests.read(Self.lines)
        let plan = try Planner.plan(declaration, profile: "full", seed: 1, digest: "d")
        let trial = PlannedTrial(identifier: "t", order: 0, block: 0, cellIndex: 1, seed: 42)
        #expect(
            plan.arguments(of: trial, cell: plan.cells[1], tracePath: "trace", directory: "/here") == [
                "--rate", "20 30", "--seed=42", "--for", "1500ms", "{}", "/here/data", "",
            ])
        #expect(plan.command?.program == "./server")
        #expect(plan.source == .jsonLines)
        #expect(try JSONDecoder().decode(Plan.self, from: JSONEncoder().encode(plan)) == plan)
    }

    @Test("the program's text is no name and no path, so that nothing takes it for the bundled simulator")
    func text() throws {
        let command = ProgramCommand(words: ["system-simulator"])
        #expect(command.text == "[system-simulator]")
        #expect(ProgramCommand(words: ["./a", "{b}", "c d"]).text == "[./a, \"{b}\", \"c d\"]")
        let cell = Cell(index: 0, choices: [], parameters: [Parameter(name: "clock", value: "virtual")])
        #expect(!cell.isVirtual(of: Program.command(command).text))
    }

    @Test("the metrics are those of the source, the declared ones first, each with its dimension")
    func metrics() throws {
        let declaration = try DeclarationReaderTests.read(Self.lines)
        #expect(
            declaration.program.metrics.map(\.text) == ["latency-p99", "done", "wall-time", "cpu-time", "peak-memory"])
        #expect(declaration.program.metrics.map(\.dimension) == [.duration, .rate, .duration, .duration, .bytes])
        #expect(declaration.hypotheses[0].claim == .near(5e6, .relative(0.1)))
        #expect(Program.command(ProgramCommand(words: ["x"])).metrics == Metric.ofProcess)
    }

    @Test("without a window there is none, and the time limit stands alone")
    func schedule() throws {
        let text = """
            question: How long does it take?
            program: { command: [ls, "{path}"] }
            fixed: { path: / }
            trials: 5
            """
        let declaration = try DeclarationReaderTests.read(text)
        #expect(declaration.program == .command(ProgramCommand(words: ["ls", "{path}"], source: .process)))
        let schedule = try #require(declaration.schedules["full"])
        #expect(schedule.measureNanoseconds == 0 && schedule.warmUpNanoseconds == 0)
        #expect(schedule.timeLimitNanoseconds == 30_000_000_000)
        #expect(declaration.stages == [] && declaration.pairings == [])
        #expect(try !Planner.plan(declaration, profile: "full", seed: 1, digest: "").isScheduled)
    }
}
