import Testing
import TraceModel

@testable import Experiments

@Suite("Metrics")
struct MetricTests {
    @Test("each metric is read back from its own name", arguments: Metric.all)
    func readsBack(metric: Metric) {
        #expect(Metric(text: metric.text) == metric)
    }

    @Test(
        "names are told apart", arguments: ["", "persist", "persist.", "persist.all.p50", "Throughput", "p50.persist"])
    func refuses(text: String) {
        #expect(Metric(text: text) == nil)
    }

    @Test("no two metrics share a name, and those of a stage know it")
    func areDistinct() {
        #expect(Set(Metric.all.map(\.text)).count == Metric.all.count)
        #expect(Metric(text: "request.blocked.mean")?.stage == .request)
        #expect(Metric(text: "request.blocked.mean")?.subset == .blocked)
        #expect(Metric(text: "persist.paired-share")?.dimension == .share)
        #expect(Metric(text: "throughput")?.stage == nil)
        #expect(Metric(text: "persist.count")?.dimension == .count)
    }
}
