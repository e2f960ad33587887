// Declarations that must be refused: parameters of the clock, of open loops and of stalls, and those of single levels.

extension BadDeclaration {
    static let clocks: [BadDeclaration] = [
        BadDeclaration(
            "workers in virtual time", "clients: [1, 15, 125]", to: "clock: [virtual, wall]",
            errors: """
                x.yaml:4:3: 'workers' does nothing in virtual time (cell: write-delay fixed, clock virtual), where one OS \
                thread runs everything; leave it out, or give it under 'with' to the levels that take it
                """),
        BadDeclaration(
            "a spin of a runtime without", "workers: 8\n", to: "spin: 60us\n  runtime: threads\n",
            errors: """
                x.yaml:4:3: 'spin' does nothing with the runtime 'threads'; leave it out
                """),
        BadDeclaration(
            "a think time in an open loop", "workers: 8\n", to: "think-time: 1s\n  arrivals: poisson(100/s)\n",
            errors: """
                x.yaml:4:3: 'think-time' does nothing with arrivals 'poisson(100/s)', where a schedule says when each \
                request is made; leave it out
                """),
        BadDeclaration(
            "more clients than a wall clock takes", "clients: [1, 15, 125]", to: "clients: [1, 100001]",
            errors: "x.yaml:6:3: the clock 'wall' takes at most 100000 clients, found 100001; 'virtual' takes 1000000"),
        BadDeclaration(
            "more permits for each client than there are", "workers: 8", to: "permits: 1001 per client",
            errors: """
                x.yaml:4:12: 'permits' is a whole number in plain digits, 1 to 1000 'per client', found '1001 per client'
                """),
        BadDeclaration(
            "more threads than there can be", "workers: 8\n", to: "runtime: threads\n  permits: 15999\n",
            errors: """
                x.yaml:7:3: the runtime 'threads' takes at most 16000 clients and permits together, an OS thread each, \
                found 15 and 15999
                """),
        BadDeclaration(
            "no delay at all",
            text: good.replacing("  workers: 8\n", with: "  think-time: 0s\n  network-delay: 0us\n").replacing(
                "value: 50ms", with: "value: 0s"),
            errors: """
                x.yaml:7:3: 'think-time', 'network-delay' and 'write-delay' are all 0s in a cell, or round to that, \
                and its clients would never stop; give at least one of them more
                """),
        BadDeclaration(
            "starts spread over no time", "workers: 8\n", to: "start: staggered\n  think-time: 0s\n",
            errors: """
                x.yaml:7:3: 'start: staggered' spreads the starts over the mean think time, which is 0s in a cell; leave \
                it out, or give a think time
                """),
        BadDeclaration(
            "arrivals without a rate", "workers: 8", to: "arrivals: paced(100)",
            errors: "x.yaml:4:13: 'arrivals': 'paced(100)' has no rate: write requests a second, as in paced(100/s)"),
        BadDeclaration(
            "unknown arrivals", "workers: 8", to: "arrivals: pased(100/s)",
            errors: """
                x.yaml:4:13: 'arrivals': 'pased(100/s)' is none of closed, poisson(RATE), paced(RATE), as in \
                poisson(100/s): did you mean paced?
                """),
        BadDeclaration(
            "a stall longer than its period", "workers: 8", to: "stall: 10s/1s",
            errors: """
                x.yaml:4:10: 'stall': '10s/1s' is no part of a period: the first duration is more than 0s and shorter \
                than the second
                """),
        BadDeclaration(
            "a stall without a unit", "workers: 8", to: "stall: 1/10s",
            errors: """
                x.yaml:4:10: 'stall': '1/10s': '1' has no unit: write one of ns, us, ms, s, min, h, as in 1ms
                """),
        BadDeclaration(
            "a spin of a second", "workers: 8", to: "spin: 1s",
            errors: "x.yaml:4:9: 'spin' is 0s to 1ms, found '1s'"),
        BadDeclaration(
            "an unknown clock", "workers: 8", to: "clock: virtuel",
            errors: "x.yaml:4:10: unknown value 'virtuel' of 'clock'; did you mean 'virtual'? allowed: wall, virtual"),
        BadDeclaration(
            "the same arrivals twice", "clients: [1, 15, 125]", to: "arrivals: [paced(100/s), paced(100.0/s)]",
            errors: """
                x.yaml:9:28: factor 'arrivals' has the level 'paced(100.0/s)', which is 'paced(100/s)', twice; keep one
                """),
        BadDeclaration(
            "a parameter of a level that is fixed", "value: 50ms}", to: "value: 50ms, with: {workers: 4}}",
            errors: "x.yaml:7:42: 'workers' stands under 'with' and is fixed; keep one"),
        BadDeclaration(
            "a parameter of a level that is a factor", "value: 50ms}", to: "value: 50ms, with: {clients: 4}}",
            errors: "x.yaml:7:42: 'clients' stands under 'with' and is a factor; keep one"),
        BadDeclaration(
            "a parameter of levels of two factors",
            text: good.replacing("value: 50ms}", with: "value: 50ms, with: {permits: 4}}").replacing(
                "[1, 15, 125]", with: "[1, {label: many, value: 15, with: {permits: 8}}]"),
            errors: "x.yaml:9:48: 'permits' stands under 'with' and is given by factor 'write-delay' too; keep one"),
        BadDeclaration(
            "an unknown parameter of a level", "value: 50ms}", to: "value: 50ms, with: {wrokers: 4}}",
            errors: """
                x.yaml:7:42: system-simulator has no parameter 'wrokers'; did you mean 'workers'? allowed: clients, \
                permits, queue, writes, write-delay, network-delay, arrivals, think-time, start, stall, clock, runtime, workers, \
                spin
                """),
    ]
}
