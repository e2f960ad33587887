// Declarations that must be refused: parameters, factors, levels and exclusions.

extension BadDeclaration {
    static let factors: [BadDeclaration] = [
        BadDeclaration(
            "no factors",
            """
            factors:
              write-delay:
                - {label: fixed, value: 50ms}
                - {label: random, value: "normal(60ms, 5ms)"}
              clients: [1, 15, 125]

            """, to: "factors: {}\n",
            errors: "x.yaml:5:10: 'factors' is empty; name at least one, or leave the key out"),
        BadDeclaration(
            "a factor without levels", "clients: [1, 15, 125]", to: "clients: []",
            errors: """
                x.yaml:9:12: factor 'clients' is empty; list at least one, or leave the key out where it is \
                optional
                """),
        BadDeclaration(
            "a factor with nothing", "clients: [1, 15, 125]", to: "clients:",
            errors: "x.yaml:9:11: factor 'clients' is a list, found nothing"),
        BadDeclaration(
            "a factor that is no list", "clients: [1, 15, 125]", to: "clients: 15",
            errors: "x.yaml:9:12: factor 'clients' is a list, found '15'"),
        BadDeclaration(
            "a level twice", "clients: [1, 15, 125]", to: "clients: [1, 15, 15]",
            errors: "x.yaml:9:20: factor 'clients' has the level '15' twice; keep one"),
        BadDeclaration(
            "the same delay twice", "value: \"normal(60ms, 5ms)\"", to: "value: 0.05s",
            errors: "x.yaml:8:7: factor 'write-delay' has the level '0.05s', which is '50ms', twice; keep one"),
        BadDeclaration(
            "workers of a runtime without", "clients: [1, 15, 125]", to: "runtime: [tasks, dispatch]",
            errors: """
                x.yaml:4:3: 'workers' does nothing with the runtime 'dispatch' (cell: write-delay fixed, runtime \
                dispatch); leave it out (tasks have 8), or give it under 'with' to the levels that take it
                """),
        BadDeclaration(
            "too many permits in all", "clients: [1, 15, 125]",
            to: "clients: [1, 1001]\n  permits: [8, 1000 per client]",
            errors: "x.yaml:6:3: '1000 per client' for 1001 clients are over 1000000 permits, the most allowed"),
        BadDeclaration(
            "more clients than threads", "workers: 8\nfactors:",
            to: "runtime: threads\n  clients: 10001\nfactors:", without: "\n  clients: [1, 15, 125]",
            errors: "x.yaml:7:3: the runtime 'threads' takes at most 10000 clients, found 10001"),
        BadDeclaration(
            "a delay of days", "value: 50ms}", to: "value: 48h}",
            errors: "x.yaml:7:29: 'write-delay': '48h' is longer than 1h in the mean"),
        BadDeclaration(
            "a label twice", "{label: random,", to: "{label: fixed,",
            errors: "x.yaml:8:7: factor 'write-delay' has the label 'fixed' twice; labels tell levels apart"),
        BadDeclaration(
            "a level without a label", "{label: fixed, value: 50ms}", to: "{value: 50ms}",
            errors: "x.yaml:7:7: a level lacks the key 'label'"),
        BadDeclaration(
            "an unknown key in a level", "{label: fixed, value: 50ms}", to: "{lable: fixed, value: 50ms}",
            errors: "x.yaml:7:8: unknown key 'lable' in a level; did you mean 'label'? allowed: label, value, with"),
        BadDeclaration(
            "an unquoted comma in a level", "value: \"normal(60ms, 5ms)\"", to: "value: normal(60ms, 5ms)",
            errors: """
                x.yaml:8:30: 'normal(60ms' has an unclosed '('; a value that holds a comma needs quotes inside \
                [ ] and { }
                x.yaml:8:43: unknown key '5ms)' in a level; a value that holds a comma needs quotes inside { }; \
                allowed: label, value, with
                """),
        BadDeclaration(
            "an unquoted comma in a list",
            """
            write-delay:
                - {label: fixed, value: 50ms}
                - {label: random, value: "normal(60ms, 5ms)"}
            """, to: "write-delay: [50ms, normal(60ms, 5ms)]",
            errors: """
                x.yaml:6:23: 'normal(60ms' has an unclosed '('; a value that holds a comma needs quotes inside \
                [ ] and { }
                x.yaml:6:36: '5ms)' has a ')' without its '('; a value that holds a comma needs quotes inside [ \
                ] and { }
                """),
        BadDeclaration(
            "a list as a level", "clients: [1, 15, 125]", to: "clients: [1, [15, 125]]",
            errors: "x.yaml:9:16: the value of 'clients' is text, found a list"),
        BadDeclaration(
            "an unknown parameter", "clients: [1, 15, 125]", to: "client: [1, 15, 125]",
            errors: """
                x.yaml:9:3: system-simulator has no parameter 'client'; did you mean 'clients'? allowed: \
                clients, permits, queue, writes, write-delay, network-delay, arrivals, think-time, start, stall, clock, \
                runtime, workers, spin
                """),
        BadDeclaration(
            "a parameter that the harness gives", "workers: 8", to: "seed: 8",
            errors: """
                x.yaml:4:3: 'seed' is given by the harness for each trial and cannot be a parameter; the \
                schedule's keys are trials, warm-up, measure, time-limit, retries
                """),
        BadDeclaration(
            "a factor called pairing", "clients: [1, 15, 125]", to: "clients: [1, 15]\n  pairing: [request, thread]",
            errors: "x.yaml:10:3: 'pairing' is no parameter; list the pairings to compare under 'pairings'"),
        BadDeclaration(
            "a factor that is fixed too", "workers: 8", to: "workers: 8\n  clients: 15",
            errors: "x.yaml:10:3: 'clients' is fixed and a factor; keep one"),
        BadDeclaration(
            "a negative count of clients", "clients: [1, 15, 125]", to: "clients: [1, -15, 125]",
            errors: "x.yaml:9:16: 'clients' is a whole number in plain digits, 1 to 1000000, found '-15'"),
        BadDeclaration(
            "no clients", "clients: [1, 15, 125]", to: "clients: [0, 15, 125]",
            errors: "x.yaml:9:13: 'clients' is a whole number in plain digits, 1 to 1000000, found '0'"),
        BadDeclaration(
            "clients with an exponent", "clients: [1, 15, 125]", to: "clients: [1, 15, 1e3]",
            errors: "x.yaml:9:20: 'clients' is a whole number in plain digits, 1 to 1000000, found '1e3'"),
        BadDeclaration(
            "yes for a count", "workers: 8", to: "workers: yes",
            errors: "x.yaml:4:12: 'workers' is a whole number in plain digits, 1 to 256, found 'yes'"),
        BadDeclaration(
            "permits per something else", "workers: 8", to: "permits: 8 per worker",
            errors: """
                x.yaml:4:12: 'permits' is a whole number in plain digits, 1 to 1000000, or up to 1000 \
                'per client', found '8 per worker'
                """),
        BadDeclaration(
            "an unknown runtime", "workers: 8", to: "runtime: threds",
            errors: """
                x.yaml:4:12: unknown value 'threds' of 'runtime'; did you mean 'threads'? allowed: tasks, \
                dispatch, threads
                """),
        BadDeclaration(
            "a delay without a unit", "value: 50ms}", to: "value: 50}",
            errors: """
                x.yaml:7:29: 'write-delay': '50' has '50' at character 1, which has no unit: write one of ns, \
                us, ms, s, min, h, as in 50ms
                """),
        BadDeclaration(
            "an unknown distribution", "\"normal(60ms, 5ms)\"", to: "\"norml(60ms, 5ms)\"",
            errors: """
                x.yaml:8:30: 'write-delay': 'norml(60ms, 5ms)' has 'norml' at character 1, which is none of \
                uniform, normal, exponential: did you mean normal?
                """),
        BadDeclaration(
            "a distribution with one argument", "\"normal(60ms, 5ms)\"", to: "\"normal(60ms)\"",
            errors: """
                x.yaml:8:30: 'write-delay': 'normal(60ms)' has ')' at character 12, where ',' should stand: \
                normal takes a mean and a standard deviation
                """),
        BadDeclaration(
            "bounds in the wrong order", "\"normal(60ms, 5ms)\"", to: "\"uniform(60ms, 5ms)\"",
            errors: """
                x.yaml:8:30: 'write-delay': 'uniform(60ms, 5ms)' has bounds in the wrong order at character 9: \
                write the lower one first, as in uniform(5ms, 60ms)
                """),
        BadDeclaration(
            "a parenthesis too few", "\"normal(60ms, 5ms)\"", to: "\"normal(60ms, 5ms\"",
            errors: """
                x.yaml:8:30: 'normal(60ms, 5ms' has an unclosed '('; a value that holds a comma needs quotes \
                inside [ ] and { }
                """),
        BadDeclaration(
            "a control character in a value", "program: system-simulator\nfixed:\n  workers: 8",
            to: "program: ./own\nfixed:\n  name: \"a\\u0007b\"",
            errors: """
                x.yaml:4:9: the value of 'name' holds a line break or control character: write it on one line
                """),
        BadDeclaration(
            "a parameter name with a space", "program: system-simulator\nfixed:\n  workers: 8",
            to: "program: ./own\nfixed:\n  my name: 8",
            errors: """
                x.yaml:4:3: 'my name' is no parameter name: small letters and digits in words joined by '-'
                """),
        BadDeclaration(
            "a huge cross product", "clients: [1, 15, 125]",
            to: """
                clients: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, \
                24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40]
                  permits: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, \
                24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40]
                """,
            errors: "x.yaml:6:3: the factors' cross product has 3200 cells; at most 1000 are allowed"),
        BadDeclaration(
            "an exclusion of an unknown factor", "trials: 3\n", to: "exclude:\n  - {client: 15}\ntrials: 3\n",
            errors: """
                x.yaml:11:6: unknown factor 'client'; did you mean 'clients'? allowed: write-delay, clients
                """),
        BadDeclaration(
            "an exclusion of an unknown level", "trials: 3\n", to: "exclude:\n  - {clients: 16}\ntrials: 3\n",
            errors: "x.yaml:11:15: factor 'clients' has no level '16'; allowed: 1, 15, 125"),
        BadDeclaration(
            "an exclusion that matches nothing", "trials: 3\n",
            to: "exclude:\n  - {clients: 15}\n  - {clients: 15, write-delay: fixed}\ntrials: 3\n",
            errors: "x.yaml:12:5: this exclusion matches no cell that is not excluded already"),
        BadDeclaration(
            "an exclusion of nothing", "trials: 3\n", to: "exclude:\n  - {}\ntrials: 3\n",
            errors: "x.yaml:11:5: an exclusion names at least one factor"),
        BadDeclaration(
            "everything excluded", "trials: 3\n",
            to: "exclude:\n  - {write-delay: fixed}\n  - {write-delay: random}\ntrials: 3\n",
            errors: "x.yaml:11:3: everything is excluded; leave at least one cell"),
    ]
}
