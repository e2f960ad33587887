// From counters to figures. The window of a trial begins and ends between two samples, so a total is interpolated there:
// the counters are taken to run evenly for the tenth of a second in between, which over a window of seconds is wrong by
// a hundredth at the very most. Outside the samples nothing is extrapolated; what is not known at both ends is nil.
//
// "All CPU time" is the window's length times the CPUs online, not the sum of what the kernel booked: with accounting by
// ticks it books nothing for much of what runs for less than a tick. (Measured: 125 clients used 0.38 s, and 0.31 s were
// booked as busy for the whole machine.) Idle time is counted exactly, so what others used is all that was neither idle
// nor stolen nor the program's.

/// What the machine did in one window of time, as shares and counts. Nil is unknown; 0 is known.
public struct EnvironmentFigures: Sendable, Equatable {
    /// Of all CPU time: had something to run while the host ran another machine. 0…1.
    public var stealShare: Double?
    /// Of all CPU time: used by others than the program, the kernel and the harness among them. 0…1.
    public var otherLoadShare: Double?
    /// Of all CPU time: used by the program. 0…1.
    public var programShare: Double?
    /// Mean over the samples in the window of the threads that run or wait for a CPU, the program's among them.
    public var runnableMean: Double?
    /// Their largest number in a sample in the window.
    public var runnableMaximum: Int?
    /// Of the window: at least one thread of the machine, the program's among them, waited for a CPU. 0…1.
    public var cpuPressureShare: Double?
    /// Of the window: at least one thread waited for memory. 0…1.
    public var memoryPressureShare: Double?
    /// Of the window: at least one thread waited for input or output. 0…1.
    public var ioPressureShare: Double?
    /// Context switches of the machine, a second.
    public var contextSwitchesPerSecond: Double?
    /// Pages that went to or came from swap. Counts are interpolated at the window's ends, hence no whole numbers.
    public var swappedPages: Double?
    /// Page faults of the machine that read from a disk.
    public var majorFaults: Double?
    /// Those of the program.
    public var programMajorFaults: Double?
    /// How often CPUs slowed down for heat, summed over CPUs.
    public var coreThrottlings: Double?
    /// How often a control group held the program back for having used up its share of CPU time.
    public var groupThrottlings: Double?
    /// Of all CPU time: held back so, summed over the groups. 0…1.
    public var groupThrottledShare: Double?
    /// The lowest frequency of any CPU in a sample in the window, in hertz.
    public var lowestFrequency: Double?

    /// Throttlings of both kinds: of the one kind alone where the machine tells only of that, nil where of neither.
    public var throttlings: Double? {
        if coreThrottlings == nil && groupThrottlings == nil { return nil }
        return (coreThrottlings ?? 0) + (groupThrottlings ?? 0)
    }

    /// A window of which nothing is known.
    public init() {}

    /// Reduces samples to a window, both ends in nanoseconds of `CLOCK_MONOTONIC`.
    ///
    /// A window that does not lie wholly within the samples, or has no length, has no shares and counts.
    ///
    /// - Complexity: Linear in the number of samples.
    public init(of samples: EnvironmentSamples, startNanoseconds start: Int64, endNanoseconds end: Int64) {
        let window = Window(samples: samples.samples, start: start, end: end)
        let inside = samples.samples.filter { start <= $0.nanoseconds && $0.nanoseconds <= end }
        let runnable = inside.compactMap(\.runnableCount)
        if !runnable.isEmpty {
            runnableMean = Double(runnable.reduce(0, +)) / Double(runnable.count)
            runnableMaximum = runnable.max().map(Int.init)
        }
        lowestFrequency = inside.compactMap(\.lowestFrequencyKilohertz).min().map { Double($0) * 1000 }
        guard let window else { return }
        setShares(window)
        cpuPressureShare = window.pressureShare(\.cpuPressureMicroseconds)
        memoryPressureShare = window.pressureShare(\.memoryPressureMicroseconds)
        ioPressureShare = window.pressureShare(\.ioPressureMicroseconds)
        contextSwitchesPerSecond = window.growth(\.contextSwitchCount).map { $0 / (window.nanoseconds / 1e9) }
        swappedPages = window.growth(\.swappedPageCount)
        majorFaults = window.growth(\.majorFaultCount)
        programMajorFaults = window.growth(\.programMajorFaultCount)
        coreThrottlings = window.growth(\.coreThrottleCount)
        groupThrottlings = window.growth(\.groupThrottleCount)
    }

    /// Shares of all CPU time.
    private mutating func setShares(_ window: Window) {
        guard let all = window.cpuNanoseconds else { return }
        let (idle, steal) = (window.growth(\.idleNanoseconds), window.growth(\.stealNanoseconds))
        let program = window.growth(\.programNanoseconds)
        let throttled = window.growth(\.groupThrottledMicroseconds)
        // Clocks of different steps disagree by some hundredths of a second, which must not show as less than none.
        func share(_ nanoseconds: Double) -> Double { min(max(nanoseconds / all, 0), 1) }
        stealShare = steal.map(share)
        programShare = program.map(share)
        groupThrottledShare = throttled.map { share($0 * 1000) }
        if let idle, let steal, let program { otherLoadShare = share(all - idle - steal - program) }
    }
}

/// A window within the samples.
private struct Window {
    let nanoseconds: Double
    private let start: Edge
    private let end: Edge
    /// The CPUs online, if their number is known and never changed.
    private let cpuCount: Int64?

    /// A moment between two samples, or at one.
    private struct Edge {
        let before: EnvironmentSample
        let after: EnvironmentSample
        /// How far the moment lies from the one to the other. 0…1.
        let fraction: Double

        init?(_ samples: [EnvironmentSample], at nanoseconds: Int64) {
            guard let index = samples.firstIndex(where: { $0.nanoseconds >= nanoseconds }) else { return nil }
            after = samples[index]
            if after.nanoseconds == nanoseconds {
                (before, fraction) = (after, 0)
                return
            }
            guard index > 0 else { return nil }
            before = samples[index - 1]
            fraction =
                Double(nanoseconds - before.nanoseconds) / Double(after.nanoseconds - before.nanoseconds)
        }

        func value(_ counter: KeyPath<EnvironmentSample, Int64?>) -> (base: Int64, rest: Double)? {
            guard let from = before[keyPath: counter], let to = after[keyPath: counter] else { return nil }
            return (from, Double(to - from) * fraction)
        }
    }

    init?(samples: [EnvironmentSample], start: Int64, end: Int64) {
        guard start < end, let first = Edge(samples, at: start), let last = Edge(samples, at: end) else { return nil }
        (self.start, self.end) = (first, last)
        nanoseconds = Double(end - start)
        let counts = Set(
            samples.filter {
                first.before.nanoseconds <= $0.nanoseconds && $0.nanoseconds <= last.after.nanoseconds
            }.map(\.cpuCount))
        cpuCount = counts.count == 1 ? counts.first ?? nil : nil
    }

    /// By how much a counter grew; nil where it is unknown at either end.
    func growth(_ counter: KeyPath<EnvironmentSample, Int64?>) -> Double? {
        guard let from = start.value(counter), let to = end.value(counter) else { return nil }
        // Whole numbers first: a counter of years of nanoseconds has more digits than a Double.
        return Double(to.base - from.base) + (to.rest - from.rest)
    }

    /// All CPU time of the window.
    var cpuNanoseconds: Double? { cpuCount.map { nanoseconds * Double($0) } }

    /// Of the window, by a counter of microseconds. The kernel books pressure late by a little, so the share is cut at 1.
    func pressureShare(_ counter: KeyPath<EnvironmentSample, Int64?>) -> Double? {
        growth(counter).map { min(max($0 * 1000 / nanoseconds, 0), 1) }
    }
}
