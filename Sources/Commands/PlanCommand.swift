import ArgumentParser
import Experiments
import Reporting

/// `assay plan`: prints what would run, and runs nothing.
struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Prints the trials of experiments without running them.")

    @OptionGroup var choice: ExperimentChoice

    func run() async throws {
        try await reportingFailures {
            for experiment in try await DeclaredExperiment.read(choice.files) {
                let plan = try Planner.plan(
                    experiment.declaration, profile: choice.profile ?? ExperimentChoice.fullProfile,
                    seed: choice.seed ?? 1, digest: experiment.digest)
                StandardStream.output.write(PlanReport(of: plan, estimate: plan.durationEstimate()).text)
            }
        }
    }
}

/// The options that say which experiments are meant, and how long they are to take.
struct ExperimentChoice: ParsableArguments {
    static let fullProfile = "full"

    @Argument(
        help: "Experiments: YAML files, as in Experiments/client-counts.yaml.", completion: .file(extensions: ["yaml"]))
    var files: [String]

    @Option(help: "How often and how long: 'full', or a profile that the declaration names. (default: full)")
    var profile: String?

    @Option(
        help: "What the order of the trials and their own seeds are drawn from, 0…18446744073709551615. (default: 1)")
    var seed: UInt64?
}
