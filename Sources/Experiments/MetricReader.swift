import Quantities
import TraceModel

/// Reads the names of metrics, which must be of stages that the declaration lists.
struct MetricReader {
    let problems: ProblemList
    let program: Program
    let stages: [Stage]

    func metric(named text: String, at position: SourcePosition) -> Metric? {
        guard let metric = program.metrics.first(where: { $0.text == text }) else {
            let names = program.metrics.map(\.text)
            guard program.source == .trace else {
                problems.add(
                    "unknown metric \(text.quoted) of 'metrics: \(program.source.rawValue)'"
                        + NearestName.advice(for: text, among: names), at: position)
                return nil
            }
            let nearest = nearestName(to: text, among: names).map { "; did you mean '\($0)'?" } ?? ";"
            problems.add(
                "unknown metric \(text.quoted)\(nearest) a metric is STAGE.STATISTIC, request.blocked.STATISTIC, "
                    + "STAGE.paired-share, STAGE.changed-thread-share, throughput, write-throughput, blocked-share, "
                    + "cpu-per-request or peak-memory", at: position)
            return nil
        }
        if let stage = metric.stage, !stages.contains(stage) {
            problems.add(
                "'\(text)' is of the stage '\(stage.rawValue)', which 'stages' does not list: add it there, or use one "
                    + "of \(stages.map(\.rawValue).joined(separator: ", "))", at: position)
            return nil
        }
        if metric.subset != .all, metric.stage != .request, metric.stage != .queueWait {
            problems.add(
                "'\(text)': blocked and nonblocked are told apart for request and queue-wait only", at: position)
            return nil
        }
        return metric
    }
}
