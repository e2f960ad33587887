// Declarations that must be refused: limits, and rules by which trials do not count.

extension BadDeclaration {
    static let limits: [BadDeclaration] = [
        BadDeclaration(
            "an unknown limit", "trials: 3\n", to: "trials: 3\nlimits: {stael: 1%}\n",
            errors: """
                x.yaml:11:10: unknown figure 'stael' in 'limits'; did you mean 'steal'? allowed: dropped-events, \
                unmatched-events, mispaired-spans, overshoot-p50, overshoot-p99, unexplained-requests, little, oracle, \
                open-requests, drift, observer, clock-residual, steal, other-load, cpu-pressure, memory-pressure, \
                io-pressure, swapped-pages, throttlings, involuntary-switches
                """),
        BadDeclaration(
            "a limit in another unit", "trials: 3\n", to: "trials: 3\nlimits: {steal: 1ms, overshoot-p50: 1%}\n",
            errors: """
                x.yaml:11:17: 'steal' is a percentage from 0% to 100%, as in 5%, found a duration
                x.yaml:11:37: 'overshoot-p50' is a duration, as in 1ms, found a percentage
                """),
        BadDeclaration(
            "a share above all of it", "trials: 3\n", to: "trials: 3\nlimits: {steal: 101%}\n",
            errors: "x.yaml:11:17: 'steal' is a percentage from 0% to 100%, as in 5%, found a percentage"),
        BadDeclaration(
            "a rate without a unit", "trials: 3\n",
            to: "trials: 3\nlimits: {involuntary-switches: 100, swapped-pages: 1/s}\n",
            errors: """
                x.yaml:11:32: 'involuntary-switches' is a rate, as in 100/s, found a plain number
                x.yaml:11:52: 'swapped-pages' is a plain number, as in 0, found a rate
                """),
        BadDeclaration(
            "no limits", "trials: 3\n", to: "trials: 3\nlimits: {}\n",
            errors: "x.yaml:11:9: 'limits' is empty; name a figure, or leave the key out"),
        BadDeclaration(
            "a figure that no single trial has", "trials: 3\n", to: "trials: 3\nexclude-trials: {drift: 5%}\n",
            errors: """
                x.yaml:11:18: 'drift' is no figure of one trial, and 'exclude-trials' leaves out single trials; allowed: \
                dropped-events, overshoot-p50, overshoot-p99, open-requests, clock-residual, steal, other-load, \
                cpu-pressure, memory-pressure, io-pressure, swapped-pages, throttlings, involuntary-switches
                """),
        BadDeclaration(
            "rules as a list", "trials: 3\n", to: "trials: 3\nexclude-trials: [steal]\n",
            errors: "x.yaml:11:17: 'exclude-trials' is a mapping (key: value), found a list"),
    ]
}
