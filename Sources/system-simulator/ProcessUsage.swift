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

/// The largest resident size that the process has had, from `VmHWM` of `/proc/self/status`; nil where the kernel does
/// not tell.
func peakResidentBytes() -> UInt64? {
    guard let file = fopen("/proc/self/status", "re") else { return nil }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, Int32(line.count), file) != nil {
        let text = line.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
        guard text.hasPrefix("VmHWM:") else { continue }
        return text.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { UInt64($0) }.map { $0 * 1024 }
    }
    return nil
}
