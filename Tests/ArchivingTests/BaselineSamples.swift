import Archiving
import TraceModel

/// Baselines for the tests of this room.
enum BaselineSamples {
    static let machine = MachineFingerprint(
        host: "runner-7", kernel: "Linux 6.18 x86_64", processorModel: "EPYC", processorCount: 2,
        toolchain: "Swift version 6.3.1")

    static func session(
        _ number: Int = 1, values: [Double?] = [60_042_000, nil, 60_051_300.5]
    ) -> StoredBaseline.Session {
        StoredBaseline.Session(
            startedAt: "2026-11-30T04:05:0\(number)Z", revision: "0123abc",
            binaryDigest: String(repeating: "0a", count: 32),
            seed: .max, trust: .trusted,
            series: [
                .init(cell: "clients 15", metric: "persist.p50", pairing: .request, values: values),
                .init(cell: "clients 15", metric: "throughput", pairing: nil, values: [14.9, 15, 15.1]),
            ])
    }

    static func baseline(
        isVirtual: Bool = false, machine: MachineFingerprint = machine, sessions: [StoredBaseline.Session] = [session()]
    ) -> StoredBaseline {
        StoredBaseline(
            experiment: "client-counts", profile: "full", declarationDigest: String(repeating: "ab", count: 32),
            program: "system-simulator", isVirtual: isVirtual, machine: machine, sessions: sessions)
    }
}
