import Quantities
import Recording
import Simulation

/// The figures of a run. All are of the measured window, but for the peak, which is the process's, and the events, which
/// are the trace's.
struct RunReport {
    /// Nil if the run was ended before its window opened: then nothing was measured.
    let outcome: WindowOutcome?
    /// Whether times are simulated; CPU time never is.
    let isVirtual: Bool
    let cpuSeconds: Double
    let allocated: AllocationTotals
    let peakResidentBytes: UInt64?
    /// Nil without a trace.
    let recorded: RecorderReport?
    /// What recording one event costs here; nil where nothing was recorded in real time.
    let recordingNanoseconds: Double?
    let seed: UInt64

    /// One line for a person.
    var line: String {
        let trace = recorded.map {
            "\(grouped($0.eventsRecorded)) events recorded, \(grouped($0.eventsDropped)) dropped"
        }
        guard let outcome else {
            return (["ended in the warm-up: nothing was measured", trace, "seed \(seed)"] as [String?])
                .compactMap(\.self).joined(separator: "; ")
        }
        let counts = outcome.counts
        let parts: [String?] = [
            "\(grouped(counts.requestsStarted)) requests started, \(grouped(counts.requestsDone)) done, "
                + "\(grouped(outcome.requestsOpen)) open",
            outcome.requestsOverdue > 0 ? "\(grouped(outcome.requestsOverdue)) due, not sent" : nil,
            "\(grouped(counts.blocked)) blocked, \(grouped(counts.nonblocked)) not",
            "\(grouped(counts.writesStarted)) writes started, \(grouped(counts.writesDone)) done",
            "\(grouped(counts.negativeDraws)) draws below zero",
            "\(cpuSeconds.fixed(3)) s CPU",
            "\(grouped(allocated.allocations)) allocations, \(grouped(allocated.allocatedBytes)) bytes",
            peakResidentBytes.map { "peak \(grouped($0 / 1024)) KiB" },
            trace,
            "seed \(seed)",
        ]
        return "measured \(outcome.elapsed.inSeconds.fixed(3)) s\(isVirtual ? " of virtual time" : ""): "
            + parts.compactMap(\.self).joined(separator: "; ")
    }

    /// One JSON object with the numbers; what is not known is `null`.
    var json: String {
        let counts = outcome?.counts ?? EventCounts()
        let members: [(String, String)] = [
            ("requestsStarted", "\(counts.requestsStarted)"),
            ("requestsDone", "\(counts.requestsDone)"),
            ("requestsOpen", "\(outcome?.requestsOpen ?? 0)"),
            ("requestsOverdue", "\(outcome?.requestsOverdue ?? 0)"),
            ("blocked", "\(counts.blocked)"),
            ("nonblocked", "\(counts.nonblocked)"),
            ("writesStarted", "\(counts.writesStarted)"),
            ("writesDone", "\(counts.writesDone)"),
            ("measuredSeconds", "\(outcome?.elapsed.inSeconds ?? 0)"),
            ("cpuSeconds", "\(cpuSeconds)"),
            ("negativeDraws", "\(counts.negativeDraws)"),
            ("seed", "\(seed)"),
            ("allocations", "\(allocated.allocations)"),
            ("allocatedBytes", "\(allocated.allocatedBytes)"),
            ("peakResidentBytes", peakResidentBytes.map { "\($0)" } ?? "null"),
            ("eventsRecorded", "\(recorded?.eventsRecorded ?? 0)"),
            ("eventsDropped", "\(recorded?.eventsDropped ?? 0)"),
            ("recordingNanoseconds", recordingNanoseconds.map { $0.fixed(2) } ?? "null"),
        ]
        return "{" + members.map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}"
    }
}

/// The number with a thin gap between groups of three digits, as in 12 345.
private func grouped(_ number: some BinaryInteger) -> String {
    var text = ""
    for (index, digit) in String(number).reversed().enumerated() {
        if index > 0 && index % 3 == 0 { text.append("\u{2009}") }
        text.append(digit)
    }
    return String(text.reversed())
}
