import Analysis
import ArgumentParser
import Reporting
import TraceModel

/// `assay trace`: reads traces.
struct TraceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trace", abstract: "Reads one trace by itself.",
        subcommands: [
            TraceSummaryCommand.self, TraceFollowCommand.self, TraceListCommand.self, TraceHeadCommand.self,
            TraceFilterCommand.self, TraceExportCommand.self,
        ])
}

/// `assay trace summary`: prints counts, stages and histograms of one trace, by request and by thread.
struct TraceSummaryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "summary",
        abstract: "Prints counts, stages and histograms of one trace, by request and by thread.",
        discussion: """
            A trace that is damaged or was cut off is summed up to the damage: the summary says what is missing, and a \
            damaged file gives exit status 65.
            """)

    @Argument(help: "A trace file.", completion: .file())
    var trace: String

    func run() async throws {
        try await reportingFailures {
            try StoredTraces.refuseFolder(trace)
            let reader = try TraceReader(path: trace)
            let summary = TraceSummarizer.summary(of: reader, fileName: trace)
            StandardStream.output.write(TraceReport(of: summary, columns: StandardStream.output.columns).text)
            if let problem = reader.problems.first { throw Failure(.badData, problem.description) }
        }
    }
}
