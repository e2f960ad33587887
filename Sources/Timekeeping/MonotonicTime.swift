import CProcess

/// Nanoseconds of `CLOCK_MONOTONIC`, the clock that workers wait on.
func monotonicNanoseconds() -> Int64 { process_monotonic_nanoseconds() }

/// The instant a duration after another one; the end of time where the sum would be past it.
func deadline(_ duration: Int64, after now: Int64) -> Int64 {
    let (sum, isPastTheEnd) = now.addingReportingOverflow(duration)
    return isPastTheEnd ? .max : sum
}
