import Analysis
import Archiving
import Experiments
import Reporting
import SystemPackage
import TraceModel

/// Analyses a stored run, writes its report, and says on standard output where it is and what it came to.
struct ReportPublisher {
    let results: FilePath

    func publish(_ archive: RunArchive, _ declaration: Declaration) throws {
        let summary = try Self.summary(archive, declaration)
        let folder = try ReportFolder(experiment: declaration.name, in: results)
        try folder.publish(Report(of: summary).files.map { ($0.path, $0.bytes) })
        StandardStream.output.write(Self.line(summary, folder.path.appending("report.md").string) + "\n")
    }

    /// Says in the experiment's report, and on standard error, that it was not run.
    ///
    /// - Parameter reason: As a whole sentence.
    func publishNotRun(_ declaration: Declaration, reason: String) throws {
        let folder = try ReportFolder(experiment: declaration.name, in: results)
        let report = NotRunReport(of: declaration, reason: reason, remedy: ObserverHindrance.remedy)
        try folder.publish(report.files.map { ($0.path, $0.bytes) })
        StandardStream.error.write("assay: \(declaration.name) is not run: \(reason)\n")
        StandardStream.output.write("\(declaration.name): not run: \(folder.path.appending("report.md"))\n")
    }

    /// Reads the run's traces and sums them up; on a terminal with the progress on standard error.
    static func summary(_ archive: RunArchive, _ declaration: Declaration) throws -> ExperimentSummary {
        let clock = ContinuousClock()
        let start = clock.now
        var progress = ReadingProgress(isTerminal: StandardStream.error.isTerminal, write: StandardStream.error.write)
        defer { progress.end() }
        return try ExperimentAnalyzer(archive: archive, declaration: declaration).summary {
            progress.reading($0, of: $1, after: start.duration(to: clock.now))
        }
    }

    /// As in `client-counts: 9 supported, 1 refuted, 2 undecided; by request trusted, by thread invalid: Results/…`.
    static func line(_ summary: ExperimentSummary, _ path: String) -> String {
        let answers = [HypothesisOutcome.Answer.supported, .refuted, .undecided].map { answer in
            "\(summary.hypotheses.filter { $0.answer == answer }.count) \(answer.rawValue)"
        }
        let verdicts =
            summary.verdict.byPairing.map { "by \($0.pairing.rawValue) \($0.level.rawValue)" }
            + (summary.verdict.ofProcesses.map { ["figures \($0.rawValue)"] } ?? [])
        return "\(summary.declaration.name): \(answers.joined(separator: ", ")); "
            + "\(verdicts.joined(separator: ", ")): \(path)"
    }
}
