import Archiving
import Experiments
import SystemPackage
import TestSupport
import Testing
import TraceModel

@testable import Reporting

@Suite("Stored baselines, for a terminal")
struct BaselineReportTests {
    private static let machine = MachineFingerprint(
        host: "runner-7", kernel: "Linux 6.18 x86_64", processorModel: nil, processorCount: 2,
        toolchain: "Swift version 6.3.1")

    private static func session(_ number: Int, trust: StoredBaseline.Trust = .trusted) -> StoredBaseline.Session {
        StoredBaseline.Session(
            startedAt: "2026-11-30T04:05:0\(number)Z", revision: number == 1 ? nil : "0123456789abcdef",
            binaryDigest: String(repeating: "0a", count: 32), seed: UInt64(number), trust: trust,
            series: [
                .init(
                    cell: "clients 15", metric: "persist.p50", pairing: .request, values: [60_042_000, nil, 60_051_300]),
                .init(cell: "clients 15", metric: "throughput", pairing: nil, values: [14.9, 15, 15.1]),
                .init(cell: "clients 125", metric: "throughput", pairing: nil, values: [nil, nil]),
                .init(
                    cell: "clients 125", metric: "op-p50", pairing: nil, dimension: .duration, values: [32_876, 33_001]),
            ])
    }

    private static func baseline(isVirtual: Bool) -> StoredBaseline {
        StoredBaseline(
            experiment: "client-counts", profile: "full", declarationDigest: String(repeating: "ab", count: 32),
            program: "system-simulator", isVirtual: isVirtual, machine: machine,
            sessions: [session(1, trust: .doubtful), session(2)])
    }

    @Test("are listed one a row, with those that cannot be read below")
    func list() throws {
        let path: FilePath = "Baselines/old.json"
        let text = BaselineReport.list(
            [
                .init(name: "main", content: .success(Self.baseline(isVirtual: false))),
                .init(name: "old", content: .failure(.newerVersion(path: path, found: 2, supported: 1))),
                .init(name: "virtual", content: .success(Self.baseline(isVirtual: true))),
            ], folder: "Baselines")
        #expect(try Golden.compare(text, with: "baseline-list.txt").complaint == nil)
    }

    @Test("are shown with where they come from and what is in them")
    func show() throws {
        let text = BaselineReport.show(Self.baseline(isVirtual: false), name: "main")
        #expect(try Golden.compare(text, with: "baseline-show.txt").complaint == nil)
    }

    @Test("say how many sessions there are and how many a gate takes, and show at most twenty")
    func counts() {
        var baseline = Self.baseline(isVirtual: false)
        #expect(
            BaselineReport.show(baseline, name: "main").contains(
                "  2 sessions of the 3 or more that a gate on the wall clock takes; save 1 more, at other times\n"))
        baseline.sessions = (0..<23).map { _ in Self.session(2) }
        let text = BaselineReport.show(baseline, name: "main")
        #expect(text.contains("  23 sessions; a gate on the wall clock takes 3 or more\n"))
        #expect(text.contains("… and 3 older sessions"))
        #expect(
            BaselineReport.show(Self.baseline(isVirtual: true), name: "main").contains("a gate in virtual time takes"))
    }

    @Test("that are not there yet are told how to be saved")
    func none() {
        #expect(
            BaselineReport.list([], folder: "Baselines")
                == "Baselines: no baseline yet; save one with `assay baseline save`\n")
    }

    @Test("let no name move the cursor")
    func hostile() {
        var baseline = Self.baseline(isVirtual: true)
        baseline.experiment = GateSamples.hostileText
        baseline.sessions[0].series[0].metric = GateSamples.hostileText
        baseline.machine.kernel = GateSamples.hostileText
        let text =
            BaselineReport.show(baseline, name: "main")
            + BaselineReport.list([.init(name: "main", content: .success(baseline))], folder: "Baselines")
        #expect(!text.contains("\u{1B}") && !text.contains("\n::"))
    }
}
