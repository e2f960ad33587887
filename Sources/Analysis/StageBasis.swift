import Auditing
import Experiments
import Statistics

/// What the figures of a stage rest on: how much the sample is worth, what was left open, how it started, what lies far out,
/// and what of it is the machine's.
public struct StageBasis: Sendable, Equatable {
    /// The share of the spans that were open when the window closed, 0…1.
    public var openShare: Double
    /// Whether the maximum is the age of a span that was open: it lasts at least so long.
    public var isMaximumOpen: Bool
    /// Nil with fewer than two processes, or where no process has two spans.
    public var worth: SampleWorth?
    /// The 95 % intervals of the pooled percentiles, with processes as clusters; without those that cannot be had.
    public var pooledIntervals: [Metric.Statistic: Interval]
    /// Of all spans of all processes together; nil where there are none.
    public var outliers: TukeyClasses?
    /// Nil where no process has enough spans for the rule of the warm-up.
    public var startUp: StartUp?
    /// For mean, p50 and p99, where trials have a twin in virtual time.
    public var machineAdded: [MachineAdded]

    public init(
        openShare: Double = 0, worth: SampleWorth? = nil, pooledIntervals: [Metric.Statistic: Interval] = [:],
        outliers: TukeyClasses? = nil, startUp: StartUp? = nil, machineAdded: [MachineAdded] = [],
        isMaximumOpen: Bool = false
    ) {
        self.isMaximumOpen = isMaximumOpen
        self.openShare = openShare
        self.worth = worth
        self.pooledIntervals = pooledIntervals
        self.outliers = outliers
        self.startUp = startUp
        self.machineAdded = machineAdded
    }

    /// Whether so many spans are open that the mean and the maximum are lower bounds.
    public var hasLowerBounds: Bool { openShare > CensoredSample.noticeableShare }
}

/// How much values that come from several processes tell of their mean.
public struct SampleWorth: Sendable, Equatable {
    public var processCount: Int
    public var valueCount: Int
    /// The share of the variance that lies between processes, 0…1.
    public var betweenShare: Double
    /// How much larger the variance of the pooled mean is than if all values were independent; 1 or more.
    public var designEffect: Double
    /// How many independent values would tell as much.
    public var effectiveCount: Double

    public init(
        processCount: Int, valueCount: Int, betweenShare: Double, designEffect: Double, effectiveCount: Double
    ) {
        self.processCount = processCount
        self.valueCount = valueCount
        self.betweenShare = betweenShare
        self.designEffect = designEffect
        self.effectiveCount = effectiveCount
    }

    /// Nil with fewer than two processes, or where no process has two values.
    init?(_ processes: [DurationSample]) {
        let present = processes.filter { !$0.isEmpty }
        guard let components = VarianceComponents(processes: present.map(\.moments)) else { return nil }
        self.init(
            processCount: present.count, valueCount: present.reduce(0) { $0 + $1.count },
            betweenShare: components.betweenShare, designEffect: components.designEffect,
            effectiveCount: components.effectiveSampleSize)
    }
}

/// What the rule of the warm-up found of a stage's processes.
public struct StartUp: Sendable, Equatable {
    /// How many processes there are of each class; every class has a number.
    public var classes: [WarmUpAnalysis.Course: Int]
    /// From the first event to where the steady part begins, in nanoseconds: the longest of the processes that had a
    /// start-up; nil where none had one.
    public var longestNanoseconds: Double?
    /// Processes that settled only within the window, or never.
    public var lateCount: Int
    /// What the numbers were cut at: from the first event to the window's opening, in nanoseconds; the longest.
    public var cutNanoseconds: Double
    /// The p99 with the warm-up twice as long over the p99 as it is; nil where it cannot be had.
    public var doubledCutRatio: Estimate?

    public init(
        classes: [WarmUpAnalysis.Course: Int], longestNanoseconds: Double?, lateCount: Int, cutNanoseconds: Double,
        doubledCutRatio: Estimate?
    ) {
        self.classes = classes
        self.longestNanoseconds = longestNanoseconds
        self.lateCount = lateCount
        self.cutNanoseconds = cutNanoseconds
        self.doubledCutRatio = doubledCutRatio
    }
}

/// A figure of a stage on the machine, in virtual time, and what parts them, in nanoseconds.
public struct MachineAdded: Sendable, Equatable {
    public var statistic: Metric.Statistic
    public var wallNanoseconds: Double
    public var virtualNanoseconds: Double
    /// The paired difference over trials.
    public var added: Estimate

    public init(statistic: Metric.Statistic, wallNanoseconds: Double, virtualNanoseconds: Double, added: Estimate) {
        self.statistic = statistic
        self.wallNanoseconds = wallNanoseconds
        self.virtualNanoseconds = virtualNanoseconds
        self.added = added
    }
}
