import Gating

/// The files of a comparison that has no verdict, since a side gave no figures: what people read, and what CI counts.
public struct BrokenReport: Sendable, Equatable {
    /// `report.md` and `junit.xml`.
    public let files: [ReportFile]

    /// - Parameter startedAt: ISO 8601, UTC.
    public init(of broken: BrokenSide, startedAt: String) {
        let blocks: [Markdown] = [
            "# Comparison: \(broken.experiment)", "## Verdict", "**None**", "\(broken.description).",
        ]
        files = [
            ReportFile(path: "report.md", text: blocks.map(\.source).joined(separator: "\n\n") + "\n"),
            ReportFile(path: "junit.xml", text: JUnitXML.text(of: broken, startedAt: startedAt)),
        ]
    }
}
