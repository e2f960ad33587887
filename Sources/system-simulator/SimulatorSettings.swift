import Quantities
import Randomness
import Simulation
import Timekeeping

/// A run as it was asked for, with every value checked and every option that would do nothing refused.
struct SimulatorSettings {
    /// Where green threads run.
    enum Runtime: Equatable {
        case tasks(workerCount: Int)
        case dispatch
        case threads
    }

    private enum RuntimeName: String, CaseIterable { case tasks, dispatch, threads }

    let parameters: SystemParameters
    let runtime: Runtime
    /// Where the trace goes; nil for none.
    let tracePath: String?
    let printsJSON: Bool

    /// OS threads that clients and writes may need at once under `threads`. It leaves the runtime room for threads that
    /// have given back their permit and not ended yet.
    static let threadCountMaximum = ThreadRuntime.threadCountMaximum - 4000

    init(_ options: SimulatorOptions) throws(OptionError) {
        let name: RuntimeName = try OptionReader("--runtime", options.runtime).choice()
        let clientCountMaximum = name == .threads ? 10_000 : 100_000
        parameters = SystemParameters(
            clientCount: try OptionReader("--clients", options.clients).integer(1...clientCountMaximum),
            permits: try Self.permits(OptionReader("--permits", options.permits)),
            writes: try OptionReader("--writes", options.writes).choice(),
            writeDelay: try OptionReader("--write-delay", options.writeDelay).delay(meanMaximum: .seconds(3600)),
            networkDelay: try OptionReader("--network-delay", options.networkDelay).delay(meanMaximum: .seconds(3600)),
            thinkTime: try OptionReader("--think-time", options.thinkTime).delay(meanMaximum: .seconds(3600)),
            start: try OptionReader("--start", options.start).choice(),
            warmUp: try OptionReader("--warm-up", options.warmUp).duration(.zero ... .seconds(86_400)),
            measure: try OptionReader("--measure", options.measure).duration(.nanoseconds(1) ... .seconds(86_400)),
            seed: try OptionReader("--seed", options.seed).integer(0...UInt64.max))
        runtime = try Self.runtime(name, workers: options.workers)
        tracePath = options.trace
        printsJSON = options.json
        try checkTogether()
    }

    private static func permits(_ reader: OptionReader) throws(OptionError) -> SystemParameters.PermitSupply {
        let words = reader.text.split(separator: " ", omittingEmptySubsequences: true).map(String.init)
        switch words.count {
        case 1:
            return .shared(try OptionReader(reader.option, words[0]).integer(1...1_000_000))
        case 3 where words[1] == "per" && words[2] == "client":
            return .perClient(try OptionReader(reader.option, words[0]).integer(1...1000))
        default:
            throw reader.complaint("is neither a number, as in 8, nor a number for each client, as in '8 per client'")
        }
    }

    private static func runtime(_ name: RuntimeName, workers: String?) throws(OptionError) -> Runtime {
        guard let workers else {
            switch name {
            case .tasks: return .tasks(workerCount: 8)
            case .dispatch: return .dispatch
            case .threads: return .threads
            }
        }
        guard name == .tasks else {
            throw OptionError(
                "--workers does nothing with --runtime \(name.rawValue), which has no workers to count: leave it out")
        }
        return .tasks(workerCount: try OptionReader("--workers", workers).integer(1...256))
    }

    private func checkTogether() throws(OptionError) {
        let permitCount = parameters.permitCount
        guard permitCount <= 1_000_000 else {
            throw OptionError(
                "--permits: \(permitCount) permits for \(parameters.clientCount) clients are too many: "
                    + "1000000 in all is the most allowed")
        }
        guard parameters.takesTime else {
            throw OptionError(
                "--think-time, --network-delay and --write-delay are all 0s: a request would take no time, so that "
                    + "clients would never stop; give at least one of them more than 0s")
        }
        if parameters.start == .staggered && parameters.thinkTime.mean == .zero {
            throw OptionError(
                "--start staggered spreads the starts over the mean think time, and --think-time is 0s: "
                    + "leave it out, or give a think time")
        }
        let threadCount = parameters.clientCount + permitCount
        guard runtime != .threads || threadCount <= Self.threadCountMaximum else {
            throw OptionError(
                "--runtime threads may need \(threadCount) OS threads, one for each client and each permit's write, "
                    + "and \(Self.threadCountMaximum) are the most allowed: ask for fewer clients or permits")
        }
        if let tracePath, tracePath.isEmpty || tracePath.utf8.contains(0) {
            throw OptionError("--trace: '' is no file: write the name of a file that does not exist yet")
        }
    }
}
