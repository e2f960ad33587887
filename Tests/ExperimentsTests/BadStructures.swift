// Declarations that must be refused: YAML that is no declaration, and keys out of place.

extension BadDeclaration {
    static let structures: [BadDeclaration] = [
        BadDeclaration(
            "unknown key", "trials: 3", to: "trails: 3",
            errors: """
                x.yaml:10:1: unknown key 'trails' in the declaration; did you mean 'trials'? allowed: question, \
                program, fixed, factors, exclude, trials, warm-up, measure, time-limit, retries, profiles, \
                stages, pairings, hypotheses, limits, exclude-trials, gate, observers, reference
                """),
        BadDeclaration(
            "unknown key near nothing", "trials: 3\n", to: "trials: 3\nzebra: 1\n",
            errors: """
                x.yaml:11:1: unknown key 'zebra' in the declaration; allowed: question, program, fixed, \
                factors, exclude, trials, warm-up, measure, time-limit, retries, profiles, stages, pairings, \
                hypotheses, limits, exclude-trials, gate, observers, reference
                """),
        BadDeclaration(
            "duplicate key", "trials: 3\n", to: "trials: 3\ntrials: 4\n",
            errors: "x.yaml:10:1: the key 'trials' stands here and again further down; keep one"),
        BadDeclaration(
            "several missing keys", text: "question: Why?\n",
            errors: """
                x.yaml:1:1: the declaration lacks the keys 'program', 'trials', 'warm-up', 'measure', 'stages'
                """),
        BadDeclaration(
            "empty file", text: "",
            errors: "x.yaml:1:1: the file is empty; a declaration begins with 'question:'"),
        BadDeclaration(
            "only comments", text: "# nothing\n\n# here\n",
            errors: "x.yaml:1:1: the file is empty; a declaration begins with 'question:'"),
        BadDeclaration(
            "a scalar at the top", text: "just words\n",
            errors: "x.yaml:1:1: the declaration is a mapping (key: value), found 'just words'"),
        BadDeclaration(
            "a list at the top", text: "- question: Why?\n",
            errors: "x.yaml:1:1: the declaration is a mapping (key: value), found a list"),
        BadDeclaration(
            "an empty document", text: "---\n",
            errors: "x.yaml:2:1: the declaration is a mapping (key: value), found nothing"),
        BadDeclaration(
            "two documents", "pairings: [request, thread]\n", to: "---\nquestion: Another?\n",
            errors: "x.yaml:16:1: a second document; a file declares one experiment"),
        BadDeclaration(
            "a tab", "fixed:\n  workers", to: "fixed:\n\tworkers",
            errors: "x.yaml:4:1: a tab; YAML is indented with spaces only"),
        BadDeclaration(
            "an unclosed list", "clients: [1, 15, 125]", to: "clients: [1, 15, 125",
            errors: """
                x.yaml:10:7: not YAML: did not find expected ',' or ']' (while parsing a flow sequence, from \
                line 9)
                """),
        BadDeclaration(
            "an unclosed quote", "question: Does it work?", to: "question: \"Does it work?",
            errors: """
                x.yaml:8:31: not YAML: did not find expected key (while parsing a block mapping, from line 1)
                """),
        BadDeclaration(
            "wrong indentation", "fixed:\n  workers: 8", to: "fixed:\n  workers: 8\n runtime: tasks",
            errors: """
                x.yaml:5:2: not YAML: did not find expected key (while parsing a block mapping, from line 1)
                """),
        BadDeclaration(
            "an anchor", "clients: [1, 15, 125]", to: "clients: &counts [1, 15, 125]",
            errors: """
                x.yaml:9:12: the anchor '&counts'; anchors and aliases are not read: write the value out
                """),
        BadDeclaration(
            "an alias without an anchor", "clients: [1, 15, 125]", to: "clients: *counts",
            errors: "x.yaml:9:12: an alias; anchors and aliases are not read: write the value out"),
        BadDeclaration(
            "an anchor and its alias", "trials: 3\nwarm-up: 1s", to: "trials: &n 3\nwarm-up: *n",
            errors: "x.yaml:10:9: the anchor '&n'; anchors and aliases are not read: write the value out"),
        BadDeclaration(
            "an anchor that holds itself", text: "question: &a [*a]\n",
            errors: "x.yaml:1:11: the anchor '&a'; anchors and aliases are not read: write the value out"),
        BadDeclaration(
            "a billion laughs",
            text: """
                a: &a [x,x,x,x,x,x,x,x,x]
                b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]
                c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]
                d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]
                e: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]
                f: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]
                g: &g [*f,*f,*f,*f,*f,*f,*f,*f,*f]
                h: &h [*g,*g,*g,*g,*g,*g,*g,*g,*g]
                i: &i [*h,*h,*h,*h,*h,*h,*h,*h,*h]
                ? *i
                : laughs

                """,
            errors: "x.yaml:1:4: the anchor '&a'; anchors and aliases are not read: write the value out"),
        BadDeclaration(
            "a merge key", "fixed:\n  workers: 8", to: "fixed:\n  <<: {workers: 8}",
            errors: """
                x.yaml:4:3: system-simulator has no parameter '<<'; allowed: clients, permits, queue, writes, \
                write-delay, network-delay, arrivals, think-time, start, stall, clock, runtime, workers, spin
                """),
        BadDeclaration(
            "a tag", "trials: 3", to: "trials: !!int 3",
            errors: "x.yaml:10:9: the tag 'tag:yaml.org,2002:int'; tags are not read: leave it out"),
        BadDeclaration(
            "deep nesting", "question: Does it work?", to: "question: [[[[[[[[[why]]]]]]]]]",
            errors: "x.yaml:1:18: nested deeper than 8 levels"),
        BadDeclaration(
            "a list as a key", "fixed:\n  workers: 8", to: "fixed:\n  [workers]: 8",
            errors: "x.yaml:4:3: a key is a name, found a list"),
        BadDeclaration(
            "a question over two lines", "question: Does it work?", to: "question: |\n  Does it\n  work?",
            errors: "x.yaml:1:11: 'question' holds a line break or control character: write it on one line"),
        BadDeclaration(
            "an unknown program", "program: system-simulator", to: "program: system-simulater",
            errors: """
                x.yaml:2:10: unknown program 'system-simulater'; did you mean 'system-simulator'? allowed: \
                system-simulator, or the path of a program with a '/' in it, as in ./my-program
                """),
        BadDeclaration(
            "a program without a path", "program: system-simulator", to: "program: ls",
            errors: """
                x.yaml:2:10: unknown program 'ls'; allowed: system-simulator, or the path of a program with a \
                '/' in it, as in ./my-program
                """),
        BadDeclaration(
            "more errors than are kept",
            text: """
                key-0: 0
                key-1: 1
                key-2: 2
                key-3: 3
                key-4: 4
                key-5: 5
                key-6: 6
                key-7: 7
                key-8: 8
                key-9: 9
                key-10: 10
                key-11: 11
                key-12: 12
                key-13: 13
                key-14: 14
                key-15: 15
                key-16: 16
                key-17: 17
                key-18: 18
                key-19: 19
                key-20: 20
                key-21: 21
                key-22: 22
                key-23: 23
                key-24: 24
                key-25: 25
                key-26: 26
                key-27: 27
                key-28: 28
                key-29: 29

                """,
            errors: """
                x.yaml:1:1: the declaration lacks the keys 'question', 'program', 'trials', 'warm-up', \
                'measure', 'stages'
                x.yaml:1:1: unknown key 'key-0' in the declaration; allowed: question, program, fixed, factors, \
                exclude, trials, warm-up, measure, time-limit, retries, profiles, stages, pairings, hypotheses, \
                limits, exclude-trials, gate, observers, reference
                x.yaml:2:1: unknown key 'key-1' in the declaration; allowed: question, program, fixed, factors, \
                exclude, trials, warm-up, measure, time-limit, retries, profiles, stages, pairings, hypotheses, \
                limits, exclude-trials, gate, observers, reference
                x.yaml:3:1: unknown key 'key-2' in the declaration; allowed: question, program, fixed, factors, \
                exclude, trials, warm-up, measure, time-limit, retries, profiles, stages, pairings, hypotheses, \
                limits, exclude-trials, gate, observers, reference
                x.yaml:4:1: unknown key 'key-3' in the declaration; allowed: question, program, fixed, factors, \
                exclude, trials, warm-up, measure, time-limit, retries, profiles, stages, pairings, hypotheses, \
                limits, exclude-trials, gate, observers, reference
                x.yaml:5:1: unknown key 'key-4' in the declaration; allowed: question, program, fixed, factors, \
                exclude, trials, warm-up, measure, time-limit, retries, profiles, stages, pairings, hypotheses, \
                limits, exclude-trials, gate, observers, reference
                x.yaml:6:1: unknown key 'key-5' in the declaration; allowed: question, program, fixed, factors, \
                exclude, trials, warm-up, measure, time-limit, retries, profiles, stages, pairings, hypotheses, \
                limits, exclude-trials, gate, observers, reference
                x.yaml:7:1: unknown key 'key-6' in the declaration; allowed: question, program, fixed, factors, \
                exclude, trials, warm-up, measure, time-limit, retries, profiles, stages, pairings, hypotheses, \
                limits, exclude-trials, gate, observers, reference
                x.yaml:8:1: unknown key 'key-7' in the declaration; allowed: question, program, fixed, factors, \
                exclude, trials, warm-up, measure, time-limit, retries, profiles, stages, pairings, hypotheses, \
                limits, exclude-trials, gate, observers, reference
                x.yaml:9:1: unknown key 'key-8' in the declaration; allowed: question, program, fixed, factors, \
                exclude, trials, warm-up, measure, time-limit, retries, profiles, stages, pairings, hypotheses, \
                limits, exclude-trials, gate, observers, reference
                x.yaml:10:1: unknown key 'key-9' in the declaration; allowed: question, program, fixed, \
                factors, exclude, trials, warm-up, measure, time-limit, retries, profiles, stages, pairings, \
                hypotheses, limits, exclude-trials, gate, observers, reference
                x.yaml:11:1: unknown key 'key-10' in the declaration; allowed: question, program, fixed, \
                factors, exclude, trials, warm-up, measure, time-limit, retries, profiles, stages, pairings, \
                hypotheses, limits, exclude-trials, gate, observers, reference
                x.yaml:12:1: unknown key 'key-11' in the declaration; allowed: question, program, fixed, \
                factors, exclude, trials, warm-up, measure, time-limit, retries, profiles, stages, pairings, \
                hypotheses, limits, exclude-trials, gate, observers, reference
                x.yaml:13:1: unknown key 'key-12' in the declaration; allowed: question, program, fixed, \
                factors, exclude, trials, warm-up, measure, time-limit, retries, profiles, stages, pairings, \
                hypotheses, limits, exclude-trials, gate, observers, reference
                x.yaml:14:1: unknown key 'key-13' in the declaration; allowed: question, program, fixed, \
                factors, exclude, trials, warm-up, measure, time-limit, retries, profiles, stages, pairings, \
                hypotheses, limits, exclude-trials, gate, observers, reference
                x.yaml:15:1: unknown key 'key-14' in the declaration; allowed: question, program, fixed, \
                factors, exclude, trials, warm-up, measure, time-limit, retries, profiles, stages, pairings, \
                hypotheses, limits, exclude-trials, gate, observers, reference
                x.yaml:16:1: unknown key 'key-15' in the declaration; allowed: question, program, fixed, \
                factors, exclude, trials, warm-up, measure, time-limit, retries, profiles, stages, pairings, \
                hypotheses, limits, exclude-trials, gate, observers, reference
                x.yaml:17:1: unknown key 'key-16' in the declaration; allowed: question, program, fixed, \
                factors, exclude, trials, warm-up, measure, time-limit, retries, profiles, stages, pairings, \
                hypotheses, limits, exclude-trials, gate, observers, reference
                x.yaml:18:1: unknown key 'key-17' in the declaration; allowed: question, program, fixed, \
                factors, exclude, trials, warm-up, measure, time-limit, retries, profiles, stages, pairings, \
                hypotheses, limits, exclude-trials, gate, observers, reference
                x.yaml:19:1: unknown key 'key-18' in the declaration; allowed: question, program, fixed, \
                factors, exclude, trials, warm-up, measure, time-limit, retries, profiles, stages, pairings, \
                hypotheses, limits, exclude-trials, gate, observers, reference
                … and 11 more
                """),
    ]
}
