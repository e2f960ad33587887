import Foundation
import Testing
import TraceModel

@testable import Experiments

@Suite("docs/experiments.md")
struct DocumentationTests {
    private static func text() throws -> String {
        try String(contentsOf: Repository.url("docs/experiments.md"), encoding: .utf8)
    }

    @Test("the complete example is read, and has the cells and trials that the text says")
    func readsExample() throws {
        let parts = try Self.text().components(separatedBy: "<!-- example: read by a test -->\n```yaml\n")
        let example = try #require(parts.last?.components(separatedBy: "```").first)
        #expect(parts.count == 2)
        let declaration = try DeclarationReaderTests.read(example)
        #expect(declaration.cells.count == 5)
        #expect(try Planner.plan(declaration, profile: "full", seed: 1, digest: "").trials.count == 25)
        #expect(declaration.hypotheses.count == 2)
    }

    @Test("the limits by which trials may be left out, and those by which not, are in it in their order")
    func exclusions() throws {
        let text = try Self.text()
        func list(_ limits: [Limit]) -> String { limits.map { "`\($0.rawValue)`" }.joined(separator: ", ") }
        #expect(text.contains("for itself: \(list(Limit.allCases.filter(\.isOfTrial)))."))
        #expect(text.contains("only limits: \(list(Limit.allCases.filter { !$0.isOfTrial }))."))
    }

    @Test("every key, parameter, stage, statistic and claim is in it")
    func isComplete() throws {
        let text = try Self.text()
        let mappings = [
            DeclarationKeys.declaration, .init(title: "", names: ReferenceReader.columns, required: []),
            DeclarationKeys.program, DeclarationKeys.reported,
            .init(title: "", names: ProgramCommand.Placeholder.allCases.map { "{\($0.rawValue)}" }, required: []),
            .init(title: "", names: ReportedMetric.Unit.allCases.map(\.rawValue), required: []),
            DeclarationKeys.hypothesis, DeclarationKeys.equivalent, DeclarationKeys.varies, DeclarationKeys.reference,
        ]
        let names =
            mappings.flatMap(\.names) + SimulatorParameters.names + Stage.allCases.map(\.rawValue)
            + Metric.Statistic.allCases.map(\.rawValue) + EventKind.allCases.filter { $0.rawValue < 16 }.map(\.name)
            + Metric.all.filter { $0.stage == nil }.map(\.text) + ReferenceReader.histogramColumns
        for name in names {
            let isThere = ["`\(name)`", "`\(name):", " \(name): "].contains { text.contains($0) }
            #expect(isThere, "docs/experiments.md does not say what '\(name)' is")
        }
    }
}
