import Experiments
import Foundation
import Gating
import Statistics
import TestSupport
import Testing

@testable import Reporting

@Suite("A comparison in the formats of others' dashboards")
struct BenchmarkFormatsTests {
    @Test("is what was last reviewed")
    func golden() throws {
        for (name, text) in [
            ("gate-bencher.json", BencherMetricFormat(of: GateSamples.mixed).text),
            ("gate-smaller-is-better.json", GitHubActionBenchmarkJSON(of: GateSamples.mixed, .higherIsWorse).text),
            ("gate-bigger-is-better.json", GitHubActionBenchmarkJSON(of: GateSamples.mixed, .lowerIsWorse).text),
        ] {
            #expect(try Golden.compare(text, with: name).complaint == nil)
        }
    }

    @Test("lays the effect's interval around the candidate's value")
    func intervals() throws {
        let relative = try #require(GateSamples.mixed.metrics[0].candidateInterval)
        // 13.216 ms · 1.056 / 1.071 and · 1.0862 / 1.071
        #expect(abs(relative.lowerBound - 13_030_902) < 1)
        #expect(abs(relative.upperBound - 13_403_566) < 1)
        let absolute = try #require(GateSamples.mixed.metrics[1].candidateInterval)
        // 60.0513 ms - 9.3 µs - 120 µs and - 9.3 µs + 138.6 µs
        #expect(absolute == Interval(lowerBound: 59_922_000, upperBound: 60_180_600))
        #expect(GateSamples.mixed.metrics[3].candidateInterval == nil)
    }

    @Test("leaves out what has no value, and numbers what would have the same name")
    func names() throws {
        var outcome = GateSamples.mixed
        for index in outcome.metrics.indices {
            outcome.metrics[index].cell = ""
            outcome.metrics[index].metric = String(repeating: "m", count: 80) + "\(index)"
        }
        let data = Data(BencherMetricFormat(of: outcome).text.utf8)
        let benchmarks = try #require(try JSONSerialization.jsonObject(with: data) as? [String: [String: Any]])
        let measures = try #require(benchmarks["client-counts"])
        #expect(measures.count == 3)
        #expect(measures.keys.allSatisfy { $0.count <= 64 })
        #expect(BencherMetricFormat(of: GateSamples.empty).text == "{\n\n}\n")
    }

    /// Published at bencher.dev/bmf.json, as its reference of the format shows it.
    private static let bencherSchema = """
        {"$id": "https://bencher.dev/bmf.json", "$schema": "http://json-schema.org/draft-07/schema", "type": "object",
         "patternProperties": {".+": {"type": "object", "patternProperties": {".+": {"type": "object",
          "properties": {"value": {"type": "number"}, "lower_value": {"type": "number"}, "upper_value": {"type": "number"}},
          "required": ["value"]}}}}}
        """

    /// After the interface `BenchmarkResult` of the action's src/extract.ts, where `name`, `value` and `unit` are required and
    /// `range` and `extra` are optional text; there is no published schema.
    private static let actionSchema = """
        {"$schema": "http://json-schema.org/draft-07/schema", "type": "array", "items": {"type": "object",
         "properties": {"name": {"type": "string", "minLength": 1}, "value": {"type": "number"}, "unit": {"type": "string"},
          "range": {"type": "string"}, "extra": {"type": "string"}},
         "required": ["name", "value", "unit"], "additionalProperties": false}}
        """

    /// What `jsonschema` (PyPI, Julian Berman and others) has against a text.
    private func complaints(about text: String, schema: String) throws -> String {
        let script = """
            import json, sys, jsonschema
            schema = json.loads('''\(schema)''')
            validator = jsonschema.Draft7Validator(schema)
            validator.check_schema(schema)
            def once(pairs):
                assert len(dict(pairs)) == len(pairs), 'a key stands twice'
                return dict(pairs)
            document = json.loads(sys.stdin.buffer.read().decode('utf-8'), object_pairs_hook=once)
            print([error.message for error in validator.iter_errors(document)])
            """
        return try Python.run(script, input: Array(text.utf8))
    }

    private static let hasValidator = Python.has("jsonschema")

    @Test(
        "keeps to Bencher's schema", .enabled(if: hasValidator, "jsonschema is not installed"),
        arguments: [GateSamples.mixed, GateSamples.hostile, GateSamples.empty])
    func bencher(outcome: GateOutcome) throws {
        #expect(try complaints(about: BencherMetricFormat(of: outcome).text, schema: Self.bencherSchema) == "[]\n")
    }

    @Test(
        "keeps to what github-action-benchmark reads", .enabled(if: hasValidator, "jsonschema is not installed"),
        arguments: [GateSamples.mixed, GateSamples.hostile, GateSamples.empty])
    func action(outcome: GateOutcome) throws {
        for direction in [Metric.Direction.higherIsWorse, .lowerIsWorse] {
            let text = GitHubActionBenchmarkJSON(of: outcome, direction).text
            #expect(try complaints(about: text, schema: Self.actionSchema) == "[]\n")
        }
    }

    @Test(
        "is checked by schemas that object to what is wrong", .enabled(if: hasValidator, "jsonschema is not installed"))
    func schemasObject() throws {
        #expect(try complaints(about: "{\"a\": {\"b\": {\"lower_value\": 1}}}", schema: Self.bencherSchema) != "[]\n")
        #expect(
            try complaints(about: "[{\"name\": \"a\", \"value\": \"1\", \"unit\": \"ns\"}]", schema: Self.actionSchema)
                != "[]\n")
    }
}
