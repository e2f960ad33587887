import ArgumentParser

/// The options as they are written. All are read as text, so that ``SimulatorSettings`` can say of a wrong one what was
/// found and what is allowed.
struct SimulatorOptions: ParsableCommand {
    @Option(
        parsing: .unconditional,
        help: """
            Clients, each with one request at a time: 1…100000 (--runtime threads: 1…10000; --clock virtual: 1…1000000).
            """)
    var clients = "15"

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Writes that may be in progress at once: 1…1000000, or '8 per client' for 8 times the clients.",
            valueName: "count"))
    var permits = "8"

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Who gets the next permit: fifo, who has waited longest; lifo, who has just come.",
            valueName: "discipline"))
    var queue = "fifo"

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "asynchronous: a request returns once its write is enqueued. synchronous: once it is done.",
            valueName: "mode"))
    var writes = "asynchronous"

    @Option(parsing: .unconditional, help: ArgumentHelp("What a write takes.", valueName: "delay"))
    var writeDelay = "50ms + normal(10ms, 5ms)"

    @Option(
        parsing: .unconditional, help: ArgumentHelp("What one way through the network takes.", valueName: "delay"))
    var networkDelay = "500us + normal(1000us, 100us)"

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            """
            closed: a client makes its next request after the answer and the think time. poisson(RATE), paced(RATE): \
            free clients make the requests of a schedule, at random or equal distances; RATE is of all clients \
            together, as in poisson(100/s).
            """, valueName: "arrivals"))
    var arrivals = "closed"

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "What a client waits before its next request. With --arrivals closed only. (default: 1s)",
            valueName: "delay"))
    var thinkTime: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            """
            herd: all clients start at once. staggered: client i of N after i/N of the mean think time. With \
            --arrivals closed only. (default: herd)
            """, valueName: "mode"))
    var start: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Make the store stand still for the last part of each period: 1s/10s is one second in every ten.",
            valueName: "part/period"))
    var stall: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            """
            wall: in real time. virtual: in simulated time, as fast as the work goes; the same seed writes the same \
            trace, byte for byte, everywhere.
            """, valueName: "clock"))
    var clock = "wall"

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            """
            tasks: green threads on --workers OS threads. dispatch: Swift's default executor, as many as CPUs. \
            threads: an OS thread for each client and each write. With --clock wall only. (default: tasks)
            """, valueName: "runtime"))
    var runtime: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "OS threads that run the green threads: 1…256. With --runtime tasks only. (default: 8)",
            valueName: "count"))
    var workers: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            """
            How long before a deadline an idle worker begins to watch the clock, for exact sleeps at the price of CPU \
            time: 0s…1ms, as in 60us. With --runtime tasks only. (default: 0s)
            """, valueName: "duration"))
    var spin: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("How long to run before the window opens: 0s…24h.", valueName: "duration"))
    var warmUp = "5s"

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("How long the window is open: more than 0s, up to 24h.", valueName: "duration"))
    var measure = "60s"

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Names the run, 0…18446744073709551615: the same seed draws the same numbers."))
    var seed = "1"

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Where to write the trace; a file that exists is never written over.", valueName: "file"))
    var trace: String?

    @Flag(help: "Print the figures as one JSON object on the last line of standard output, too.")
    var json = false

    static let configuration = CommandConfiguration(
        commandName: "system-simulator",
        abstract: "Run a small concurrent system with known behaviour, and trace it.",
        discussion: """
            Clients send requests through a network to a data processor. It takes one of a few permits for each, at \
            once or in turn, and enqueues a write to the persistent store; the write frees the permit. After a \
            warm-up the counts of a window are taken and printed. Each event also fires a probe of the USDT provider \
            'isim', with or without a trace.

            EXAMPLES
              system-simulator
              system-simulator --clients 1000 --start staggered --trace overload.trace
              system-simulator --write-delay 50ms --runtime threads --json
              system-simulator --clients 125 --permits '8 per client'
              system-simulator --clock virtual --clients 1000 --trace virtual.trace
              system-simulator --clock virtual --clients 1 --arrivals 'paced(100/s)' \\
                --writes synchronous --write-delay 1ms --stall 1s/10s

            DURATIONS are a number and one of ns, us, ms, s, min, h: 50ms, 1.5s, 2min.

            DELAYS are a sum of up to 8 terms:
              50ms                     always so long
              uniform(45ms, 55ms)      each microsecond in between, equally likely
              normal(60ms, 5ms)        mean and standard deviation
              exponential(10ms)        mean
              50ms + normal(10ms, 5ms)
            Random terms are whole microseconds. One that falls below zero counts as zero, and such draws are counted.

            SIGNALS: SIGINT (Ctrl-C) or SIGTERM ends the run early, with the counts so far and a complete trace; a \
            second one ends it at once.

            EXIT STATUS: 0 done, 64 wrong options, 70 virtual time stands still because everybody waits for somebody \
            else, 73 the trace cannot be created, 74 the figures cannot be printed.
            """)
}
