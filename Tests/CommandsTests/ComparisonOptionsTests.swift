import Experiments
import Gating
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

    private func design(pairs: Int?, declared: Int? = nil, cells: Int) throws -> Int {
        let gate = GateDeclaration(
            metrics: [Metric.throughput, .writeThroughput, .blockedShare, .peakMemory].map {
                .init($0, band: Band(.relative(0.05)))
            }, pairMaximum: declared)
        return try ComparisonOptions.design(pairs: pairs, gate, cellCount: cells, sideCount: 3, path: "x.yaml")
            .maximumPairs
    }

    @Test("pairs with which nothing could fail are refused, with the fewest that will do")
    func tooFewPairs() throws {
        #expect(try design(pairs: 12, cells: 25) == 12)
        let refused = #expect(throws: Failure.self) { try design(pairs: 12, cells: 26) }
        #expect(refused?.status == .usage)
        #expect(
            refused?.sentence
                == "--pairs is 12, and among 104 figures (4 metrics in 26 cells) no change would be large enough to fail; 14 "
                + "pairs are the fewest, or gate on fewer metrics")
        let declared = #expect(throws: Failure.self) { try design(pairs: nil, declared: 12, cells: 26) }
        #expect(declared?.status == .badData)
        #expect(declared?.sentence.hasPrefix("x.yaml: 'pairs' under 'gate' is 12, and among 104 figures") == true)
        #expect(try design(pairs: nil, cells: 26) == 60)
        let below = #expect(throws: Failure.self) { try design(pairs: 11, cells: 1) }
        #expect(below?.sentence == "--pairs is 12 to 500, found 11")
    }

    @Test("a comparison is resumed under its own design alone: more pairs would be one more look")
    func resuming() throws {
        let stored = try plan(pairs: 54)
        #expect(ComparisonOptions.complaint(resuming: stored, as: stored) == nil)
        #expect(
            ComparisonOptions.complaint(resuming: stored, as: try plan(pairs: 360))
                == "it was begun with --pairs 24, not 240, and pairs that are added later are one look too many; go on with "
                + "--pairs 24, or begin anew without --resume")
        #expect(
            ComparisonOptions.complaint(resuming: stored, as: try plan(pairs: 54, hasControl: false))
                == "it was begun with the null control; leave --no-control out, or begin anew without --resume")
        #expect(
            ComparisonOptions.complaint(resuming: stored, as: try plan(pairs: 54, permits: "9"))
                == "it compared other sides; compare the same ones, or begin anew without --resume")
    }
}
