extension Plan {
    /// How long the trials on the wall clock take if none fails: each one's warm-up and window, and what a process needs
    /// besides. Those in virtual time are not in it: they take what their work takes, which nobody knows before.
    ///
    /// What a command takes that is not told how long to run, nobody knows beforehand: then the overhead alone is counted.
    ///
    /// - Parameter overhead: What starting, stopping and storing a trial takes.
    public func durationEstimate(overhead: Duration = .milliseconds(200)) -> Duration {
        let wall = Duration.nanoseconds(schedule.warmUpNanoseconds + schedule.measureNanoseconds)
        return (wall + overhead) * (trials.count - virtualTrialCount)
    }

    /// Whether the schedule says how long a trial runs. A command that takes no `{measure}` runs as long as its work takes.
    public var isScheduled: Bool { schedule.measureNanoseconds > 0 }

    /// How many of the trials run in virtual time.
    public var virtualTrialCount: Int {
        let indices = virtualCellIndices
        return trials.count { indices.contains($0.cellIndex) }
    }

    /// The cells that run in virtual time: there warm-up and window take no time of their own.
    public var virtualCellIndices: Set<Int> {
        Set(cells.filter { $0.isVirtual(of: program) }.map(\.index))
    }
}
