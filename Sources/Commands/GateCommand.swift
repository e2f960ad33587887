import ArgumentParser
import Comparing
import Gating
import Reporting

/// `assay gate`: says for CI whether a change is worse.
struct GateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gate",
        abstract: "Says whether a change is worse than its bands allow: pass, fail or inconclusive.",
        discussion: """
            The declaration's section 'gate' names the metrics, and how much of a change of each does not matter. Three ways:

              assay gate --baseline main my.yaml    in pairs, against a revision or program
              assay gate Experiments/simulator-gate.yaml
                  against Baselines/simulator-gate.json: exact in virtual time, and on
                  the wall clock a prediction from three sessions or more

            'fail' needs the whole interval beyond the band, confirmed on fresh pairs; 'pass' needs all of it inside; a \
            measurement that is invalid can be neither. The exit status is the verdict: 0 pass, 3 fail, 4 inconclusive; 1 where \
            a side gave no figures at all, so that there is none.

            Results/NAME-comparison has the report, and files for CI: JUnit XML, Bencher Metric Format and others. Where \
            GITHUB_STEP_SUMMARY is set a summary is added to that file, and where GITHUB_ACTIONS is 'true' \
            annotations are printed.
            """)

    @OptionGroup var sides: ComparisonOptions

    @Option(
        help: ArgumentHelp(
            "The stored baseline to hold it against, where no --baseline is given. (default: the experiment's name)",
            valueName: "name"))
    var against: String?

    @OptionGroup var folder: BaselineCommand.Folder

    func run() async throws {
        try await reportingFailures {
            if !sides.baseline.isEmpty, against != nil {
                throw Failure(.usage, "--baseline runs pairs and --against names a stored baseline; give one of them")
            }
            let outcome: GateOutcome
            do {
                outcome =
                    try await sides.baseline.isEmpty
                    ? sides.holdAgainstStored(named: against, in: folder.store) : sides.compare(requiringGate: true)
            } catch ComparisonError.broken(let side) {
                GateAnnouncement.write(side)
                throw ComparisonError.broken(side)
            }
            StandardStream.output.write(GateReport(of: outcome).text)
            GateAnnouncement.write(outcome)
            let status = ExitStatus(outcome.verdict)
            if status != .success { throw ExitCode(status.rawValue) }
        }
    }
}

extension ExitStatus {
    /// The status that stands for a gate's verdict.
    init(_ verdict: GateVerdict) {
        self =
            switch verdict {
            case .pass: .success
            case .fail: .worse
            case .inconclusive: .inconclusive
            }
    }
}
