import ArgumentParser

/// `assay`: runs declared latency experiments and says how far their numbers can be trusted.
public struct AssayCommand: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "assay",
        abstract: "Runs declared latency experiments and says how far their numbers can be trusted.",
        discussion: """
            An experiment is a YAML file: a question, a program, what to vary, and what is expected. Every trial runs in \
            a process of its own; the data are audited before a number is printed.

              assay doctor                                   what about this machine will disturb timing
              assay plan Experiments/client-counts.yaml      what would run, in which order, for how long
              assay run Experiments/client-counts.yaml       run it and write Results/client-counts/report.md
              assay run --resume Experiments/*.yaml          go on after a crash or Ctrl-C
              assay audit Results/client-counts              how far a result or a trace can be trusted, and why
              assay selftest                                 which audit catches which fault, from what size on
              assay trace summary FILE                       one trace by itself
              assay trace follow FILE --slowest 3            single requests, from event to event across threads
              assay trace export FILE --format perfetto      a trace for other programs to read
              assay import FILE --from json-lines -o TRACE   what other programs recorded, as a trace

            Results go to standard output, progress and warnings to standard error. Exit statuses:

            \(ExitStatus.table)
            """,
        version: "0.1.0",
        subcommands: [
            DoctorCommand.self, PlanCommand.self, RunCommand.self, ReportCommand.self, AuditCommand.self,
            SelftestCommand.self, TraceCommand.self, ImportCommand.self,
        ])

    public init() {}
}
