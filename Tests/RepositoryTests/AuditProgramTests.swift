import Foundation
import Subprocess
import SystemPackage
import Testing

/// `assay audit` as a user meets it: the exit status is the verdict.
@Suite("assay audit")
struct AuditProgramTests {
    private let simulate =
        "system-simulator --clock virtual --clients 15 --warm-up 20s --measure 60s --trace t >/dev/null"

    @Test("a sound trace is trusted, with status 0")
    func trusted() async throws {
        let outcome = try await Shell.run("\(simulate) && assay audit t")
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
        #expect(
            outcome.output.hasPrefix(
                "t: trusted\n  by request: trusted\n\nNo audit that could judge it had anything to say against it.\n"))
    }

    @Test("a trace that was cut off is doubtful, with status 1")
    func doubtful() async throws {
        let outcome = try await Shell.run("\(simulate) && truncate -s 100000 t && assay audit t")
        #expect(outcome.status == 1, "\(outcome.output)\(outcome.errors)")
        #expect(outcome.output.hasPrefix("t: doubtful\n"))
        #expect(outcome.output.contains("(audit drops)"))
    }

    @Test("green threads paired by thread are invalid, with status 2, and by request they are judged by themselves")
    func invalid() async throws {
        let record = "system-simulator --clients 15 --think-time 50ms --warm-up 0s --measure 500ms --trace t >/dev/null"
        let outcome = try await Shell.run("\(record) && assay audit --pairing thread t")
        #expect(outcome.status == 2, "\(outcome.output)\(outcome.errors)")
        #expect(outcome.output.hasPrefix("t: invalid\n  by thread: invalid\n\nReasons\n  1. invalid, by thread"))
        let byRequest = try await Shell.run("\(record) && assay audit t")
        #expect(byRequest.status < 2, "\(byRequest.output)\(byRequest.errors)")
        #expect(byRequest.output.contains("\nNot judged here\n"))
    }

    @Test("in virtual time all events are on one thread, and there are no figures by thread to judge")
    func virtualByThread() async throws {
        let outcome = try await Shell.run("\(simulate) && assay audit --pairing thread t")
        #expect(outcome.status == 64)
        #expect(outcome.errors == "assay: t has no figures by thread; it has: 'request'\n")
    }

    @Test("of several paths each is printed, and the status is the worst verdict")
    func several() async throws {
        let outcome = try await Shell.run("\(simulate) && cp t u && truncate -s 100000 u && assay audit t u t")
        #expect(outcome.status == 1, "\(outcome.output)\(outcome.errors)")
        let heads = outcome.output.split(separator: "\n").filter { $0.hasPrefix("t: ") || $0.hasPrefix("u: ") }
        #expect(heads == ["t: trusted", "u: doubtful", "t: trusted"])
        let json = try await Shell.run("\(simulate) && assay audit --json t t")
        #expect(json.status == 0)
        let list = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]]
        #expect(list?.map { $0["subject"] as? String } == ["t", "t"])
        let absent = try await Shell.run("\(simulate) && assay audit t absent")
        #expect(absent.status == 66)
        #expect(absent.output.isEmpty)
    }

    @Test("a trace's verdict says which audits were not applied, and reasons that are shown have no gap")
    func unapplied() async throws {
        let outcome = try await Shell.run("\(simulate) && COLUMNS=500 assay audit t")
        let line = outcome.output.split(separator: "\n").first { $0.hasPrefix("Not applied: ") }.map(String.init)
        #expect(
            line == "Not applied: clock (virtual time), pairing (no figures by thread), oracle (virtual time), "
                + "environment (virtual time), observer (virtual time), independence (1 of 10 blocks needed), "
                + "missing-trials (no plan), provenance (one trial).", "\(outcome.output)")
        let record = "system-simulator --clients 15 --think-time 50ms --warm-up 0s --measure 500ms --trace t >/dev/null"
        let lines = try await Shell.run("\(record) && assay audit t").output.split(separator: "\n")
        let numbers = lines.compactMap { $0.firstMatch(of: #/^  ([0-9]+)\. /#).flatMap { Int($0.output.1) } }
        #expect(!numbers.isEmpty && numbers == Array(1...numbers.count), "\(lines)")
    }

    @Test("a trace is judged by the limits of a declaration, and a result by its own alone")
    func limits() async throws {
        let declaration = Repository.root.appending(path: "Experiments/permits.yaml").path
        let record = "system-simulator --clients 15 --think-time 50ms --warm-up 0s --measure 500ms --trace t >/dev/null"
        let strict = "cp \(declaration) strict.yaml && echo 'limits: {overshoot-p50: 0s}' >>strict.yaml"
        let lax = "cp \(declaration) lax.yaml && echo 'limits: {overshoot-p50: 1h, overshoot-p99: 1h}' >>lax.yaml"
        func objects(_ prepare: String, _ option: String) async throws -> Bool {
            let outcome = try await Shell.run("\(record) && \(prepare) && COLUMNS=500 assay audit \(option) t")
            #expect(outcome.status < 3, "\(outcome.errors)")
            return outcome.output.split(separator: "\n").contains {
                $0.contains(". doubtful") && $0.hasSuffix("(audit overshoot)")
            }
        }
        // No timer on the wall clock is exact.
        #expect(try await objects(strict, "--limits strict.yaml"))
        #expect(try await !objects(lax, "--limits lax.yaml"))
        let folder = try await Shell.run("mkdir r && \(lax) && assay audit --limits lax.yaml r")
        #expect(folder.status == 64)
        #expect(
            folder.errors
                == "assay: r: --limits is for traces; a result is judged by the limits that it was declared with, so leave it out\n"
        )
        let absent = try await Shell.run("\(record) && assay audit --limits absent.yaml t")
        #expect(absent.status == 66)
        let wrong = try await Shell.run("\(record) && echo 'limits: {}' >x.yaml && assay audit --limits x.yaml t")
        #expect(wrong.status == 65)
    }

    @Test("as JSON it says the same, with figures")
    func json() async throws {
        let outcome = try await Shell.run("\(simulate) && truncate -s 100000 t && assay audit --json t")
        #expect(outcome.status == 1)
        let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
        #expect(object?["level"] as? String == "doubtful")
        let reasons = try #require(object?["reasons"] as? [[String: Any]])
        #expect(reasons.contains { $0["audit"] as? String == "drops" && $0["number"] as? Int == 1 })
    }

    @Test("where the traces are gone the stored verdict is read, and said to be that")
    func stored() async throws {
        let results = Repository.root.appending(path: "Results/virtual-client-counts").path
        let outcome = try await Shell.run(
            "mkdir -p r/virtual-client-counts && cp \(results)/verdict.json r/virtual-client-counts && "
                + "assay audit r/virtual-client-counts/")
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
        #expect(outcome.output.hasPrefix("virtual-client-counts: trusted\n"))
        #expect(outcome.errors.contains("no run is stored here; this is the verdict of its report"))
        let inside = try await Shell.run("cp \(results)/verdict.json . && assay audit .")
        #expect(inside.status == 0, "\(inside.output)\(inside.errors)")
        let byThread = try await Shell.run(
            "mkdir -p r/x && cp \(results)/verdict.json r/x && assay audit --pairing thread r/x")
        #expect(byThread.status == 64)
        #expect(byThread.errors.contains("r/x has no figures by thread; it has: 'request'"))
    }

    @Test("each shipped experiment has a verdict beside its report")
    func shipped() throws {
        let files = FileManager.default
        let experiments = try files.contentsOfDirectory(atPath: Repository.root.appending(path: "Experiments").path)
            .filter { $0.hasSuffix(".yaml") }
        #expect(!experiments.isEmpty)
        for experiment in experiments {
            let verdict = "Results/\(experiment.dropLast(".yaml".count))/verdict.json"
            #expect(files.fileExists(atPath: Repository.root.appending(path: verdict).path), "\(verdict)")
        }
    }

    @Test(
        "what cannot be judged is refused with its documented status and one sentence",
        arguments: [
            ("assay audit", 64), ("assay audit --pairing client t", 64), ("assay audit absent", 66),
            ("assay audit /dev/null", 65), ("mkdir empty && assay audit empty", 66),
            ("mkdir bad && echo '{}' >bad/verdict.json && assay audit bad", 65),
            ("mkdir bad && echo '{}' >bad/plan.json && assay audit bad", 65), ("echo no trace >t && assay audit t", 65),
        ] as [(String, Int32)])
    func refused(line: String, status: Int32) async throws {
        let outcome = try await Shell.run(line)
        #expect(outcome.status == status, "\(outcome.output)\(outcome.errors)")
        #expect(outcome.output.isEmpty)
        #expect(!outcome.errors.isEmpty)
    }
}
