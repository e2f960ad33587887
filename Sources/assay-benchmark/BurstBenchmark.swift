import CFloors
import CProbes
import Foundation
import Glibc
import Running
import Subprocess
import SystemPackage

// What a trial costs beyond the process that it runs: the same program, /bin/true, again and again, in a burst of the
// harness's, in a bare loop of posix_spawn and wait4, and by hyperfine without a shell. The arms take turns. Of the burst and
// the bare loop a run is taken from its start to the start of the next, so that nothing that is done between two runs is
// left out; the whole is the time from before the first process of each tool to its end, over its runs.

private let runCount = 1000
private let repetitionCount = 7
private let program: FilePath = "/bin/true"
private let hyperfine: FilePath = "/usr/bin/hyperfine"

/// Microseconds a run, one a repetition.
private struct Durations {
    var bare: [Double] = []
    var burst: [Double] = []
    var wholeBurst: [Double] = []
    var wholeHyperfine: [Double] = []
    var reportedBurst: [Double] = []
    var reportedHyperfine: [Double] = []
}

let burstUnmeasured = rows(Durations())

func runBurstBenchmark() async throws(BenchmarkFailure) -> [BenchmarkResult] {
    print("## Trials of \(program) in a burst")
    print("")
    let executor: BurstExecutor
    do throws(RunningError) {
        executor = BurstExecutor(launcher: try ProgramLocator().launcher())
    } catch {
        throw BenchmarkFailure(sentence: "\(error)")
    }
    let hasPeer = access(hyperfine.string, X_OK) == 0
    if !hasPeer {
        complain("burst: hyperfine is missing, and nothing stands beside the whole; run `scripts/setup benchmark`")
    }
    var durations = Durations()
    for _ in 0..<repetitionCount {
        durations.bare.append(try bareMedian())
        let (perRun, whole, reported) = try await burst(executor)
        durations.burst.append(perRun)
        durations.wholeBurst.append(whole)
        durations.reportedBurst.append(reported)
        guard hasPeer else { continue }
        let peer = try await hyperfineRun()
        durations.wholeHyperfine.append(peer.whole)
        durations.reportedHyperfine.append(peer.reported)
    }
    let results = rows(durations)
    BenchmarkResult.printTable(results)
    print("")
    print(
        "Median (range) of \(repetitionCount) interleaved repetitions of \(runCount) runs; each is the median over its runs, "
            + "or the whole over their number.")
    return results
}

private func rows(_ durations: Durations) -> [BenchmarkResult] {
    [
        BenchmarkResult(
            name: "a trial of a process that does nothing, from start to start", unit: "µs",
            measured: .init(durations.burst), referenceName: "bare C loop", reference: .init(durations.bare),
            bound: .differenceAtMost(200)),
        BenchmarkResult(
            name: "the same by the whole of \(runCount.grouped) trials, starting the launcher and reading it among it",
            unit: "µs", measured: .init(durations.wholeBurst), referenceName: "hyperfine -N",
            reference: .init(durations.wholeHyperfine), bound: .none, isNoteworthy: true),
        BenchmarkResult(
            name: "wall time that is reported of a process that does nothing", unit: "µs",
            measured: .init(durations.reportedBurst), referenceName: "hyperfine -N",
            reference: .init(durations.reportedHyperfine), bound: .none, isNoteworthy: true),
    ]
}

private func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

/// The median run of a bare loop, in microseconds.
private func bareMedian() throws(BenchmarkFailure) -> Double {
    var durations = [Int64](repeating: 0, count: runCount)
    let name = strdup(program.string)
    defer { free(name) }
    var arguments: [UnsafeMutablePointer<CChar>?] = [name, nil]
    let failure = floor_spawn(program.string, &arguments, Int64(runCount), &durations)
    guard failure == 0 else {
        throw BenchmarkFailure(sentence: "\(program) cannot be run: \(String(cString: strerror(failure)))")
    }
    return median(durations.map { Double($0) / 1e3 })
}

private func burst(
    _ executor: BurstExecutor
) async throws(BenchmarkFailure) -> (perRun: Double, whole: Double, reported: Double) {
    let begun = isim_clock_monotonic_nanoseconds()
    let measurements: [CommandMeasurement]
    do throws(BurstError) {
        measurements = try await executor.run(
            [Command(program: program, arguments: [])], order: Array(repeating: 0, count: runCount),
            timeLimit: .seconds(10))
    } catch {
        throw BenchmarkFailure(sentence: "\(error)")
    }
    let whole = Double(isim_clock_monotonic_nanoseconds() - begun) / 1e3 / Double(runCount)
    let starts = measurements.map { Double($0.startNanoseconds) / 1e3 }
    return (
        median(zip(starts, starts.dropFirst()).map { $1 - $0 }), whole,
        median(measurements.map { Double($0.elapsedNanoseconds) / 1e3 })
    )
}

/// What hyperfine exports, as far as it is looked at here: seconds.
private struct HyperfineExport: Decodable {
    struct Result: Decodable { var times: [Double] }
    var results: [Result]
}

private func hyperfineRun() async throws(BenchmarkFailure) -> (whole: Double, reported: Double) {
    let export = temporaryPath()
    defer { unlink(export) }
    let outcome = try await MeasuredProgram(path: hyperfine).run([
        "-N", "--style", "none", "--warmup", "0", "--runs", "\(runCount)", "--export-json", export, program.string,
    ])
    do {
        let data = try Data(contentsOf: URL(filePath: export))
        let times = try JSONDecoder().decode(HyperfineExport.self, from: data).results[0].times
        return (outcome.seconds * 1e6 / Double(runCount), median(times.map { $0 * 1e6 }))
    } catch {
        throw BenchmarkFailure(sentence: "hyperfine's export cannot be read: \(error)")
    }
}
