import TestSupport
import Testing

@testable import Experiments

@Suite("GateReader")
struct GateReaderTests {
    private func read(_ gate: String) throws -> Declaration {
        let text = """
            question: Why?
            program: system-simulator
            trials: 1
            warm-up: 0s
            measure: 1s
            stages: [request, persist]
            gate:
            \(gate)
            """
        return try DeclarationReader.read(bytes: Array(text.utf8), path: "demo.yaml", loadReference: nil)
    }

    private func complaint(_ gate: String) -> String {
        do {
            _ = try read(gate)
            return "—"
        } catch {
            return "\(error)"
        }
    }

    @Test("bands are relative or in the metric's own unit, and the order stays")
    func bands() throws {
        let gate = try #require(
            try read(
                """
                  metrics: { request.p99: 5%, persist.p50: 1ms, throughput: 2/s, blocked-share: 1 points }
                  pairs: 40
                  build: make server
                """
            ).gate)
        #expect(gate.metrics.map(\.metric.text) == ["request.p99", "persist.p50", "throughput", "blocked-share"])
        #expect(
            gate.metrics.map(\.band.size) == [.relative(0.05), .absolute(1e6), .absolute(2), .absolute(0.01)])
        #expect(gate.pairMaximum == 40 && gate.build == "make server")
    }

    @Test("the limit of a relative band is on the logarithm") func limit() {
        #expect(abs(Band(.relative(0.05)).limit - 0.048790164169432) < 1e-15)
        #expect(Band(.absolute(3)).limit == 3)
    }

    @Test(
        "what is wrong is said at its place",
        arguments: [
            (
                "  metrics: {}",
                "demo.yaml:8:12: 'metrics' is empty; name a metric and how much of a change matters, as in request.p99: 5%"
            ),
            ("  pairs: 40", "demo.yaml:8:3: 'gate' lacks the key 'metrics'"),
            (
                "  metrics: { request.p98: 5% }",
                "demo.yaml:8:14: unknown metric 'request.p98'; did you mean 'request.p90'?"
            ),
            (
                "  metrics: { queue-wait.p99: 5% }",
                "demo.yaml:8:14: 'queue-wait.p99' is of the stage 'queue-wait', which 'stages' does not list"
            ),
            (
                "  metrics: { request.p99: 5 }",
                "demo.yaml:8:27: '5' is a plain number, but 'request.p99' is compared with a duration"
            ),
            ("  metrics: { request.p99: 0% }", "demo.yaml:8:27: a tolerance of zero is never met"),
            ("  metrics: { request.p99: 5% }\n  pairs: 11", "demo.yaml:9:10: 'pairs' is 12 to 500, found 11"),
            (
                "  metrics: { request.p99: 5% }\n  pears: 9",
                "demo.yaml:9:3: unknown key 'pears' in 'gate'; allowed: metrics, pairs, build"
            ),
        ])
    func complaints(_ gate: String, _ expected: String) {
        #expect(complaint(gate).hasPrefix(expected), "\(complaint(gate))")
    }
}
