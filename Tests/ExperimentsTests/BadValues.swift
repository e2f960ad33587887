// Declarations that must be refused: schedules, stages, pairings and references.

extension BadDeclaration {
    static let values: [BadDeclaration] = [
        BadDeclaration(
            "trials of zero", "trials: 3", to: "trials: 0",
            errors: "x.yaml:10:9: 'trials' is 1 to 1000, found 0"),
        BadDeclaration(
            "negative trials", "trials: 3", to: "trials: -3",
            errors: "x.yaml:10:9: 'trials' is 1 to 1000, found -3"),
        BadDeclaration(
            "trials as words", "trials: 3", to: "trials: three",
            errors: "x.yaml:10:9: 'trials' is a whole number in plain digits, 1 to 1000, found 'three'"),
        BadDeclaration(
            "trials in quotes", "trials: 3", to: "trials: \"3\"",
            errors: "x.yaml:10:9: 'trials' is a whole number in plain digits, 1 to 1000, found '3'"),
        BadDeclaration(
            "trials in hex", "trials: 3", to: "trials: 0x10",
            errors: "x.yaml:10:9: 'trials' is a whole number in plain digits, 1 to 1000, found '0x10'"),
        BadDeclaration(
            "trials in octal", "trials: 3", to: "trials: 010",
            errors: "x.yaml:10:9: 'trials' is a whole number in plain digits, 1 to 1000, found '010'"),
        BadDeclaration(
            "trials with an exponent", "trials: 3", to: "trials: 1e2",
            errors: "x.yaml:10:9: 'trials' is a whole number in plain digits, 1 to 1000, found '1e2'"),
        BadDeclaration(
            "trials as a fraction", "trials: 3", to: "trials: 3.0",
            errors: "x.yaml:10:9: 'trials' is a whole number in plain digits, 1 to 1000, found '3.0'"),
        BadDeclaration(
            "trials with a sign", "trials: 3", to: "trials: +3",
            errors: "x.yaml:10:9: 'trials' is a whole number in plain digits, 1 to 1000, found '+3'"),
        BadDeclaration(
            "trials beyond all integers", "trials: 3", to: "trials: 99999999999999999999",
            errors: """
                x.yaml:10:9: 'trials' is a whole number in plain digits, 1 to 1000, found '99999999999999999999'
                """),
        BadDeclaration(
            "trials as a list", "trials: 3", to: "trials: [3]",
            errors: "x.yaml:10:9: 'trials' is a whole number in plain digits, 1 to 1000, found a list"),
        BadDeclaration(
            "trials left empty", "trials: 3", to: "trials:",
            errors: "x.yaml:10:8: 'trials' is a whole number in plain digits, 1 to 1000, found nothing"),
        BadDeclaration(
            "a duration without a unit", "warm-up: 1s", to: "warm-up: 1",
            errors: "x.yaml:11:10: 'warm-up': '1' has no unit: write one of ns, us, ms, s, min, h, as in 1ms"),
        BadDeclaration(
            "an unknown unit", "warm-up: 1s", to: "warm-up: 1sec",
            errors: """
                x.yaml:11:10: 'warm-up': '1sec' has the unit 'sec', which is none of ns, us, ms, s, min, h
                """),
        BadDeclaration(
            "a negative duration", "warm-up: 1s", to: "warm-up: -1s",
            errors: "x.yaml:11:10: 'warm-up': '-1s' is negative: a duration is zero or more"),
        BadDeclaration(
            "a duration as a mapping", "measure: 2s", to: "measure: {seconds: 2}",
            errors: "x.yaml:12:10: 'measure' is text, found a mapping"),
        BadDeclaration(
            "a window of nothing", "measure: 2s", to: "measure: 0s",
            errors: "x.yaml:12:10: 'measure' is 1ms to 24h, found '0s'"),
        BadDeclaration(
            "a warm-up of days", "warm-up: 1s", to: "warm-up: 48h",
            errors: "x.yaml:11:10: 'warm-up' is 0s to 1h, found '48h'"),
        BadDeclaration(
            "a warm-up of days in virtual time",
            text: good.replacing("workers: 8", with: "clock: virtual").replacing("warm-up: 1s", with: "warm-up: 48h"),
            errors: "x.yaml:11:10: 'warm-up' is 0s to 24h, found '48h'"),
        BadDeclaration(
            "a time limit below the window", "measure: 2s", to: "measure: 2s\ntime-limit: 3s",
            errors: """
                x.yaml:13:13: the time limit of 3s is not above warm-up and measure together, 3s; no trial \
                could end in time
                """),
        BadDeclaration(
            "too many retries", "trials: 3", to: "trials: 3\nretries: 11",
            errors: "x.yaml:11:10: 'retries' is 0 to 10, found 11"),
        BadDeclaration(
            "too many trials",
            text: good.replacing("[1, 15, 125]", with: "[1, 2, 3, 4, 5, 6]")
                .replacing("trials: 3\n", with: "trials: 1000\n"),
            errors: "x.yaml:10:9: 1000 trials of 12 cells are 12000 trials; at most 10000 are allowed"),
        BadDeclaration(
            "an unknown key in a profile", "quick: {trials: 2}", to: "quick: {trial: 2}",
            errors: """
                x.yaml:14:11: unknown key 'trial' in a profile; did you mean 'trials'? allowed: trials, \
                warm-up, measure, time-limit, retries
                """),
        BadDeclaration(
            "a profile called full", "quick: {trials: 2}", to: "full: {trials: 2}",
            errors: "x.yaml:14:3: the profile 'full' is the top level itself; give another name"),
        BadDeclaration(
            "a profile with a space", "quick: {trials: 2}", to: "very quick: {trials: 2}",
            errors: """
                x.yaml:14:3: 'very quick' is no profile name: small letters and digits in words joined by '-'
                """),
        BadDeclaration(
            "a profile that changes nothing", "quick: {trials: 2}", to: "quick: {}",
            errors: """
                x.yaml:14:10: profile 'quick' changes nothing; give one of trials, warm-up, measure, \
                time-limit, retries
                """),
        BadDeclaration(
            "an unknown stage", "stages: [request, persist]", to: "stages: [request, persists]",
            errors: """
                x.yaml:15:19: unknown stage 'persists'; did you mean 'persist'? allowed: request, \
                response, outbound-network, queue-wait, persist, persist-async, return-network, think
                """),
        BadDeclaration(
            "a profile with too short a limit", "quick: {trials: 2}", to: "quick: {time-limit: 3s}",
            errors: """
                x.yaml:14:23: the time limit of 3s is not above warm-up and measure together, 3s; no trial \
                could end in time
                """),
        BadDeclaration(
            "no stage", "stages: [request, persist]", to: "stages: []",
            errors: """
                x.yaml:15:9: 'stages' is empty; list at least one, or leave the key out where it is optional
                """),
        BadDeclaration(
            "a stage twice", "stages: [request, persist]", to: "stages: [request, persist, request]",
            errors: "x.yaml:15:28: the stage 'request' is listed twice; keep one"),
        BadDeclaration(
            "a stage that is no list", "stages: [request, persist]", to: "stages: persist",
            errors: "x.yaml:15:9: 'stages' is a list, found 'persist'"),
        BadDeclaration(
            "an unknown pairing", "pairings: [request, thread]", to: "pairings: [request, tread]",
            errors: "x.yaml:16:21: unknown pairing 'tread'; did you mean 'thread'? allowed: request, thread"),
        BadDeclaration(
            "a reference without a file", "trials: 3\n", to: "trials: 3\nreference: {source: A book}\n",
            errors: "x.yaml:11:12: 'reference' names no file; give 'figures', 'histogram' or both"),
        BadDeclaration(
            "a reference that leads out", "trials: 3\n",
            to: "trials: 3\nreference: {source: A book, figures: ../secret.csv}\n",
            errors: """
                x.yaml:11:38: 'figures': '../secret.csv' leads out of the declaration's folder; name a file \
                inside it
                """),
        BadDeclaration(
            "a reference with an absolute path", "trials: 3\n",
            to: "trials: 3\nreference: {source: A book, histogram: /etc/passwd}\n",
            errors: """
                x.yaml:11:40: 'histogram': '/etc/passwd' leads out of the declaration's folder; name a file \
                inside it
                """),
        BadDeclaration(
            "a reference that is not there", "trials: 3\n",
            to: "trials: 3\nreference: {source: A book, figures: absent.csv}\n",
            errors: "x.yaml:11:38: 'figures': 'absent.csv' cannot be opened: No such file or directory"),
    ]
}
