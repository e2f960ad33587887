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
              assay compare --baseline main my.yaml          two programs, revisions or parameters, in pairs
              assay gate my.yaml                             whether a change is worse, for CI
              assay selftest                                 which audit catches which fault, from what size on
              assay trace summary FILE                       one trace by itself

            Results go to standard output, progress and warnings to standard error. Exit statuses:

            \(ExitStatus.table)
            """,
        version: "0.1.0",
        subcommands: [
            DoctorCommand.self, PlanCommand.self, RunCommand.self, ReportCommand.self, AuditCommand.self,
            CompareCommand.self, GateCommand.self, BaselineCommand.self, SelftestCommand.self, TraceCommand.self,
        ])

    public init() {}
}
