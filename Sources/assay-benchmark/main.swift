// Benchmarks: one file each, named on the command line or all in turn. They print Markdown tables on standard output, and
// after them the summary of those that have a bound. The exit status says whether everything was measured, not whether
// every bound was met: on a busy machine a bound is missed without anybody's fault, so a benchmark is no gate.

import Glibc

let benchmarks = [
    Benchmark("recorder", runRecorderBenchmark, unmeasured: recorderUnmeasured),
    Benchmark("trace-reader", runReaderBenchmark),
    Benchmark("audit", runAuditBenchmark, unmeasured: auditUnmeasured),
    Benchmark("timers", runTimerBenchmark),
    Benchmark("sleep", runSleepBenchmark, unmeasured: sleepUnmeasured),
    Benchmark("throughput", runThroughputBenchmark, unmeasured: throughputUnmeasured),
    Benchmark("virtual", runVirtualTimeBenchmark, unmeasured: virtualTimeUnmeasured),
    Benchmark("burst", runBurstBenchmark, unmeasured: burstUnmeasured),
    Benchmark("memory", runMemoryBenchmark, unmeasured: memoryUnmeasured),
]

let arguments = CommandLine.arguments.dropFirst()
if arguments.first == "record-forever", arguments.count == 2 {
    // Not a benchmark: the program that the recorder's tests kill.
    recordForever(path: arguments.last!)
}
if arguments.first == "record-forever-virtually", arguments.count == 2 {
    recordForeverVirtually(path: arguments.last!)
}
if arguments.first == "audit-once", arguments.count == 2 {
    // Not a benchmark: one audit of a trace, which the benchmark of it runs.
    AuditFigures.printAndExit(arguments.last!)
}
if arguments.first == "calibrate" {
    guard let calibrate = Calibrate(Array(arguments.dropFirst())) else { exit(64) }
    exit(await calibrate.run())
}
if arguments == ["--list-measures"] {
    // What the table in the README must have, without measuring it.
    for measure in benchmarks.flatMap(\.unmeasured) where measure.isInSummary { print(measure.name) }
    exit(0)
}
let chosen = benchmarks.filter { arguments.isEmpty || arguments.contains($0.name) }
let unknown = arguments.filter { name in !benchmarks.contains { $0.name == name } }
guard unknown.isEmpty else {
    let names = benchmarks.map(\.name).joined(separator: ", ")
    complain("no benchmark is named '\(unknown[unknown.startIndex])'; there are: \(names)")
    exit(64)
}
let summary = await Summary()
var results: [BenchmarkResult] = []
var isComplete = true
for benchmark in chosen {
    let found = await benchmark.results()
    results += found.results
    isComplete = isComplete && found.isComplete
    print("")
    // Standard output may be a pipe to somebody who waits for the next table.
    fflush(nil)
}
if results.contains(where: \.isInSummary) { summary.print(results) }
exit(isComplete ? 0 : 1)
