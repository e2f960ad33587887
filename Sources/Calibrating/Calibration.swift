// A gate is trusted for what it does with data of which the truth is known. Here thousands of sessions on a synthetic machine
// go through the very code that judges real ones, a block at a time as it asks for them. Each session draws from a stream of
// its own name, so that neither their order nor the number of tasks changes a figure.

import Experiments
import Gating
import Statistics

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Sessions of which the truth is known, for a gate to judge.
public struct Calibration: Sendable {
    public struct Condition: Sendable {
        /// Of the sessions' streams: equal names have equal machines.
        public var name: String
        /// What the candidate takes more, as a share.
        public var effect: Double
        public var design: SequentialDesign
        public var hasControl = false
        /// Whether the common rules judge the pairs that the gate saw.
        public var comparesRules = false
        /// Whether Welch's test on the processes' means is looked at until it says something, at the gate's own looks.
        public var peeks = false

        public init(_ name: String, effect: Double, design: SequentialDesign) {
            self.name = name
            self.effect = effect
            self.design = design
        }
    }

    public var machine = SyntheticMachine()
    public var band = Band(.relative(0.01))
    public var seed: UInt64 = 1

    public init() {}

    /// What comes of so many sessions, on so many tasks.
    public func tally(_ condition: Condition, sessions: Int, tasks: Int) async -> Tally {
        await Self.merged(tasks: tasks) { task in
            var session = GateSession(design: condition.design)
            var tally = Tally()
            for index in stride(from: task, to: sessions, by: tasks) {
                tally.merge(run(index, condition, on: &session))
            }
            return tally
        }
    }

    /// What the common rules say of sides that ran one after the other instead of in pairs, so many processes each.
    public func oneAfterTheOther(processes: Int, sessions: Int, tasks: Int) async -> Tally {
        await Self.merged(tasks: tasks) { task in
            var tally = Tally()
            for index in stride(from: task, to: sessions, by: tasks) {
                var session = SyntheticSession(
                    machine: machine, effect: 0, seed: seed, name: "one after the other/\(index)")
                let baseline = (0..<processes).map { _ in session.process(isCandidate: false) }
                let candidate = (0..<processes).map { _ in session.process(isCandidate: true) }
                tally.sessions += 1
                tally.judge(baseline, candidate)
            }
            return tally
        }
    }

    /// The standard deviation of ln(candidate/baseline) in pairs without an effect, by metric.
    public func spreads(pairs count: Int) -> [(metric: String, deviation: Double)] {
        let session = SyntheticSession(machine: machine, effect: 0, seed: seed, name: "spreads")
        var pairs = SyntheticPairs(session, band: band, hasControl: false)
        pairs.run(to: count)
        return pairs.series.map { series in
            let ratios = PairedComparison(
                baseline: series.pairs.map { .init(block: $0.block, value: $0.baseline) },
                candidate: series.pairs.map { .init(block: $0.block, value: $0.candidate) })?.ratio?.processValues
            return (series.metric, Moments((ratios ?? []).map { log($0) }).standardDeviation ?? 0)
        }
    }

    private func run(_ index: Int, _ condition: Condition, on gate: inout GateSession) -> Tally {
        let session = SyntheticSession(
            machine: machine, effect: condition.effect, seed: seed, name: "\(condition.name)/\(index)")
        var pairs = SyntheticPairs(session, band: band, hasControl: condition.hasControl)
        var tally = Tally()
        tally.sessions = 1
        // A session asks at most once a look.
        while true {
            switch gate.next(after: pairs.series, blocks: pairs.count) {
            case .run(let count, let phase):
                tally.suspicions = phase == .confirming ? 1 : 0
                pairs.run(to: count)
                continue
            case .finished(let decision):
                tally.verdicts = [decision.verdict: 1]
                tally.pairs = decision.pairCount
                tally.controlAlarms = decision.nullControl?.hasAlarmed == true ? 1 : 0
            }
            break
        }
        if condition.comparesRules { tally.judge(pairs.baseline, pairs.candidate) }
        if condition.peeks {
            pairs.run(to: condition.design.maximumPairs)
            tally.peek(pairs, at: condition.design)
        }
        return tally
    }

    private static func merged(tasks: Int, _ work: @escaping @Sendable (Int) -> Tally) async -> Tally {
        await withTaskGroup(of: Tally.self) { group in
            for task in 0..<tasks { group.addTask { work(task) } }
            var sum = Tally()
            for await tally in group { sum.merge(tally) }
            return sum
        }
    }
}

extension Tally {
    fileprivate mutating func judge(_ baseline: [SyntheticSession.Process], _ candidate: [SyntheticSession.Process]) {
        let (ours, theirs) = (baseline.flatMap(\.durations), candidate.flatMap(\.durations))
        welchOnRuns.add(
            CommonRules.welch(baseline: Moments(ours.map(Double.init)), candidate: Moments(theirs.map(Double.init))))
        mannWhitneyOnRuns.add(CommonRules.mannWhitney(baseline: ours, candidate: theirs))
        welchOnProcesses.add(Self.welchOnMeans(baseline, candidate))
    }

    fileprivate mutating func peek(_ pairs: SyntheticPairs, at design: SequentialDesign) {
        for count in design.exploringLooks {
            let finding = Self.welchOnMeans(Array(pairs.baseline[..<count]), Array(pairs.candidate[..<count]))
            guard finding == .same else {
                peeking.add(finding)
                return
            }
        }
    }

    private static func welchOnMeans(
        _ baseline: [SyntheticSession.Process], _ candidate: [SyntheticSession.Process]
    ) -> RuleFinding {
        CommonRules.welch(
            baseline: Moments(baseline.map { $0.values[0] }), candidate: Moments(candidate.map { $0.values[0] }))
    }
}
