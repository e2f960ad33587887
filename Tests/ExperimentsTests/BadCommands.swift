// Declarations of commands that must be refused.

extension BadDeclaration {
    /// A good declaration of a command with one passage replaced.
    private static func command(
        _ name: String, _ passage: String, to replacement: String, errors: String
    ) -> BadDeclaration {
        precondition(goodCommand.contains(passage), "the good command does not hold '\(passage)'")
        return BadDeclaration(
            name, text: goodCommand.replacing(passage, with: replacement, maxReplacements: 1), errors: errors)
    }

    static let goodCommand = """
        question: Is it fast?
        program:
          command: [./server, --rate, "{rate}"]
          metrics: json-lines
          report:
            latency: {unit: ms, worse: higher}
        factors:
          rate: [10, 20]
        trials: 3

        """

    static let commands: [BadDeclaration] = [
        command(
            "an unknown placeholder", "\"{rate}\"", to: "\"{rate}\", \"{rat}\"",
            errors: """
                x.yaml:3:41: unknown placeholder '{rat}'; did you mean 'rate'? allowed: rate, trace, seed, warm-up, \
                measure, directory
                """),
        command(
            "a parameter that nothing takes", "rate: [10, 20]", to: "rate: [10, 20]\n  size: [1]",
            errors: """
                x.yaml:9:3: no word of the command takes 'size': write {size} into one, or leave the parameter out
                """),
        command(
            "a parameter of one level only", "[10, 20]",
            to: "[10, {label: many, value: 20, with: {size: 3}}]\nfixed: {x: 1}",
            errors: """
                x.yaml:8:46: no word of the command takes 'size': write {size} into one, or leave the parameter out
                x.yaml:9:9: no word of the command takes 'x': write {x} into one, or leave the parameter out
                """),
        command(
            "a placeholder without quotes", "\"{rate}\"", to: "{rate}",
            errors: """
                x.yaml:3:31: a word of the command is text, found a mapping; a word with a placeholder needs quotes: \
                "{name}"
                """),
        command(
            "a bracket out of place", "\"{rate}\"", to: "\"{rate\"",
            errors: "x.yaml:3:31: '{rate' has an unclosed '{'; write '{{' for the bracket itself"),
        command(
            "a program that varies", "./server", to: "\"{rate}\"",
            errors: """
                x.yaml:3:13: the command's first word is the program and the same in all trials: it takes no placeholder
                """),
        command(
            "a source that is none", "json-lines", to: "json",
            errors: """
                x.yaml:4:12: unknown source of metrics 'json'; allowed: process, json-lines, trace
                x.yaml:6:5: 'report' declares what JSON lines hold: it goes with 'metrics: json-lines'
                """),
        command(
            "a report of a process", "metrics: json-lines", to: "metrics: process",
            errors: "x.yaml:6:5: 'report' declares what JSON lines hold: it goes with 'metrics: json-lines'"),
        command(
            "JSON lines without a report", "  report:\n    latency: {unit: ms, worse: higher}\n", to: "",
            errors: """
                x.yaml:3:3: 'metrics: json-lines' lacks 'report': declare each figure that the program prints, as in \
                report: { latency-p99: { unit: ms, worse: higher } }
                """),
        command(
            "a figure without its direction", ", worse: higher", to: "",
            errors: "x.yaml:6:14: a figure under 'report' lacks the key 'worse'"),
        command(
            "a unit that is none", "unit: ms", to: "unit: msec",
            errors: """
                x.yaml:6:21: unknown unit 'msec'; allowed: ns, us, ms, s, /s, %, share, B, KiB, MiB, GiB, \
                count
                """),
        command(
            "a figure under the harness's own name", "latency:", to: "wall-time:",
            errors: "x.yaml:6:5: 'wall-time' is a metric of the harness; print the figure under another name"),
        command(
            "a figure whose name cannot be one", "latency:", to: "p 99:",
            errors: """
                x.yaml:6:5: 'p 99' is no name of a figure: letters, digits, '-', '_' and '.', beginning with a letter, at \
                most 60 characters
                """),
        command(
            "a window that nothing takes", "trials: 3", to: "trials: 3\nmeasure: 1s",
            errors:
                "x.yaml:10:10: no word of the command takes 'measure': write {measure} into one, or leave the key out"),
        command(
            "a window that is taken and not given", "\"{rate}\"", to: "\"{rate}\", \"{measure}\"",
            errors: "x.yaml:3:3: the command takes {measure}, and the declaration lacks the key 'measure'"),
        command(
            "stages of no trace", "trials: 3", to: "trials: 3\nstages: [request]",
            errors: "x.yaml:10:9: 'stages' is of events, and 'metrics: json-lines' has none; leave it out"),
        command(
            "a trace that nobody reads", "\"{rate}\"", to: "\"{rate}\", \"{trace}\"",
            errors: """
                x.yaml:3:3: {trace} is the file of the events, and 'metrics: json-lines' reads none; leave it out
                """),
        command(
            "a trace that nobody names", "  metrics: json-lines\n  report:\n    latency: {unit: ms, worse: higher}\n",
            to: "  metrics: trace\nstages: [request]\n",
            errors:
                "x.yaml:3:3: 'metrics: trace' needs a word with {trace}: the file that the program writes its events to"
        ),
        command(
            "a metric of another source", "trials: 3",
            to: "trials: 3\nhypotheses: [{says: a, metric: persist.p50, below: 1s}]",
            errors: """
                x.yaml:10:32: unknown metric 'persist.p50' of 'metrics: json-lines'; allowed: latency, wall-time, cpu-time, \
                peak-memory
                """),
        command(
            "a limit of a trace", "trials: 3", to: "trials: 3\nlimits: {overshoot-p50: 1ms}",
            errors: """
                x.yaml:10:10: 'overshoot-p50' is a figure of a trace, and 'metrics: json-lines' has none; allowed: steal, \
                other-load, cpu-pressure, memory-pressure, io-pressure, swapped-pages, throttlings, involuntary-switches
                """),
        command(
            "a parameter under the name of a placeholder", "rate: [10, 20]", to: "rate: [10, 20]\n  directory: [1]",
            errors: """
                x.yaml:9:3: 'directory' is given by the harness for each trial and cannot be a parameter; the schedule's \
                keys are trials, warm-up, measure, time-limit, retries
                """),
        BadDeclaration(
            "wall time of a trace",
            "metric: persist.p50\n    where: {write-delay: fixed}\n    near: 50ms\n    within: 1ms",
            to: "metric: wall-time\n    below: 1s",
            errors: """
                x.yaml:19:13: unknown metric 'wall-time'; a metric is STAGE.STATISTIC, request.blocked.STATISTIC, \
                STAGE.paired-share, STAGE.changed-thread-share, throughput, write-throughput, blocked-share, \
                cpu-per-request or peak-memory
                """),
    ]
}
