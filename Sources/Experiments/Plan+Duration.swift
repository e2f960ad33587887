extension Plan {
    /// How long all trials take if none fails: each one's warm-up and window, and what a process needs besides.
    ///
    /// - Parameter overhead: What starting, stopping and storing a trial takes.
    public func durationEstimate(overhead: Duration = .milliseconds(200)) -> Duration {
        let trial = Duration.nanoseconds(schedule.warmUpNanoseconds + schedule.measureNanoseconds) + overhead
        return trial * trials.count
    }
}
