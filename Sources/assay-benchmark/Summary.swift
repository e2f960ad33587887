import Archiving
import CProcess
import Glibc
import Quantities
import Running
import SystemPackage

/// The table of all measures that have a bound, below a line that says where and when they were taken. It stands last in
/// the output, from its heading to the end.
struct Summary {
    private let loadAverage: Double?
    private let provenance: Provenance
    private let usableCPUCount = Int(process_usable_cpu_count())

    /// Looks at the machine; to be made before anything is measured.
    init() async {
        var averages = [0.0]
        loadAverage = getloadavg(&averages, 1) == 1 ? averages[0] : nil
        provenance = await ProvenanceCollector.collect(program: "/proc/self/exe")
    }

    func print(_ results: [BenchmarkResult]) {
        Swift.print("## Performance")
        Swift.print("")
        Swift.print("\(circumstances).")
        if let loadAverage, loadAverage > 0.5 * Double(usableCPUCount) {
            Swift.print("")
            Swift.print(
                "**The machine was busy when the run began: a bound may be missed, or a ratio be off, for that alone.**"
            )
        }
        Swift.print("")
        BenchmarkResult.printTable(results.filter(\.isInSummary))
        Swift.print("")
        Swift.print(Self.legend)
    }

    private var circumstances: String {
        let revision = provenance.revision.map { revision in
            "revision \(revision.prefix(12))\(provenance.revisionIsModified == true ? " with changes" : "")"
        }
        return [
            provenance.processorModel ?? "unknown CPU", "\(usableCPUCount) CPUs usable",
            provenance.kernel ?? "unknown kernel",
            provenance.toolchain ?? "unknown toolchain", revision ?? "unknown revision", today,
            "load average at the start \(loadAverage?.fixed(2) ?? "unknown")",
        ].joined(separator: "; ")
    }

    private var today: String {
        var now = time(nil)
        var calendar = tm()
        gmtime_r(&now, &calendar)
        func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(calendar.tm_year + 1900)-\(two(calendar.tm_mon + 1))-\(two(calendar.tm_mday))"
    }

    private static let legend = """
        Figures are the median (range) of repetitions in which a measure and its floor or peer took turns; the ratio is of \
        the medians. *Overshoot*: how much later than asked a sleeper goes on. *Workers*: the OS threads of Assay's own \
        executor; *spin*: an idle worker watches the clock for so long before a deadline. *Bare C loop*: one OS thread that \
        serves the same timetable with `clock_nanosleep`; for a trial, `posix_spawn` and `wait4` and nothing else. *Task.sleep* and \
        *default executor*: Swift's own. *In place*: into \
        memory that the thread has at hand. *Audit of a trace*: CPU time from opening the file to the findings, pairing by \
        request and by thread, stages and histograms among it; *the same pairing alone*: of the same events, decoded and in \
        order as Parquet, by the faster of Polars and DuckDB on one thread. *Memory a client*: peak resident size with so many clients less that with one, \
        a client.
        """
}
