import Foundation
import Testing
import TraceModel

@testable import Experiments

@Suite("The published schema")
struct SchemaTests {
    @Test("each mapping has the reader's keys, and requires the same ones")
    func keysCoincide() throws {
        let data = try Data(contentsOf: Repository.url("Experiments/experiment.schema.json"))
        let schema = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let definitions = try #require(schema["$defs"] as? [String: Any])
        for (name, keys) in [
            ("", DeclarationKeys.declaration), ("profile", DeclarationKeys.profile), ("level", DeclarationKeys.level),
            ("hypothesis", DeclarationKeys.hypothesis), ("equivalent", DeclarationKeys.equivalent),
            ("varies", DeclarationKeys.varies), ("trend", DeclarationKeys.trend),
            ("reference", DeclarationKeys.reference), ("program", DeclarationKeys.program),
            ("reported", DeclarationKeys.reported), ("observer", DeclarationKeys.observer),
            ("gate", DeclarationKeys.gate),
            ("limits", .init(title: "'limits'", names: Limit.allCases.map(\.rawValue), required: [])),
            (
                "excludeTrials",
                .init(
                    title: "'exclude-trials'", names: Limit.allCases.filter(\.isOfTrial).map(\.rawValue), required: [])
            ),
        ] {
            let object = try #require(name.isEmpty ? schema : definitions[name] as? [String: Any])
            let properties = try #require(object["properties"] as? [String: Any])
            #expect(Set(properties.keys) == Set(keys.names), "\(keys.title)")
            #expect(Set(object["required"] as? [String] ?? []) == Set(keys.required), "\(keys.title)")
            #expect(object["additionalProperties"] as? Bool == false, "\(keys.title)")
        }
    }

    @Test("its lists of names are the reader's")
    func namesCoincide() throws {
        let text = try String(contentsOf: Repository.url("Experiments/experiment.schema.json"), encoding: .utf8)
        let stages = Stage.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
        #expect(text.contains("\"enum\": [\(stages)]"))
        let pairings = PairingKey.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
        #expect(text.contains("\"enum\": [\(pairings)]"))
        let reserved = (SimulatorParameters.reserved + ["pairing"]).map { "\"\($0)\"" }.joined(separator: ", ")
        #expect(text.contains("\"enum\": [\(reserved)]"))
        let parameters = SimulatorParameters.names.map { "\"\($0)\"" }.joined(separator: ", ")
        #expect(text.contains("\"enum\": [\(parameters)]"))
        let sources = FigureSource.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
        #expect(text.contains("\"enum\": [\(sources)]"))
        let units = ReportedMetric.Unit.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
        #expect(text.contains("\"enum\": [\(units)]"))
        for case (let name, .choice(let choices)) in SimulatorParameters.all {
            let values = choices.map { "\"\($0)\"" }.joined(separator: ", ")
            #expect(text.contains("\"\(name)\": { \"enum\": [\(values)] }"), "\(name)")
        }
    }

    @Test(
        "it accepts what is shipped, and rejects nothing that the reader accepts", .enabled(if: Validator.isInstalled))
    func agreesWithReader() throws {
        let folder = URL(filePath: NSTemporaryDirectory()).appending(path: "assay-schema-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { Repository.remove(folder) }
        var acceptedByReader: [String: Bool] = [:]
        for (index, bad) in BadDeclaration.single.enumerated() {
            let file = folder.appending(path: "bad-\(index).yaml")
            try bad.text.write(to: file, atomically: true, encoding: .utf8)
            acceptedByReader[file.path()] = false
        }
        for good in GoodDeclaration.allCases {
            let file = folder.appending(path: "good-\(good).yaml")
            try good.text.write(to: file, atomically: true, encoding: .utf8)
            acceptedByReader[file.path()] = true
        }
        for name in Shipped.allCases {
            acceptedByReader[Repository.url("Experiments/\(name.rawValue).yaml").path()] = true
        }
        let rejected = try Validator.rejected(acceptedByReader.keys.sorted())
        for (path, isAccepted) in acceptedByReader where isAccepted {
            #expect(rejected[path] == nil, "the schema rejects what the reader accepts: \(path)")
        }
        // The schema is of use only if it finds most of what is wrong by itself.
        let found = acceptedByReader.filter { !$0.value && rejected[$0.key] != nil }.count
        #expect(found * 2 > BadDeclaration.single.count, "the schema finds \(found) of \(BadDeclaration.single.count)")
    }
}

/// Python's `jsonschema` and `yaml`, which a fresh machine may lack: then the one test that needs them is skipped.
enum Validator {
    static let isInstalled: Bool = {
        var isThere = false
        do {
            isThere = try run(["-c", "import jsonschema, yaml"]).status == 0
        } catch {
            print("python3 cannot be run: \(error)")
        }
        if !isThere {
            print("SKIPPED: the schema is not checked by a validator: python3-jsonschema and python3-yaml are missing")
        }
        return isThere
    }()

    /// The files that the schema rejects, with the first reason.
    static func rejected(_ paths: [String]) throws -> [String: String] {
        let schema = Repository.url("Experiments/experiment.schema.json").path()
        let (status, output) = try run(["-c", script, schema] + paths)
        try #require(status == 0, "the validator failed: \(output)")
        let data = Data(output.utf8)
        return try #require(try JSONSerialization.jsonObject(with: data) as? [String: String])
    }

    /// YAML 1.1 reads dates and YAML 1.2, which editors use, does not: so neither does this.
    private static let script = """
        import json, sys, yaml, jsonschema
        class Loader(yaml.SafeLoader):
            yaml_implicit_resolvers = {
                key: [pair for pair in pairs if pair[0] != 'tag:yaml.org,2002:timestamp']
                for key, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
            }
        schema = json.load(open(sys.argv[1]))
        jsonschema.Draft202012Validator.check_schema(schema)
        validator = jsonschema.Draft202012Validator(schema)
        rejected = {}
        for path in sys.argv[2:]:
            text = open(path, encoding='utf-8').read()
            if text.count('*') > 20: rejected[path] = 'aliases'; continue
            try: error = next(validator.iter_errors(yaml.load(text, Loader)), None)
            except (yaml.YAMLError, ValueError, TypeError) as problem: error = problem
            if error is not None: rejected[path] = str(error)[:200]
        print(json.dumps(rejected))
        """

    private static func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3"] + arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: data, as: UTF8.self))
    }
}
