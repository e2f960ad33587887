import TraceModel

/// Something that is measured once a process and can be compared over cells.
public enum Metric: Sendable, Equatable, Hashable {
    /// A statistic of a stage's durations, in nanoseconds, as in `persist.p50` or `request.blocked.mean`.
    case stage(Stage, Subset, Statistic)
    /// Requests done a second of the measured window: `throughput`.
    case throughput
    /// Writes done a second of the measured window: `write-throughput`.
    case writeThroughput
    /// Blocked requests among those that reached the data processor in the window: `blocked-share`, 0…1.
    case blockedShare
    /// Spans made among the stage's start events, 0…1, as in `persist.paired-share`.
    case pairedShare(Stage)
    /// Spans whose start and done happened on different OS threads, 0…1, as in `persist.changed-thread-share`.
    case changedThreadShare(Stage)
    /// CPU time of the process in the window a request done, in nanoseconds: `cpu-per-request`.
    case cpuPerRequest
    /// Largest resident set of the process, in bytes: `peak-memory`.
    case peakMemory
    /// From starting the process to its end, in nanoseconds: `wall-time`.
    case wallTime
    /// CPU time of the process and the children that it waited for, user and system, in nanoseconds: `cpu-time`.
    case cpuTime
    /// A figure that the program prints of itself, in the unit of its dimension, under the name declared.
    case reported(ReportedMetric)

    /// Which requests of a stage are meant.
    public enum Subset: String, Sendable, CaseIterable, Codable {
        case all, blocked, nonblocked
    }

    public enum Statistic: String, Sendable, CaseIterable, Codable {
        case mean
        case standardDeviation = "standard-deviation"
        case minimum
        case p50, p90, p99
        case maximum
        case count
    }

    public enum Dimension: String, Sendable, Equatable, Codable {
        case duration, rate, share, count, bytes
    }

    /// What a value of this metric is measured in.
    public var dimension: Dimension {
        switch self {
        case .stage(_, _, .count): .count
        case .stage, .cpuPerRequest, .wallTime, .cpuTime: .duration
        case .throughput, .writeThroughput: .rate
        case .blockedShare, .pairedShare, .changedThreadShare: .share
        case .peakMemory: .bytes
        case .reported(let metric): metric.unit.dimension
        }
    }

    /// Whether the value depends on how starts and dones are paired.
    public var dependsOnPairing: Bool {
        switch self {
        case .stage, .pairedShare, .changedThreadShare: true
        case .throughput, .writeThroughput, .blockedShare, .cpuPerRequest, .peakMemory, .wallTime, .cpuTime, .reported:
            false
        }
    }

    /// The stage that it is measured on; nil for metrics of the process as a whole.
    public var stage: Stage? {
        switch self {
        case .stage(let stage, _, _), .pairedShare(let stage), .changedThreadShare(let stage): stage
        case .throughput, .writeThroughput, .blockedShare, .cpuPerRequest, .peakMemory, .wallTime, .cpuTime, .reported:
            nil
        }
    }

    /// The requests that it is measured on.
    public var subset: Subset {
        if case .stage(_, let subset, _) = self { subset } else { .all }
    }

    /// The name as declarations and CSV files write it.
    public var text: String {
        switch self {
        case .stage(let stage, .all, let statistic): "\(stage.rawValue).\(statistic.rawValue)"
        case .stage(let stage, let subset, let statistic): "\(stage.rawValue).\(subset.rawValue).\(statistic.rawValue)"
        case .throughput: "throughput"
        case .writeThroughput: "write-throughput"
        case .blockedShare: "blocked-share"
        case .pairedShare(let stage): "\(stage.rawValue).paired-share"
        case .changedThreadShare(let stage): "\(stage.rawValue).changed-thread-share"
        case .cpuPerRequest: "cpu-per-request"
        case .peakMemory: "peak-memory"
        case .wallTime: "wall-time"
        case .cpuTime: "cpu-time"
        case .reported(let metric): metric.name
        }
    }

    /// What a trace and its process give, in the order that help and errors list them.
    public static let ofTrace: [Metric] = {
        var metrics: [Metric] = []
        for stage in Stage.allCases {
            for subset in Subset.allCases {
                metrics += Statistic.allCases.map { .stage(stage, subset, $0) }
            }
            metrics += [.pairedShare(stage), .changedThreadShare(stage)]
        }
        return metrics + [.throughput, .writeThroughput, .blockedShare, .cpuPerRequest, .peakMemory]
    }()

    /// What any process gives.
    public static let ofProcess: [Metric] = [.wallTime, .cpuTime, .peakMemory]

    /// Every metric whose name is known beforehand; those that programs print are known by their declarations.
    public static let all = ofTrace + ofProcess.filter { !ofTrace.contains($0) }

    /// The metric of that name, or nil.
    public init?(text: String) {
        guard let metric = Self.all.first(where: { $0.text == text }) else { return nil }
        self = metric
    }
}
