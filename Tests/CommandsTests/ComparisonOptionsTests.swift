import Experiments
import Testing

@testable import Commands

@Suite("What a comparison is asked for")
struct ComparisonOptionsTests {
    private static let declaration = """
        question: Is it slower?
        program: system-simulator
        trials: 2
        warm-up: 1s
        measure: 1s
        stages: [request, persist]
        """

    private func plan(pairs: Int, hasControl: Bool = true, permits: String = "8") throws -> Plan {
        let declaration = try DeclarationReader.read(
            bytes: Array(Self.declaration.utf8), path: "small.yaml", loadReference: nil)
        let side = SideProgram(label: "old", program: "/bin/old")
        let other = SideProgram(
            label: "new", program: "/bin/new", parameters: [Parameter(name: "permits", value: permits)])
        return try ComparisonPlanner(declaration, baseline: side, candidate: other, hasControl: hasControl)
            .plan(pairs: pairs, profile: "full", seed: 1, digest: "d")
    }

    @Test("a comparison is resumed under its own design alone: more pairs would be one more look")
    func resuming() throws {
        let stored = try plan(pairs: 54)
        #expect(ComparisonOptions.complaint(resuming: stored, as: stored) == nil)
        #expect(
            ComparisonOptions.complaint(resuming: stored, as: try plan(pairs: 90))
                == "it was begun with --pairs 24, not 60, and pairs that are added later are one look too many; go on with "
                + "--pairs 24, or begin anew without --resume")
        #expect(
            ComparisonOptions.complaint(resuming: stored, as: try plan(pairs: 54, hasControl: false))
                == "it was begun with the null control; leave --no-control out, or begin anew without --resume")
        #expect(
            ComparisonOptions.complaint(resuming: stored, as: try plan(pairs: 54, permits: "9"))
                == "it compared other sides; compare the same ones, or begin anew without --resume")
    }
}
