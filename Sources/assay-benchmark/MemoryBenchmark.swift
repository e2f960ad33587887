import Quantities

// What a client takes of memory: the difference of the peaks of two whole processes, with many clients and with one, over
// the difference of their clients. In the window of two seconds every client sends a request and, but for a few, comes to
// wait for a permit; it has been through the deepest of its calls by then.

private let repetitionCount = 3
private let manyClients = 100_000
private let mostClients = 1_000_000

/// The options that choose what a client is, and their name.
private let kinds: [(name: String, options: [String])] = [
    ("wall time", ["--clock", "wall", "--runtime", "tasks"]), ("virtual time", ["--clock", "virtual"]),
]

func runMemoryBenchmark() async throws(BenchmarkFailure) -> [BenchmarkResult] {
    print("## Memory: what a client takes")
    print("")
    let simulator = try Simulator()
    var bytes: [[Double]] = Array(repeating: [], count: kinds.count)
    for _ in 0..<repetitionCount {
        for (index, kind) in kinds.enumerated() {
            let many = try await peakBytes(simulator, kind.options, clientCount: manyClients)
            let one = try await peakBytes(simulator, kind.options, clientCount: 1)
            bytes[index].append((many - one) / Double(manyClients - 1))
        }
    }
    let most = try await peakBytes(simulator, ["--clock", "virtual"], clientCount: mostClients)
    let results = memoryResults(bytes, mostGigabytes: [most / 1e9])
    BenchmarkResult.printTable(results)
    print("")
    print(
        "Peak resident size of the process with so many clients less that with one, a client; median (range) of "
            + "\(repetitionCount). One GB is 10⁹ bytes.")
    return results
}

let memoryUnmeasured = memoryResults(kinds.map { _ in [] }, mostGigabytes: [])

private func memoryResults(_ bytes: [[Double]], mostGigabytes: [Double]) -> [BenchmarkResult] {
    zip(kinds, bytes).map { kind, bytes in
        BenchmarkResult(
            name: "memory a client, \(manyClients.grouped) clients, \(kind.name)", unit: "bytes",
            measured: .init(bytes), bound: .valueAtMost(1600), decimals: 0)
    } + [
        BenchmarkResult(
            name: "peak memory, \(mostClients.grouped) clients, virtual time", unit: "GB",
            measured: .init(mostGigabytes), bound: .valueAtMost(2), decimals: 2)
    ]
}

private func peakBytes(
    _ simulator: Simulator, _ options: [String], clientCount: Int
) async throws(BenchmarkFailure) -> Double {
    let run = try await simulator.run(options + ["--clients", "\(clientCount)", "--measure", "2s"])
    let figures = run.figures
    guard figures.requestsOpen + figures.requestsDone >= clientCount else {
        throw BenchmarkFailure(
            sentence: "only \(figures.requestsOpen + figures.requestsDone) of \(clientCount) clients sent a request "
                + "within 2 s: the machine is too busy; try again later")
    }
    guard let peak = figures.peakResidentBytes else {
        throw BenchmarkFailure(sentence: "the kernel does not tell a process its peak resident size; mount /proc")
    }
    return peak
}
