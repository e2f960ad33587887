import Glibc

/// Nanoseconds of `CLOCK_MONOTONIC`, the clock that workers wait on.
func monotonicNanoseconds() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
}

/// The instant a duration after another one; the end of time where the sum would be past it.
func deadline(_ duration: Int64, after now: Int64) -> Int64 {
    let (sum, isPastTheEnd) = now.addingReportingOverflow(duration)
    return isPastTheEnd ? .max : sum
}
