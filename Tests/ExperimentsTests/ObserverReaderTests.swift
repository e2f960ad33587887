import Foundation
import Testing
import TraceModel

@testable import Experiments

@Suite("Observers in a declaration")
struct ObserverReaderTests {
    static let good = """
        question: Who watches?
        program: system-simulator
        observers:
          right: {script: tracers/right.bt, pairing: request}
          counts: {script: tracers/counts.bt}
        fixed: {workers: 2}
        factors:
          observer: [none, counts, right + counts]
          clients: [1, 2]
        trials: 1
        warm-up: 1s
        measure: 1s
        stages: [request]

        """

    static func read(_ text: String) throws(DeclarationErrors) -> Declaration {
        try DeclarationReader.read(bytes: Array(text.utf8), path: "x.yaml") { path throws(FileFailure) in
            guard path.hasPrefix("tracers/") else {
                throw FileFailure(message: "cannot be opened: No such file or directory")
            }
            return Array("// \(path)\n".utf8)
        }
    }

    @Test("their scripts are read with them, and the cells say who watches")
    func reads() throws {
        let declaration = try Self.read(Self.good)
        #expect(
            declaration.observers == [
                Observer(
                    name: "right", script: "tracers/right.bt", text: "// tracers/right.bt\n", pairing: .request),
                Observer(name: "counts", script: "tracers/counts.bt", text: "// tracers/counts.bt\n", pairing: nil),
            ])
        let plan = try Planner.plan(declaration, profile: "full", seed: 1, digest: "")
        #expect(
            plan.cells.map { plan.observers(of: $0).map(\.name) } == [
                [], [], ["counts"], ["counts"], ["right", "counts"], ["right", "counts"],
            ])
    }

    @Test("the program is not told of them, and their oracle is not watched")
    func isTheHarnessOwn() throws {
        let plan = try Planner.plan(try Self.read(Self.good), profile: "full", seed: 1, digest: "")
        let trial = try #require(plan.trials.first { $0.cellIndex == 5 })
        let arguments = plan.arguments(of: trial, cell: plan.cells[5], tracePath: "t", directory: "/")
        #expect(arguments.prefix(4) == ["--workers", "2", "--clients", "2"])
        #expect(!arguments.contains("--observer"))
        let oracle = try #require(plan.cells[5].oracle(of: plan.program))
        #expect(plan.observers(of: oracle).isEmpty)
    }

    @Test("a plan is stored with them, and one of the first version has none")
    func storesPlan() throws {
        let plan = try Planner.plan(try Self.read(Self.good), profile: "full", seed: 1, digest: "")
        let stored = try JSONEncoder().encode(plan)
        #expect(try JSONDecoder().decode(Plan.self, from: stored) == plan)
        var object = try #require(try JSONSerialization.jsonObject(with: stored) as? [String: Any])
        object["version"] = 1
        object["observers"] = nil
        let old = try JSONDecoder().decode(Plan.self, from: JSONSerialization.data(withJSONObject: object))
        #expect(old.version == 1 && old.observers.isEmpty)
        object["version"] = 2
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(Plan.self, from: JSONSerialization.data(withJSONObject: object))
        }
    }

    @Test("without their files they are read by name, which a verdict on a stored run needs no more of")
    func readsWithoutFiles() throws {
        let declaration = try DeclarationReader.read(bytes: Array(Self.good.utf8), path: "x.yaml", loadReference: nil)
        #expect(declaration.observers.map(\.name) == ["right", "counts"])
        #expect(declaration.observers.map(\.text) == ["", ""])
    }

    static let bad: [(passage: String, replacement: String, errors: String)] = [
        (
            "[none, counts, right + counts]", "[none, count, right]",
            "x.yaml:8:3: unknown observer 'count' in 'observer'; did you mean 'counts'? allowed: right, counts, none"
        ),
        (
            "right + counts]", "right + right]",
            "x.yaml:8:3: 'observer' names 'right' twice; keep one"
        ),
        (
            "counts, right + counts]", "right]",
            "x.yaml:4:3: the observer 'counts' watches no cell; name it in 'observer', fixed or as a level, or leave it out"
        ),
        (
            "fixed: {workers: 2}", "fixed: {clock: virtual}",
            "x.yaml:8:3: 'observer' does nothing in virtual time, of which an outside tracer has no clock; leave it out, or say "
                + "'none'"
        ),
        (
            "observers:\n  right: {script: tracers/right.bt, pairing: request}\n  counts: {script: tracers/counts.bt}\n",
            "",
            "x.yaml:5:3: 'observer' says who watches the program, and nobody is declared under 'observers'; declare somebody, or "
                + "leave it out"
        ),
        (
            "tracers/right.bt", "../right.bt",
            "x.yaml:4:19: 'script': '../right.bt' leads out of the declaration's folder; name a file inside it"
        ),
        (
            "tracers/right.bt", "right.bt",
            "x.yaml:4:19: 'script': 'right.bt' cannot be opened: No such file or directory"
        ),
        (
            "pairing: request", "pairing: cpu",
            "x.yaml:4:46: unknown pairing 'cpu'; allowed: request, thread"
        ),
        (
            "script: tracers/counts.bt", "scripts: tracers/counts.bt",
            "x.yaml:5:12: unknown key 'scripts' in an observer; did you mean 'script'? allowed: script, pairing"
        ),
        (
            "  counts: {", "  none: {",
            "x.yaml:5:3: 'none' is no observer's name: small letters and digits in words joined by '-', at most 40 characters, and "
                + "not 'none'"
        ),
        (
            "observers:\n  right: {script: tracers/right.bt, pairing: request}\n  counts: {script: tracers/counts.bt}",
            "observers: {}", "x.yaml:3:12: 'observers' is empty; name at least one, or leave the key out"
        ),
    ]

    @Test("what is wrong with them is said, word for word", arguments: bad.indices)
    func refuses(index: Int) {
        let (passage, replacement, errors) = Self.bad[index]
        #expect(Self.good.contains(passage))
        let text = Self.good.replacing(passage, with: replacement, maxReplacements: 1)
        let found = #expect(throws: DeclarationErrors.self) { try Self.read(text) }
        #expect(found?.description == errors)
    }
}
