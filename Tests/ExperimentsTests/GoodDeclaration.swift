/// Declarations that must be accepted, each for a form that is easily refused by mistake.
enum GoodDeclaration: CaseIterable {
    case edited, smallest, otherProgram, everyClaim, prose, clocks, virtual, limits
    case command, lines, tracingCommand

    var text: String {
        switch self {
        case .edited: BadDeclaration.good
        case .smallest:
            """
            {question: "Does it run?", program: system-simulator, trials: 1, warm-up: 0s, measure: 1s, stages: [think]}
            """
        case .otherProgram:
            """
            question: Are values passed on as they were written?
            program: ./my/program
            fixed: {on: no, hex: 0x10, octal: 010, exponent: 1e3, date: 2021-01-01, float: 1.50, text: "a, b"}
            factors: {mode: [yes, off, 007, {label: null text, value: "null"}]}
            trials: 2
            warm-up: 1.5 s
            measure: 2min
            time-limit: 1h
            retries: 0
            stages: [request]
            """
        case .everyClaim:
            """
            question: Can all of this be claimed?
            program: system-simulator
            factors:
              clients: [1, 2, 3]
              permits: [8, 8 per client]
            exclude: [{clients: [1, 2], permits: 8 per client}]
            trials: 3
            warm-up: 1s
            measure: 1s
            stages: [request, persist, queue-wait]
            pairings: [thread, request]
            hypotheses:
              - {says: a, metric: request.blocked.mean, near: 1ms, within: 5%}
              - {says: b, metric: blocked-share, where: {clients: 1}, near: 31%, within: 5 points}
              - {says: c, metric: throughput, below: 133.24/s}
              - {says: d, metric: peak-memory, above: 1MiB}
              - {says: e, metric: persist.count, pairing: thread, near: 60, within: 2}
              - {says: f, metric: request.mean, equivalent: {along: pairing, within: 10us}}
              - {says: g, metric: request.p99, pairing: thread, varies: {along: clients, by-more-than: 1.5}}
              - {says: h, metric: queue-wait.mean, where: {permits: 8}, rises: {along: clients}}
              - {says: i, metric: persist.paired-share, pairing: thread,
                 where: {clients: [1, 3]}, falls: {along: clients}}
            """
        case .clocks:
            """
            question: May a level have parameters of its own?
            program: system-simulator
            fixed: {stall: 100ms/1s, writes: synchronous}
            factors:
              clock: [virtual, {label: on a wall, value: wall, with: {workers: 4, spin: 60us, runtime: tasks}}]
              arrivals: [poisson(100/s), {label: closed, value: closed, with: {think-time: 9ms, start: staggered}}]
            trials: 1
            warm-up: 1s
            measure: 1s
            stages: [request, response]
            """
        case .virtual:
            """
            question: May a window be longer than the time that a trial may take?
            program: system-simulator
            fixed: {clock: virtual, clients: 1000000}
            trials: 1
            warm-up: 24h
            measure: 24h
            time-limit: 1min
            stages: [request]
            """
        case .limits:
            """
            question: How far may it be off?
            program: ./my/program
            trials: 1
            warm-up: 1s
            measure: 1s
            stages: [request]
            limits: {steal: 2.5 %, overshoot-p50: 500us, swapped-pages: 12, involuntary-switches: 50/s}
            exclude-trials: {other-load: 20%, overshoot-p99: 50ms}
            """
        case .command:
            """
            {question: "How long?", program: {command: [ls, -l, 3, ""]}, trials: 1, exclude-trials: {steal: 5%}}
            """
        case .lines: ProgramCommandTests.lines
        case .tracingCommand:
            """
            question: May a command write a trace?
            program: {command: [./x, "{trace}", "--for={measure}"], metrics: trace}
            trials: 1
            measure: 1s
            stages: [request]
            pairings: [thread]
            """
        case .prose:
            """
            question: Do R & D (5 * 3, *emphasis*, &co) and "quotes" read as text? # &a and *a here too
            program: system-simulator
            trials: 1
            warm-up: 1s
            measure: 1s
            stages: [request]
            """
        }
    }
}
