import Glibc
import Quantities
import SystemPackage

// What the audit of a trace costs an event on one core, beside the same pairings by libraries made for tables of this size,
// and whether its memory grows with the trace. Each is a process of its own; times are CPU times, user and system, without
// what a process needs to begin. The traces are in the page cache.

private let repetitionCount = 5
private let eventCount = 10_000_000
private let fewerEvents = 1_000_000

/// What the repetitions gave.
private struct Measured {
    var own: [AuditFigures] = []
    /// Peak bytes with a tenth of the events.
    var fewerPeaks: [Double] = []
    /// By library, with its version.
    var peers: [String: [AuditPeer.Figures]] = [:]

    /// The library that took the least time in the median.
    var best: (name: String, figures: [AuditPeer.Figures])? {
        func median(_ figures: [AuditPeer.Figures]) -> Double { figures.map(\.cpuSeconds).sorted()[figures.count / 2] }
        return peers.min { median($0.value) < median($1.value) }.map { ($0.key, $0.value) }
    }
}

func runAuditBenchmark() async throws(BenchmarkFailure) -> [BenchmarkResult] {
    print("## Audit of a trace: pairing, stages, histograms and audits")
    print("")
    let (path, fewer, table) = (temporaryPath(), temporaryPath() + ".fewer", temporaryPath() + ".parquet")
    defer { for file in [path, fewer, table] { unlink(file) } }
    let simulator = try Simulator()
    try await ScatteredTrace.write(eventCount: eventCount, to: path, simulator)
    try await ScatteredTrace.write(eventCount: fewerEvents, to: fewer, simulator)
    var peer: AuditPeer?
    do throws(BenchmarkFailure) {
        let found = try await AuditPeer()
        try await found.convert(path, to: table)
        peer = found
    } catch {
        complain("audit: \(error.sentence)")
    }
    var measured = Measured()
    for _ in 0..<repetitionCount {
        measured.own.append(try await audit(path))
        if let peak = try await audit(fewer).peakResidentBytes { measured.fewerPeaks.append(Double(peak)) }
        for library in peer == nil ? [] : AuditPeer.libraries {
            guard let figures = try await peer?.pair(with: library, table) else { continue }
            measured.peers[figures.name, default: []].append(figures)
            if let own = measured.own.last { try check(own, figures) }
        }
    }
    let results = auditResults(measured)
    BenchmarkResult.printTable(results)
    print("")
    if let opening = BenchmarkResult.Figure(measured.own.map { $0.openingCPUSeconds * 1e9 / Double(eventCount) }) {
        print("Opening the file and checking every byte of it takes \(opening.text(decimals: 1)) ns an event of that.")
    }
    for (name, figures) in measured.peers.sorted(by: { $0.key < $1.key }) {
        guard let cost = BenchmarkResult.Figure(figures.map { $0.cpuSeconds * 1e9 / Double(eventCount) }) else {
            continue
        }
        print("\(name): \(cost.text(decimals: 1)) ns an event.")
    }
    print(
        "Median (range) of \(repetitionCount), in turn. The libraries are given the events decoded and in order, as Parquet; "
            + "they check nothing, make no histograms and apply no audits.")
    return results
}

let auditUnmeasured = auditResults(Measured())

private func auditResults(_ measured: Measured) -> [BenchmarkResult] {
    let trace = "\(eventCount.grouped) events on \(ScatteredTrace.streamCount) streams"
    let best = measured.best
    func rate(_ seconds: Double) -> Double { Double(eventCount) / seconds / 1e6 }
    return [
        BenchmarkResult(
            name: "audit of a trace, \(trace)", unit: "ns an event",
            measured: .init(measured.own.map { $0.cpuSeconds * 1e9 / Double(eventCount) }), bound: .valueAtMost(60)),
        BenchmarkResult(
            name: "audit of a trace beside the same pairing alone", unit: "events/µs",
            measured: .init(measured.own.map { rate($0.cpuSeconds) }), referenceName: best?.name ?? "Polars or DuckDB",
            reference: .init(best?.figures.map { rate($0.cpuSeconds) } ?? []), bound: .ratioAtLeast(3)),
        BenchmarkResult(
            name: "peak memory of the audit of a trace, \(eventCount.grouped) events", unit: "MB",
            measured: .init(measured.own.compactMap { $0.peakResidentBytes.map { Double($0) / 1e6 } }),
            referenceName: "\(fewerEvents.grouped) events", reference: .init(measured.fewerPeaks.map { $0 / 1e6 }),
            bound: .ratioAtMost(1.2)),
    ]
}

/// Audits in a process of its own.
private func audit(_ path: String) async throws(BenchmarkFailure) -> AuditFigures {
    try await MeasuredProgram(path: "/proc/self/exe").run(["audit-once", path]).figures(AuditFigures.self)
}

/// Both must have found the same: as many spans of each stage, and the same figures within the audit's 1/4096, but for the
/// order of events in one nanosecond.
private func check(_ own: AuditFigures, _ peer: AuditPeer.Figures) throws(BenchmarkFailure) {
    for (stage, expected) in peer.stages {
        guard let found = own.stages[stage] else {
            throw BenchmarkFailure(sentence: "\(peer.name) found the stage \(stage), the audit did not")
        }
        let agree =
            abs(found.count - expected.count) <= max(10, expected.count / 1000)
            && [(found.mean, expected.mean), (found.p50, expected.p50), (found.p99, expected.p99)]
                .allSatisfy { abs($0 - $1) <= 1 + abs($1) / 1000 }
        guard agree else {
            throw BenchmarkFailure(
                sentence: "\(stage): the audit found \(found), \(peer.name) \(expected); one of them pairs wrongly")
        }
    }
}
