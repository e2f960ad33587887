// Declarations that must be refused: hypotheses.

extension BadDeclaration {
    static let hypotheses: [BadDeclaration] = [
        BadDeclaration(
            "no hypotheses in the list",
            """
            hypotheses:
              - says: It is near.
                metric: persist.p50
                where: {write-delay: fixed}
                near: 50ms
                within: 1ms
            """, to: "hypotheses: []",
            errors: """
                x.yaml:17:13: 'hypotheses' is empty; list at least one, or leave the key out where it is \
                optional
                """),
        BadDeclaration(
            "an unknown key", "metric: persist.p50", to: "metrik: persist.p50",
            errors: """
                x.yaml:19:5: unknown key 'metrik' in a hypothesis; did you mean 'metric'? allowed: says, \
                metric, pairing, where, near, within, below, above, equivalent, varies, rises, falls
                """),
        BadDeclaration(
            "an unknown metric", "persist.p50", to: "persist.p95",
            errors: """
                x.yaml:19:13: unknown metric 'persist.p95'; did you mean 'persist.p90'? a metric is \
                STAGE.STATISTIC, request.blocked.STATISTIC, STAGE.paired-share, STAGE.changed-thread-share, \
                throughput, write-throughput, blocked-share, cpu-per-request or peak-memory
                """),
        BadDeclaration(
            "a stage that is not listed", "persist.p50", to: "persist-async.p50",
            errors: """
                x.yaml:19:13: 'persist-async.p50' is of the stage 'persist-async', which 'stages' does not \
                list: add it there, or use one of request, persist
                """),
        BadDeclaration(
            "an unknown stage", "persist.p50", to: "persits.p50",
            errors: """
                x.yaml:19:13: unknown metric 'persits.p50'; did you mean 'persist.p50'? a metric is \
                STAGE.STATISTIC, request.blocked.STATISTIC, STAGE.paired-share, STAGE.changed-thread-share, \
                throughput, write-throughput, blocked-share, cpu-per-request or peak-memory
                """),
        BadDeclaration(
            "blocked writes", "persist.p50", to: "persist.blocked.p50",
            errors: """
                x.yaml:19:13: 'persist.blocked.p50': blocked and nonblocked are told apart for request and \
                queue-wait only
                """),
        BadDeclaration(
            "an unknown pairing", "where: {write-delay: fixed}", to: "pairing: threads",
            errors: """
                x.yaml:20:14: unknown pairing 'threads'; did you mean 'thread'? allowed: request, thread
                """),
        BadDeclaration(
            "a pairing that is not listed",
            text: good.replacing("pairings: [request, thread]", with: "pairings: [request]")
                .replacing("where: {write-delay: fixed}", with: "pairing: thread"),
            errors: "x.yaml:20:14: the pairing 'thread' is not in 'pairings' (request); add it there"),
        BadDeclaration(
            "the default pairing not listed", "pairings: [request, thread]", to: "pairings: [thread]",
            errors: """
                x.yaml:18:5: name the pairing: 'request', which stands where none is named, is not in 'pairings'
                """),
        BadDeclaration(
            "a pairing for a metric without",
            "metric: persist.p50\n    where: {write-delay: fixed}\n    near: 50ms\n    within: 1ms",
            to: "metric: throughput\n    pairing: request\n    near: 10/s\n    within: 2%",
            errors: "x.yaml:20:14: 'throughput' does not depend on the pairing; leave 'pairing' out"),
        BadDeclaration(
            "blocked requests by thread", "metric: persist.p50", to: "metric: request.blocked.p50\n    pairing: thread",
            errors: """
                x.yaml:20:14: 'request.blocked.p50' is known by request only: by thread it cannot be told
                """),
        BadDeclaration(
            "an unknown factor", "where: {write-delay: fixed}", to: "where: {write-dealy: fixed}",
            errors: """
                x.yaml:20:13: unknown factor 'write-dealy'; did you mean 'write-delay'? allowed: write-delay, \
                clients
                """),
        BadDeclaration(
            "an unknown level", "where: {write-delay: fixed}", to: "where: {write-delay: fixt}",
            errors: "x.yaml:20:26: factor 'write-delay' has no level 'fixt'; allowed: fixed, random"),
        BadDeclaration(
            "a level twice", "where: {write-delay: fixed}", to: "where: {clients: [1, 1]}",
            errors: "x.yaml:20:26: the level '1' is named twice; keep one"),
        BadDeclaration(
            "no cell", "trials: 3\n", to: "exclude:\n  - {write-delay: fixed}\ntrials: 3\n",
            errors: "x.yaml:22:12: 'where' selects no cell: all that it names are excluded"),
        BadDeclaration(
            "no claim", "\n    near: 50ms\n    within: 1ms", to: "",
            errors: """
                x.yaml:18:5: the hypothesis claims nothing; give one of near, below, above, equivalent, varies, \
                rises, falls
                """),
        BadDeclaration(
            "two claims", "    near: 50ms\n    within: 1ms", to: "    near: 50ms\n    within: 1ms\n    below: 60ms",
            errors: "x.yaml:18:5: the hypothesis claims 'near' and 'below'; write a hypothesis for each"),
        BadDeclaration(
            "near without within", "\n    within: 1ms", to: "",
            errors: "x.yaml:18:5: 'near' lacks 'within': say how far the value may be off"),
        BadDeclaration(
            "within without near", "    near: 50ms\n", to: "    below: 50ms\n",
            errors: "x.yaml:22:13: 'within' goes with 'near'; 'below' does not take it here"),
        BadDeclaration(
            "a value without a unit", "near: 50ms", to: "near: 50",
            errors: """
                x.yaml:21:11: '50' is a plain number, but 'persist.p50' is compared with a duration, as in 50ms
                """),
        BadDeclaration(
            "a rate for a duration", "near: 50ms", to: "near: 50/s",
            errors: """
                x.yaml:21:11: '50/s' is a rate, but 'persist.p50' is compared with a duration, as in 50ms
                """),
        BadDeclaration(
            "a value that is no number", "near: 50ms", to: "near: soon",
            errors: """
                x.yaml:21:11: 'soon' is not a quantity: write a number and its unit, as in 50ms, 133.24/s or 31%
                """),
        BadDeclaration(
            "a negative value", "near: 50ms", to: "near: -50ms",
            errors: "x.yaml:21:11: '-50ms' is negative: a duration is zero or more"),
        BadDeclaration(
            "points for a duration", "within: 1ms", to: "within: 1 point",
            errors: """
                x.yaml:22:13: '1 point' is a difference in percentage points, but 'persist.p50' is compared \
                with a duration, as in 50ms, or a percentage of the value, as in 2%
                """),
        BadDeclaration(
            "a tolerance of zero", "within: 1ms", to: "within: 0%",
            errors: "x.yaml:22:13: a tolerance of zero is never met; write how far a value may be off"),
        BadDeclaration(
            "a percentage of zero", "    near: 50ms\n    within: 1ms", to: "    near: 0s\n    within: 2%",
            errors: "x.yaml:22:13: a percentage of zero is zero; give 'within' in the metric's unit"),
        BadDeclaration(
            "a plain number for a share",
            "metric: persist.p50\n    where: {write-delay: fixed}\n    near: 50ms\n    within: 1ms",
            to: "metric: blocked-share\n    below: 0.3",
            errors: """
                x.yaml:20:12: '0.3' is a plain number, but 'blocked-share' is compared with a percentage, as in \
                31%
                """),
        BadDeclaration(
            "a trend along one level", "    near: 50ms\n    within: 1ms", to: "    rises: {along: write-delay}",
            errors: """
                x.yaml:21:20: the hypothesis goes along 'write-delay', of which it leaves one level; it takes \
                at least two
                """),
        BadDeclaration(
            "a trend along an unknown factor", "    near: 50ms\n    within: 1ms", to: "    falls: {along: client}",
            errors: """
                x.yaml:21:20: unknown factor 'client'; did you mean 'clients'? allowed: write-delay, clients, \
                pairing
                """),
        BadDeclaration(
            "a trend along the pairing", "    near: 50ms\n    within: 1ms", to: "    falls: {along: pairing}",
            errors: "x.yaml:21:20: the pairings have no order to rise or fall along; use 'varies' or 'below'"),
        BadDeclaration(
            "the pairing compared with one pairing",
            text: good.replacing("pairings: [request, thread]", with: "pairings: [request]")
                .replacing("    near: 50ms\n    within: 1ms", with: "    equivalent: {along: pairing, within: 2%}"),
            errors: """
                x.yaml:21:25: 'pairings' lists one pairing; comparing along the pairing needs both, request and \
                thread
                """),
        BadDeclaration(
            "along the pairing and under one", "    near: 50ms\n    within: 1ms",
            to: "    pairing: thread\n    equivalent: {along: pairing, within: 2%}",
            errors: "x.yaml:21:14: the claim compares the pairings with each other; leave 'pairing' out"),
        BadDeclaration(
            "equivalent without a margin", "    near: 50ms\n    within: 1ms", to: "    equivalent: {along: clients}",
            errors: "x.yaml:21:17: 'equivalent' lacks the key 'within'"),
        BadDeclaration(
            "varies by a percentage", "    near: 50ms\n    within: 1ms",
            to: "    varies: {along: clients, by-more-than: 2%}",
            errors: "x.yaml:21:44: 'by-more-than' is a plain number above 1 (2 means twice), found '2%'"),
        BadDeclaration(
            "varies by less than once", "    near: 50ms\n    within: 1ms",
            to: "    varies: {along: clients, by-more-than: 0.5}",
            errors: "x.yaml:21:44: 'by-more-than' is a plain number above 1 (2 means twice), found '0.5'"),
        BadDeclaration(
            "a claim that is no mapping", "    near: 50ms\n    within: 1ms", to: "    rises: clients",
            errors: "x.yaml:21:12: a trend is a mapping (key: value), found 'clients'"),
        BadDeclaration(
            "many errors at once",
            text: """
                questions: Why?
                program: nothing
                fixed: 8
                factors: [1]
                trials: x
                warm-up: 1
                measure: 2
                stages: [a, b]
                pairings: [c]

                """,
            errors: """
                x.yaml:1:1: unknown key 'questions' in the declaration; did you mean 'question'? allowed: \
                question, program, fixed, factors, exclude, trials, warm-up, measure, time-limit, retries, \
                profiles, stages, pairings, hypotheses, limits, exclude-trials, gate, observers, reference
                x.yaml:2:10: unknown program 'nothing'; allowed: system-simulator, or the path of a program \
                with a '/' in it, as in ./my-program
                x.yaml:3:8: 'fixed' is a mapping (key: value), found '8'
                x.yaml:4:10: 'factors' is a mapping (key: value), found a list
                x.yaml:5:9: 'trials' is a whole number in plain digits, 1 to 1000, found 'x'
                x.yaml:6:10: 'warm-up': '1' has no unit: write one of ns, us, ms, s, min, h, as in 1ms
                x.yaml:7:10: 'measure': '2' has no unit: write one of ns, us, ms, s, min, h, as in 2ms
                x.yaml:8:10: unknown stage 'a'; allowed: request, response, outbound-network, queue-wait, persist, \
                persist-async, return-network, think
                x.yaml:8:13: unknown stage 'b'; allowed: request, response, outbound-network, queue-wait, persist, \
                persist-async, return-network, think
                x.yaml:9:12: unknown pairing 'c'; allowed: request, thread
                """),
    ]
}
