import Experiments
import Statistics
import TraceModel

/// What being watched costs a stage: the same cell with an observer and without, block by block.
public struct ObserverCost: Sendable, Equatable {
    public var metric: Metric
    /// Nil where the metric does not depend on one.
    public var pairing: PairingKey?
    /// The cell that is watched.
    public var cellIndex: Int
    /// The value of the unwatched cell, over its processes.
    public var unwatched: Estimate
    /// Watched less unwatched, paired by block, with the 95 % interval of Student's t.
    public var difference: Estimate

    public init(metric: Metric, pairing: PairingKey?, cellIndex: Int, unwatched: Estimate, difference: Estimate) {
        self.metric = metric
        self.pairing = pairing
        self.cellIndex = cellIndex
        self.unwatched = unwatched
        self.difference = difference
    }

    /// The costs in every watched cell that has an unwatched twin, which differs from it in the factor `observer` alone; by
    /// stage, then by cell.
    ///
    /// - Parameter values: One for each cell of the plan, in its order.
    static func all(_ declaration: Declaration, plan: Plan, values: [ProcessValues]) -> [ObserverCost] {
        let stages = declaration.stages.flatMap { stage in
            [Metric.Statistic.mean, .p50].map { Metric.stage(stage, .all, $0) }
        }
        let pairs = plan.cells.compactMap { cell in twin(of: cell, in: plan).map { (watched: cell, unwatched: $0) } }
        return (stages + [.cpuPerRequest]).flatMap { metric in
            let key = ProcessValues.Key(metric, .request)
            return pairs.compactMap { pair -> ObserverCost? in
                let (watched, unwatched) = (values[pair.watched.index], values[pair.unwatched.index])
                guard let own = unwatched.estimate(key),
                    let comparison = PairedComparison(
                        baseline: unwatched.complete(key), candidate: watched.complete(key))
                else { return nil }
                return ObserverCost(
                    metric: metric, pairing: key.pairing, cellIndex: pair.watched.index, unwatched: own,
                    difference: comparison.difference)
            }
        }
    }

    private static func twin(of cell: Cell, in plan: Plan) -> Cell? {
        guard !cell.observerNames.isEmpty, cell.choices.contains(where: { $0.factor == Observer.parameter }) else {
            return nil
        }
        func others(_ cell: Cell) -> [LevelChoice] { cell.choices.filter { $0.factor != Observer.parameter } }
        return plan.cells.first { $0.observerNames.isEmpty && others($0) == others(cell) }
    }
}
