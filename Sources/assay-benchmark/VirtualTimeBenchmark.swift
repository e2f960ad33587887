import Glibc
import Quantities

// How fast simulated time goes: whole processes, from the start to the end with the trace written, beside a program of
// the same model in SimPy. That both simulate the same is checked on what was done in the time, over several seeds;
// each seed gives the same counts in every run.

private let seeds = 1...5
private let clientCount = 1000
private let simulatedSeconds = 600

private struct Outcome {
    var seconds: Double
    var requestsDone: Int
    var writesDone: Int
}

func runVirtualTimeBenchmark() async throws(BenchmarkFailure) -> [BenchmarkResult] {
    print("## Virtual time: simulated seconds in a second")
    print("")
    let simulator = try Simulator()
    var peer: SimPyPeer?
    do throws(BenchmarkFailure) { peer = try await SimPyPeer() } catch { complain("virtual: \(error.sentence)") }
    var own: [Outcome] = []
    var peers: [Outcome] = []
    // Once for a second, so that all files that the programs read are in memory.
    _ = try await measure(simulator, seed: 1, seconds: 1)
    if let peer { _ = try await measure(peer, seed: 1, seconds: 1) }
    for seed in seeds {
        own.append(try await measure(simulator, seed: seed, seconds: simulatedSeconds))
        if let peer { peers.append(try await measure(peer, seed: seed, seconds: simulatedSeconds)) }
    }
    let results = virtualTimeResults(own, beside: peers, named: peer?.name)
    BenchmarkResult.printTable(results)
    print("")
    print("Median (range) over the seeds \(seeds.lowerBound) to \(seeds.upperBound), the two programs in turn.")
    return results
}

let virtualTimeUnmeasured = virtualTimeResults([], beside: [], named: nil)

private func virtualTimeResults(
    _ own: [Outcome], beside peer: [Outcome], named peerName: String?
) -> [BenchmarkResult] {
    func result(
        _ name: String, unit: String, bound: BenchmarkResult.Bound, _ value: (Outcome) -> Double
    ) -> BenchmarkResult {
        BenchmarkResult(
            name: name, unit: unit, measured: .init(own.map(value)), referenceName: peerName ?? "SimPy",
            reference: .init(peer.map(value)), bound: bound, decimals: 0)
    }
    let load = "\(clientCount.grouped) clients × \(simulatedSeconds) s"
    return [
        result("virtual time, \(load), trace written", unit: "simulated s/s", bound: .ratioAtLeast(10)) {
            Double(simulatedSeconds) / $0.seconds
        },
        result("requests done in virtual time, \(load)", unit: "requests", bound: .sameMean(confidence: 0.99)) {
            Double($0.requestsDone)
        },
        result("writes done in virtual time, \(load)", unit: "writes", bound: .sameMean(confidence: 0.99)) {
            Double($0.writesDone)
        },
    ]
}

private func measure(_ simulator: Simulator, seed: Int, seconds: Int) async throws(BenchmarkFailure) -> Outcome {
    let path = temporaryPath()
    defer { unlink(path) }
    let run = try await simulator.run([
        "--clock", "virtual", "--clients", "\(clientCount)", "--measure", "\(seconds)s", "--seed", "\(seed)",
        "--trace", path,
    ])
    guard run.figures.eventsDropped == 0 else {
        throw BenchmarkFailure(
            sentence: "\(path): \(run.figures.eventsDropped) events were dropped: the disk is full; free some space")
    }
    return Outcome(
        seconds: run.seconds, requestsDone: run.figures.requestsDone, writesDone: run.figures.writesDone)
}

private func measure(_ peer: SimPyPeer, seed: Int, seconds: Int) async throws(BenchmarkFailure) -> Outcome {
    let path = temporaryPath()
    defer { unlink(path) }
    let run = try await peer.run([
        "--clients", "\(clientCount)", "--seconds", "\(seconds)", "--seed", "\(seed)", "--trace", path,
    ])
    return Outcome(
        seconds: run.seconds, requestsDone: run.figures.requestsDone, writesDone: run.figures.writesDone)
}
