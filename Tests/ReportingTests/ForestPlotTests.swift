import Gating
import Statistics
import TestSupport
import Testing

@testable import Reporting

@Suite("The forest plot of a comparison")
struct ForestPlotTests {
    @Test("is what was last looked at")
    func golden() throws {
        let svg = ForestPlot(of: GateSamples.mixed).svg
        #expect(try Golden.compare(svg, with: "gate-effects.svg").complaint == nil)
    }

    @Test("has a mark of its own form for each verdict, and the null control below")
    func marks() {
        let lines = ForestPlot(of: GateSamples.mixed).svg.split(separator: "\n")
        let count = { (kind: String, style: String) in
            lines.count { $0.hasPrefix("<\(kind)") && $0.hasSuffix("class=\"\(style)\"/>") }
        }
        // One of each is the legend's; the figure without a value has none.
        #expect(count("rect", "thread solid") == 2)
        #expect(count("circle", "process solid") == 2)
        #expect(count("polygon", "request hollow") == 2)
        #expect(count("polygon", "control hollow") == 4)
        #expect(count("rect", "band") == 2)
    }

    @Test("lets its axis hold what it draws, up to five bands, and cuts what is beyond with an arrow")
    func cut() {
        #expect(!ForestPlot(of: GateSamples.mixed).hasCutMarks)
        var outcome = GateSamples.mixed
        outcome.metrics[0].effect = 3
        outcome.metrics[0].interval = Interval(lowerBound: 1.01, upperBound: 9)
        let plot = ForestPlot(of: outcome)
        #expect(plot.hasCutMarks)
        #expect(plot.svg.contains(">-5</text>") && plot.svg.contains(">5</text>") && !plot.svg.contains(">6</text>"))
    }

    @Test("draws forty rows at most, failures first, and says how many are left")
    func bounded() {
        let svg = ForestPlot(of: GateSamples.many(60)).svg
        #expect(svg.contains("and 20 more, in the table"))
        // Of 60 rows 15 fail and 30 are inconclusive: none that passes is drawn.
        #expect(svg.split(separator: "\n").count { $0.hasSuffix("class=\"process solid\"/>") } == 1)
    }

    @Test(
        "is well-formed whatever the names are",
        .enabled(if: Python.path != nil, Comment(rawValue: Python.whyNeeded)),
        arguments: [GateSamples.mixed, GateSamples.hostile, GateSamples.empty])
    func wellFormed(outcome: GateOutcome) throws {
        let script = """
            import sys, xml.etree.ElementTree as tree
            root = tree.fromstring(sys.stdin.buffer.read())
            print(root.tag)
            """
        let tag = try Python.run(script, input: Array(ForestPlot(of: outcome).svg.utf8))
        #expect(tag == "{http://www.w3.org/2000/svg}svg\n")
    }
}
