import ArgumentParser
import Experiments
import Reporting

/// `assay compare`: holds two programs, revisions or sets of parameters against each other.
struct CompareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Compares two programs, revisions or sets of parameters in randomised pairs.",
        discussion: """
            A side is the path of a program, a revision of this repository, which is built in a worktree of its own, or \
            parameters as NAME=VALUE, as often as there are any; the candidate is the program as declared where none is named.

              assay compare --baseline main my.yaml
              assay compare --baseline ./old --candidate ./new my.yaml
              assay compare --baseline permits=8 --candidate permits=16 my.yaml

            The sides of a cell run right after each other, in an order drawn for each pair, so that what the machine does, it \
            does to all of them; the baseline runs a second time in each pair, and what it seems to differ by from itself is \
            this machine's noise. It stops as soon as the verdict is sure. The verdicts are those of `assay gate`, of which the \
            exit status here says nothing: this is to look at, that is to act on.
            """)

    @OptionGroup var sides: ComparisonOptions

    func run() async throws {
        try await reportingFailures {
            let outcome = try await sides.compare()
            StandardStream.output.write(GateReport(of: outcome).text)
        }
    }
}

/// What is compared, and for how long.
struct ComparisonOptions: ParsableArguments {
    @Argument(
        help: "The experiment: a YAML file, as in Experiments/simulator-gate.yaml.",
        completion: .file(extensions: ["yaml"]))
    var experiment: String

    @Option(
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp("What there was: a program, a revision, or NAME=VALUE.", valueName: "side"))
    var baseline: [String] = []

    @Option(
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            "What is to be judged, in the same ways. (default: the program as declared)", valueName: "side"))
    var candidate: [String] = []

    @Option(help: "How long each trial is: 'full', or a profile that the declaration names. (default: full)")
    var profile: String?

    @Option(
        help: """
            The most pairs of each cell on which a verdict is looked for, 12…500; half as many more, 30 at least, may confirm a \
            failure. (default: as declared under 'gate', or 60)
            """)
    var pairs: Int?

    @Option(help: "What the order and the trials' seeds are drawn from. (default: 1)")
    var seed: UInt64?

    @Flag(
        inversion: .prefixedNo, exclusivity: .exclusive,
        help: "Run the baseline a second time in each pair, as the null control.")
    var control = true

    @Option(help: "The folder of results.", completion: .directory)
    var results = "Results"

    @Flag(help: "Go on with the newest comparison of this experiment, if it asked for the same.")
    var resume = false
}
