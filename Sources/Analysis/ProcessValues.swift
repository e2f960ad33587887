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
    /// How many processes were analysed, whether or not each metric could be computed from each of them.
    public private(set) var processCount = 0

    public init() {}

    /// Adds one process. A metric that the process could not carry is absent from its values.
    public mutating func add(block: Int, values processValues: [Key: Double]) {
        processCount += 1
        for (key, value) in processValues {
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

    /// How many processes gave a value.
    public func count(_ key: Key) -> Int { values[key]?.count ?? 0 }
}
