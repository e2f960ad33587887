// Benchmarks: one file each, named on the command line or all in turn. They print Markdown tables on standard output.

import Glibc

let benchmarks: [(name: String, run: () -> Void)] = [
    ("recorder", runRecorderBenchmark), ("trace-reader", runReaderBenchmark),
    ("timers", runTimerBenchmark), ("sleep", runSleepBenchmark), ("throughput", runThroughputBenchmark),
]

let arguments = CommandLine.arguments.dropFirst()
if arguments.first == "record-forever", arguments.count == 2 {
    // Not a benchmark: the program that the recorder's tests kill.
    recordForever(path: arguments.last!)
}
if arguments.first == "record-forever-virtually", arguments.count == 2 {
    recordForeverVirtually(path: arguments.last!)
}
let chosen = benchmarks.filter { arguments.isEmpty || arguments.contains($0.name) }
let unknown = arguments.filter { name in !benchmarks.contains { $0.name == name } }
guard unknown.isEmpty else {
    let names = benchmarks.map(\.name).joined(separator: ", ")
    complain("no benchmark is named '\(unknown[unknown.startIndex])'; there are: \(names)")
    exit(64)
}
for benchmark in chosen { benchmark.run() }
