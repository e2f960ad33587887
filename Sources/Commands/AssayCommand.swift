import ArgumentParser

/// `assay`: runs declared latency experiments and says how far their numbers can be trusted.
public struct AssayCommand: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "assay",
        abstract: "Runs declared latency experiments and says how far their numbers can be trusted.",
        discussion: """
            An experiment is a YAML file: a question, a program, what to vary, and what is expected. Every trial runs in \
            a process of its own; the data are audited before a number is printed.

              assay doctor                                 what here will disturb timing
              assay plan Experiments/client-counts.yaml    what would run, and for how long
              assay run Experiments/client-counts.yaml     run it and write its report
              assay run --resume Experiments/*.yaml        go on after a crash or Ctrl-C
              assay audit Results/client-counts            how far to trust it, and why
              assay compare --baseline main my.yaml        two programs, in pairs
              assay gate my.yaml                           whether a change is worse
              assay selftest                               which audit catches which fault
              assay trace summary FILE                     one trace by itself
              assay trace follow FILE --slowest 3          single requests, event by event
              assay trace export FILE --format perfetto    a trace for other programs
              assay import FILE --from json-lines -o T     a trace from other programs

            Results go to standard output, progress and warnings to standard error. Exit statuses:

            \(ExitStatus.table)
            """,
        version: "0.1.0",
        subcommands: [
            DoctorCommand.self, PlanCommand.self, RunCommand.self, ReportCommand.self, AuditCommand.self,
            CompareCommand.self, GateCommand.self, BaselineCommand.self, SelftestCommand.self, TraceCommand.self,
            ImportCommand.self,
        ])

    public init() {}

    /// The process from its command line on: ends it with one of ``ExitStatus``.
    public static func start() async {
        if let complaint = UnknownCommand.complaint(about: CommandLine.arguments.dropFirst()) {
            StandardStream.error.write("assay: \(complaint)\n")
            exit(withError: ExitCode(ExitStatus.usage.rawValue))
        }
        do {
            var command = try await asyncParseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch  where exitCode(for: error) == .success {
            // Help and the version, of which the parser would not tell that they could not be written.
            let message = fullMessage(for: error)
            if !message.isEmpty { StandardStream.output.write(message + "\n") }
        } catch {
            exit(withError: error)
        }
    }
}
