import Quantities
import Randomness
import Simulation
import Timekeeping

/// A run as it was asked for, with every value checked and every option that would do nothing refused.
struct SimulatorSettings {
    /// Where green threads run, and on which clock.
    enum Runtime: Equatable {
        case tasks(workerCount: Int, spin: Duration)
        case dispatch
        case threads
        case virtual
    }

    private enum Clock: String, CaseIterable { case wall, virtual }

    private enum RuntimeName: String, CaseIterable { case tasks, dispatch, threads }

    let parameters: SystemParameters
    let runtime: Runtime
    /// Where the trace goes; nil for none.
    let tracePath: String?
    let printsJSON: Bool

    /// OS threads that clients and writes may need at once under `threads`. It leaves the runtime room for threads that
    /// have given back their permit and not ended yet.
    static let threadCountMaximum = ThreadRuntime.threadCountMaximum - 4000

    /// How many requests a schedule may ask for: each that nobody makes is recorded one by one in the end.
    static let requestCountMaximum = 1e9

    init(_ options: SimulatorOptions) throws(OptionError) {
        runtime = try Self.runtime(options)
        let arrivals = try OptionReader("--arrivals", options.arrivals).arrivals()
        if arrivals != .closed {
            try Self.refuse(
                [("--think-time", options.thinkTime), ("--start", options.start)],
                with: "--arrivals \(arrivals.text)", because: "where a schedule says when each request is made")
        }
        parameters = SystemParameters(
            clientCount: try OptionReader("--clients", options.clients).integer(1...Self.clientCountMaximum(runtime)),
            permits: try Self.permits(OptionReader("--permits", options.permits)),
            queue: try OptionReader("--queue", options.queue).choice(),
            writes: try OptionReader("--writes", options.writes).choice(),
            writeDelay: try OptionReader("--write-delay", options.writeDelay).delay(meanMaximum: .seconds(3600)),
            networkDelay: try OptionReader("--network-delay", options.networkDelay).delay(meanMaximum: .seconds(3600)),
            arrivals: arrivals,
            thinkTime: try OptionReader("--think-time", options.thinkTime ?? "1s").delay(meanMaximum: .seconds(3600)),
            start: try OptionReader("--start", options.start ?? "herd").choice(),
            stall: try options.stall.map { text throws(OptionError) in try OptionReader("--stall", text).periodicSpan()
            },
            warmUp: try OptionReader("--warm-up", options.warmUp).duration(.zero ... .seconds(86_400)),
            measure: try OptionReader("--measure", options.measure).duration(.nanoseconds(1) ... .seconds(86_400)),
            seed: try OptionReader("--seed", options.seed).integer(0...UInt64.max))
        tracePath = options.trace
        printsJSON = options.json
        try checkTogether()
    }

    private static func clientCountMaximum(_ runtime: Runtime) -> Int {
        switch runtime {
        case .tasks, .dispatch: 100_000
        case .threads: 10_000
        case .virtual: 1_000_000
        }
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

    private static func runtime(_ options: SimulatorOptions) throws(OptionError) -> Runtime {
        let clock: Clock = try OptionReader("--clock", options.clock).choice()
        let taskOptions = [("--workers", options.workers), ("--spin", options.spin)]
        guard clock == .wall else {
            try refuse(
                [("--runtime", options.runtime)] + taskOptions, with: "--clock virtual",
                because: "where one OS thread runs everything")
            return .virtual
        }
        let name: RuntimeName = try OptionReader("--runtime", options.runtime ?? "tasks").choice()
        guard name == .tasks else {
            let setting = "--runtime \(name.rawValue)"
            try refuse([taskOptions[0]], with: setting, because: "which has no workers to count")
            try refuse([taskOptions[1]], with: setting, because: "whose threads do not watch the clock")
            return name == .dispatch ? .dispatch : .threads
        }
        return .tasks(
            workerCount: try OptionReader("--workers", options.workers ?? "8").integer(1...256),
            spin: try OptionReader("--spin", options.spin ?? "0s").duration(.zero ... .milliseconds(1)))
    }

    /// Refuses options that would do nothing.
    private static func refuse(
        _ options: [(name: String, value: String?)], with setting: String, because reason: String
    ) throws(OptionError) {
        for option in options where option.value != nil {
            throw OptionError("\(option.name) does nothing with \(setting), \(reason); leave it out")
        }
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
                "--think-time, --network-delay and --write-delay are all 0s, or round to that (random terms are whole "
                    + "microseconds): a request would take no time, so that clients would never stop; give at least one "
                    + "of them more")
        }
        if parameters.arrivals == .closed && parameters.start == .staggered && parameters.thinkTime.mean == .zero {
            throw OptionError(
                "--start staggered spreads the starts over the mean think time, and that of --think-time is 0s: "
                    + "leave it out, or give a think time")
        }
        let requestCount = parameters.arrivals.rate * (parameters.warmUp + parameters.measure).inSeconds
        guard requestCount <= Self.requestCountMaximum else {
            throw OptionError(
                "--arrivals: \(parameters.arrivals.text) for \((parameters.warmUp + parameters.measure).inSeconds.fixed(0)) s "
                    + "are \(requestCount.fixed(0)) requests, and \(Self.requestCountMaximum.fixed(0)) are the most allowed: "
                    + "give a lower rate or a shorter run")
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
