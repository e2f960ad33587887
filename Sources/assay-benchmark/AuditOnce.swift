import Analysis
import CProcess
import Experiments
import Foundation
import Glibc
import Statistics
import TraceModel

// Not a benchmark: one audit in a process of its own, so that its peak memory is its own.

/// What one audit of a trace took and found.
struct AuditFigures: Codable {
    /// User and system time of all threads, from before the file was opened until the findings were there.
    var cpuSeconds: Double
    /// The part of it until the file was open and examined.
    var openingCPUSeconds: Double
    /// Nil where the kernel does not tell.
    var peakResidentBytes: UInt64?
    var eventCount: Int
    /// Of the window, by stage; those that were paired by thread end in ` by thread`.
    var stages: [String: Stage]

    struct Stage: Codable {
        var count: Int
        var mean: Double
        var p50: Double
        var p99: Double
    }

    /// Opens the trace, pairs it by request and by thread, sums every stage up with its histograms, and applies the audits.
    static func audit(_ path: String) throws(TraceError) -> AuditFigures {
        let begin = process_cpu_microseconds()
        let reader = try TraceReader(path: path)
        let opened = process_cpu_microseconds()
        let summary = TraceSummarizer.summary(of: reader, fileName: path)
        let end = process_cpu_microseconds()
        var stages: [String: Stage] = [:]
        for stage in summary.stages where stage.subset == .all {
            guard let pooled = stage.pooled, let p50 = pooled.p50, let p99 = pooled.p99 else { continue }
            let name = stage.stage.rawValue + (stage.pairing == .thread ? " by thread" : "")
            stages[name] = Stage(count: pooled.count, mean: pooled.mean, p50: p50, p99: p99)
        }
        return AuditFigures(
            cpuSeconds: Double(end - begin) / 1e6, openingCPUSeconds: Double(opened - begin) / 1e6,
            peakResidentBytes: UInt64(exactly: process_peak_resident_bytes()), eventCount: reader.counts.events,
            stages: stages)
    }

    /// Audits the trace, prints the figures as JSON on one line, and ends the process.
    static func printAndExit(_ path: String) -> Never {
        do {
            let line = try JSONEncoder().encode(audit(path))
            print(String(decoding: line, as: UTF8.self))
            exit(0)
        } catch {
            complain("\(error)")
            exit(1)
        }
    }
}
