import Experiments
import Gating

/// The files of one comparison, ready to be written into a folder of its own.
public struct ComparisonReport: Sendable, Equatable {
    /// `report.md`, `comparison.json`, `junit.xml`, `bencher.json`, `smaller-is-better.json`, `bigger-is-better.json`, then the
    /// plot that the report shows.
    public let files: [ReportFile]

    /// - Parameter origin: The path of the plot is set here.
    public init(of outcome: GateOutcome, origin: GateMarkdown.Origin = .init()) {
        var origin = origin
        origin.plot = Self.plot
        files = [
            ReportFile(path: "report.md", text: GateMarkdown(of: outcome, origin: origin).text),
            ReportFile(path: "comparison.json", text: StoredOutcome(of: outcome).json),
            ReportFile(path: "junit.xml", text: JUnitXML(of: outcome).text),
            ReportFile(path: "bencher.json", text: BencherMetricFormat(of: outcome).text),
            ReportFile(
                path: "smaller-is-better.json", text: GitHubActionBenchmarkJSON(of: outcome, .higherIsWorse).text),
            ReportFile(path: "bigger-is-better.json", text: GitHubActionBenchmarkJSON(of: outcome, .lowerIsWorse).text),
            ReportFile(path: Self.plot, text: ForestPlot(of: outcome).svg),
        ]
    }

    private static let plot = "plots/effects.svg"
}
