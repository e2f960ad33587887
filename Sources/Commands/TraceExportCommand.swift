import ArgumentParser
import Exporting
import Pairing
import Quantities
import TraceModel

/// `assay trace export`: writes a trace in a format that other programs read.
struct TraceExportCommand: AsyncParsableCommand {
    /// What is written.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case perfetto, csv, json, hdrhistogram, percentiles
    }

    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Writes a trace in a format that other programs read.",
        discussion: """
            perfetto      for https://ui.perfetto.dev: a track an OS thread with its events, arrows from event to event of a \
            request, and below the thread that they began on the stages as slices
            csv           all events, with a line of titles
            json          all events as JSON lines, which 'assay import --from json-lines' reads back
            hdrhistogram  an HdrHistogram log, version 1.3: the durations of each stage in the measured window, by request, under \
            the stage's name as tag
            percentiles   the percentile distribution that HdrHistogram's plotters read, of the one --stage, in milliseconds

            docs/traces.md describes them. The file is there whole or not at all. Of a damaged trace what can be read is written, \
            and the exit status is 65.
            """)

    @Argument(help: "A trace file.", completion: .file())
    var trace: String

    @Option(help: "What is written.")
    var format: Format

    @Option(name: .shortAndLong, help: "The file that is written. (default: standard output)", completion: .file())
    var output: String?

    @Option(help: "With percentiles: the stage. (default: request)")
    var stage: Stage?

    @Option(help: "With hdrhistogram: how long each interval is, as 1s. (default: the whole window)")
    var interval: String?

    func validate() throws {
        if stage != nil && format != .percentiles {
            throw ValidationError("--stage does nothing with --format \(format.rawValue); leave it out")
        }
        if interval != nil && format != .hdrhistogram {
            throw ValidationError("--interval does nothing with --format \(format.rawValue); leave it out")
        }
    }

    func run() async throws {
        try await reportingFailures { try await Interruption.cancelling { try export() } }
    }

    private func export() throws {
        let interval = try intervalNanoseconds()
        try OutputFile.requireUsable(output, reading: trace)
        if format == .perfetto, output ?? "-" == "-", StandardStream.output.isTerminal {
            throw Failure(.usage, "a Perfetto trace is no text for a terminal; name a file with -o")
        }
        let opened = try OpenedTrace(path: trace)
        try OutputFile.write(to: output) { write in
            let negative = try export(opened, interval: interval, write)
            if negative > 0 {
                StandardStream.error.write(
                    "assay: \(opened.path): \(negative) spans that ended before they began are left out\n")
            }
        }
        try opened.requireWhole()
    }

    /// - Returns: How many spans the format could not hold.
    private func export(
        _ trace: OpenedTrace, interval: Int64?, _ write: ([UInt8]) throws -> Void
    ) throws -> Int {
        let (events, header, writes) = (trace.reader.events, trace.reader.header, trace.writes)
        switch format {
        case .csv:
            var exporter = CSVEvents()
            try exporter.export(events, write)
        case .json:
            var exporter = JSONLinesEvents(header: header)
            try exporter.export(events, write)
        case .perfetto:
            let whole = TraceWindow(start: trace.outline.first, end: trace.outline.last)
            var exporter = PerfettoExporter(header: header, window: whole, writes: writes)
            try exporter.export(events, write)
            return exporter.negativeCount
        case .hdrhistogram:
            var exporter = HistogramLogExporter(
                header: header, outline: trace.outline, writes: writes, interval: interval)
            try exporter.export(events, write)
            return exporter.negativeCount
        case .percentiles:
            var exporter = PercentileExporter(stage: stage ?? .request, window: trace.window, writes: writes)
            // Nothing is written where there is nothing to say.
            for event in events { exporter.add(event) }
            guard exporter.durationCount > 0 else {
                throw Failure(
                    .noInput,
                    "\(trace.path): no \((stage ?? .request).rawValue) was finished in the measured window; see with 'assay "
                        + "trace summary' which stages the trace has")
            }
            exporter.finish()
            try write(exporter.bytes)
            return exporter.negativeCount
        }
        return 0
    }

    private func intervalNanoseconds() throws(Failure) -> Int64? {
        guard let interval else { return nil }
        let nanoseconds: Int64
        do {
            nanoseconds = try Duration(text: interval).inNanoseconds
        } catch {
            throw Failure(.usage, "--interval: \(error)")
        }
        guard nanoseconds >= 1_000_000 else {
            throw Failure(.usage, "--interval: '\(interval)' is shorter than 1ms, the shortest allowed")
        }
        return nanoseconds
    }
}
