import ArgumentParser
import Experiments

/// `assay run`: runs experiments and writes their reports.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Runs experiments, each trial in a process of its own, and writes their reports.",
        discussion: """
            The trials of an experiment run one after the other, in blocks: every cell once a block, in an order drawn \
            from the seed. A finished trial is on the disk before the next one starts, so nothing that was finished is \
            ever lost: after a crash or Ctrl-C, `assay run --resume` runs only what is missing. While a trial runs on the \
            wall clock, the machine is watched. In the end each trial of the bundled simulator is run once more in virtual \
            time, where no machine disturbs it. The exit status tells whether the trials ran, not what they showed: the \
            answers stand in the report, and `assay audit` turns the verdict into an exit status. An experiment with observers needs \
            bpftrace and root; where its canary finds no way to attach, the experiment is not run, its report says why, and the \
            others go on.
            """)

    @OptionGroup var choice: ExperimentChoice

    @Option(help: "The folder of results; each experiment has a folder of its own there.", completion: .directory)
    var results = "Results"

    @Flag(help: "Go on with the newest run of each experiment, if it is not complete, instead of beginning a new one.")
    var resume = false

    func run() async throws {
        try await reportingFailures {
            let experiments = try await DeclaredExperiment.read(choice.files)
            let session = try ExperimentSession(choice: choice, results: results, isResuming: resume)
            let status = try await Interruption.cancelling { try await session.run(experiments) }
            if status != .success { throw ExitCode(status.rawValue) }
        }
    }
}
