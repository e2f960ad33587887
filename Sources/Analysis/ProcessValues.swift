import Experiments
import Statistics
import TraceModel

/// The values that one cell's processes gave, one for each metric and pairing: the unit of every interval and test.
public struct ProcessValues: Sendable, Equatable {
    /// A metric under a pairing; the pairing is nil where the metric does not depend on one.
    public struct Key: Sendable, Hashable {
        public var metric: Metric
        public var pairing: PairingKey?

        public init(_ metric: Metric, _ pairing: PairingKey?) {
            self.metric = metric
            self.pairing = metric.dependsOnPairing ? pairing : nil
        }
    }

    /// One process's value, with the block that it ran in: values of one block are compared as pairs.
    public typealias Value = PairedComparison.BlockValue

    private var values: [Key: [Value]] = [:]
    private var granularities: [Key: [Double]] = [:]
    private let hidden: [Key: Double]
    private let openShares: [TraceMeasurement.Sample: Double]
    /// How many processes were analysed, whether or not each metric could be computed from each of them.
    public private(set) var processCount = 0

    /// - Parameters:
    ///   - hidden: The metrics that nobody knows from above, because too many of the cell's spans were open when the window
    ///     closed, each with the share of those; what processes give for them is not taken.
    ///   - openShares: The shares of spans that were open when the window closed, 0…1.
    public init(hidden: [Key: Double] = [:], openShares: [TraceMeasurement.Sample: Double] = [:]) {
        self.hidden = hidden
        self.openShares = openShares
    }

    /// The share of a stage's spans that were open when the window closed; 0 where it is not known.
    func openShare(_ sample: TraceMeasurement.Sample) -> Double { openShares[sample] ?? 0 }

    /// The share of spans that were open when the window closed, where they leave the metric unknown; nil elsewhere.
    public func hidingShare(_ key: Key) -> Double? { hidden[key] }

    /// Adds one process. A metric that the process could not carry is absent from its values.
    ///
    /// - Parameter granularities: For metrics that are made from counts, by how much one event more or less would have
    ///   changed the value.
    public mutating func add(
        block: Int, values processValues: [Key: Double], granularities processGranularities: [Key: Double] = [:]
    ) {
        processCount += 1
        for (key, granularity) in processGranularities { granularities[key, default: []].append(granularity) }
        for (key, value) in processValues where hidden[key] == nil {
            values[key, default: []].append(Value(block: block, value: value))
        }
    }

    /// The values of a metric by block, in the order of the blocks; empty unless every process gave one.
    ///
    /// A metric that only some processes can carry is not summarised from those: they would be a biased choice.
    public func complete(_ key: Key) -> [Value] {
        guard let found = values[key], found.count == processCount else { return [] }
        return found.sorted { $0.block < $1.block }
    }

    /// The mean over processes with the 95 % interval, for a metric that every process gave; nil otherwise.
    public func estimate(_ key: Key) -> Estimate? {
        let found = complete(key).map(\.value)
        guard !found.isEmpty else { return nil }
        var estimate = Estimate(processValues: found)
        estimate.interval = interval(key, confidence: 0.95)
        return estimate
    }

    /// The interval for the mean over processes; nil below two processes.
    ///
    /// Student's t, with two corrections that only widen or only cut what cannot be. Where the value is made from counts,
    /// the interval reaches at least three events over all processes to either side: processes that agree to the last
    /// event say no more than that (the rule of three, Hanley & Lippman-Hand 1983, doi:10.1001/jama.1983.03330370053031).
    /// It does not reach below zero, nor, for a share, above one.
    public func interval(_ key: Key, confidence: Double) -> Interval? {
        let found = complete(key).map(\.value)
        guard !found.isEmpty else { return nil }
        let estimate = Estimate(processValues: found)
        guard let plain = estimate.interval(confidence: confidence) else { return nil }
        let steps = granularities[key] ?? []
        let step = steps.isEmpty ? 0 : steps.reduce(0, +) / Double(steps.count)
        let margin = max(plain.upperBound - estimate.value, 3 * step / Double(found.count))
        let ceiling = key.metric.dimension == .share ? 1 : Double.infinity
        let bounds = (estimate.value - margin, estimate.value + margin)
        // Values that are themselves outside, as a negative duration of a damaged trace, keep their interval.
        return Interval(
            lowerBound: found.contains { $0 < 0 } ? bounds.0 : max(0, bounds.0),
            upperBound: estimate.value > ceiling ? bounds.1 : min(ceiling, bounds.1))
    }

    /// How many processes gave a value.
    public func count(_ key: Key) -> Int { values[key]?.count ?? 0 }
}
