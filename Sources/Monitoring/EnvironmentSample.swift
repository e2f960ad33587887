/// What the machine's counters showed at one moment. A counter that this machine does not tell of is nil, never 0.
///
/// The counters are totals since some moment of their own, but for those that say otherwise: only differences between
/// samples have a meaning.
public struct EnvironmentSample: Sendable, Equatable {
    /// `CLOCK_MONOTONIC`, when the sample was begun.
    public var nanoseconds: Int64
    /// CPUs that are online at that moment.
    public var cpuCount: Int64?
    /// Time that CPUs ran something, over all CPUs. Where the kernel counts by its ticks it misses a good part of what runs
    /// for less than a tick; figures are made from what is not ``idleNanoseconds``, which it counts exactly.
    public var busyNanoseconds: Int64?
    /// Time that CPUs had nothing to run, over all CPUs, waiting for input and output included.
    public var idleNanoseconds: Int64?
    /// Time that CPUs had something to run and the host ran another machine on them, over all CPUs.
    public var stealNanoseconds: Int64?
    /// Threads that run or wait for a CPU at that moment, the sampler left out.
    public var runnableCount: Int64?
    public var contextSwitchCount: Int64?
    /// Time in which at least one thread waited for a CPU (pressure stall information, `some`).
    public var cpuPressureMicroseconds: Int64?
    /// The same for threads that waited for memory.
    public var memoryPressureMicroseconds: Int64?
    /// The same for threads that waited for input or output.
    public var ioPressureMicroseconds: Int64?
    /// Pages written to or read from swap.
    public var swappedPageCount: Int64?
    /// Page faults of the whole machine that had to read from a disk.
    public var majorFaultCount: Int64?
    /// User and system time of the program's process and of the children that it has waited for.
    public var programNanoseconds: Int64?
    public var programMinorFaultCount: Int64?
    public var programMajorFaultCount: Int64?
    /// How often CPUs slowed down because they were hot, summed over CPUs; those of one core count its events each.
    public var coreThrottleCount: Int64?
    /// How often a control group of the program had used up its share of CPU time, summed over the groups.
    public var groupThrottleCount: Int64?
    public var groupThrottledMicroseconds: Int64?
    /// The frequency of the slowest CPU at that moment.
    public var lowestFrequencyKilohertz: Int64?
    /// The CPU time that taking this sample cost; no total.
    public var samplingNanoseconds: Int64?

    /// A sample in which nothing is known.
    public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }
}
