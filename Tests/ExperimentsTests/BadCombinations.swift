// Declarations that must be refused for what their parts come to together. No schema can see that, so that these are not
// counted where the schema is asked how much it finds by itself.

extension BadDeclaration {
    static let combinations: [BadDeclaration] = [
        BadDeclaration(
            "a spin under the level in virtual time", "clients: [1, 15, 125]",
            to: "clock: [wall, {label: still, value: virtual, with: {spin: 60us}}]", without: "fixed:\n  workers: 8\n",
            errors: """
                x.yaml:7:55: 'spin' does nothing in virtual time (cell: write-delay fixed, clock still), where one OS \
                thread runs everything; leave it out, or give it under 'with' to the levels that take it
                """),
        BadDeclaration(
            "a think time in an open loop in virtual time", "workers: 8\n",
            to: "think-time: 1s\n  arrivals: poisson(100/s)\n  clock: virtual\n",
            errors: """
                x.yaml:4:3: 'think-time' does nothing with arrivals 'poisson(100/s)', where a schedule says when each \
                request is made; leave it out
                """),
        BadDeclaration(
            "responses of closed loops", "[request, persist]", to: "[request, response, persist]",
            errors: """
                x.yaml:15:19: 'response' has no values where every cell is a closed loop: use 'request', or an open loop \
                (arrivals)
                """),
        BadDeclaration(
            "a hypothesis about responses of closed loops alone",
            text: good.replacing("clients: [1, 15, 125]", with: "arrivals: [closed, paced(100/s)]").replacing(
                "[request, persist]", with: "[response]"
            ).replacing("metric: persist.p50", with: "metric: response.p50").replacing(
                "{write-delay: fixed}", with: "{arrivals: closed}"),
            errors: """
                x.yaml:19:13: 'response' has no values where every selected cell is a closed loop: use 'request', or \
                select a cell with an open loop (arrivals)
                """),
        BadDeclaration(
            "one level twice, with the same parameters in another order", "clients: [1, 15, 125]",
            to: "clock: [{label: a, value: wall, with: {spin: 60us, permits: 4}}, "
                + "{label: b, value: wall, with: {permits: 4, spin: 0.06ms}}]",
            errors: "x.yaml:9:68: factor 'clock' has the level 'wall' twice; keep one"),
    ]
}
