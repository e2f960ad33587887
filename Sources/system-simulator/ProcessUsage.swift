import CProcess
import Glibc

/// What the process has used so far.
struct ProcessUsage: Sendable {
    /// User and system time of all threads, in seconds.
    var cpuSeconds: Double
    var allocated: AllocationTotals

    static func now(_ counter: AllocationCounter) -> ProcessUsage {
        ProcessUsage(cpuSeconds: Double(process_cpu_microseconds()) / 1_000_000, allocated: counter.read())
    }
}

/// The largest resident size that the process has had; nil where the kernel does not tell.
func peakResidentBytes() -> UInt64? { UInt64(exactly: process_peak_resident_bytes()) }
