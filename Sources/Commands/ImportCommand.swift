import Archiving
import ArgumentParser
import Importing
import SystemPackage
import TraceModel

/// `assay import`: makes a trace of what other programs recorded.
struct ImportCommand: AsyncParsableCommand {
    /// What is read.
    enum Source: String, ExpressibleByArgument, CaseIterable {
        case jsonLines = "json-lines"
        case perfScript = "perf-script"
        case openTelemetry = "opentelemetry"
    }

    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Makes a trace of what other programs recorded.",
        discussion: """
            json-lines     an event a line, as 'assay trace export --format json' writes it
            perf-script    what 'perf script --ns' prints of the USDT probes of provider isim
            opentelemetry  spans as OTLP/JSON; a span named request, queue-wait, persist or persist-async is that stage, and \
            --span gives other names to them, as in --span persist=db.insert

            docs/traces.md describes them. The trace can be summed up, followed and audited as any other. Events may come in any \
            order: up to 10 000 000 of them are sorted in memory. What cannot be read is counted, the first of it is said with \
            its line, and the trace holds the count as events dropped, which the audits judge; the exit status is then 1. The \
            file is there whole or not at all.
            """)

    @Argument(help: "The file to read; '-' for standard input.", completion: .file())
    var file: String

    @Option(name: .customLong("from"), help: "What it is.")
    var source: Source

    @Option(name: .shortAndLong, help: "The trace that is written.", completion: .file())
    var output: String

    @Option(help: "With opentelemetry: STAGE=NAME, another name for the spans of a stage; may be given several times.")
    var span: [String] = []

    func validate() throws {
        if !span.isEmpty && source != .openTelemetry {
            throw ValidationError("--span does nothing with --from \(source.rawValue); leave it out")
        }
        if output == "-" { throw ValidationError("a trace is no text for standard output; name a file with -o") }
    }

    func run() async throws {
        try await reportingFailures {
            let names: SpanNames
            do {
                names = try SpanNames(span)
            } catch {
                throw Failure(.usage, "--span: \(error)")
            }
            try OutputFile.requireUsable(output, reading: path)
            let events: ImportedEvents
            switch source {
            case .jsonLines: events = try read(JSONLinesImporter())
            case .perfScript: events = try read(PerfScriptImporter())
            case .openTelemetry: events = try read(OpenTelemetryImporter(names: names))
            }
            let report = ImportReport(events, file: file, source: source.rawValue)
            guard !events.events.isEmpty else { throw Failure(.badData, report.nothingFound) }
            // Until here a signal ends the process, and nothing is left of it.
            try await Interruption.cancelling { try write(events) }
            StandardStream.output.write("\(report.sentence): \(output)\n")
            for warning in report.warnings { StandardStream.error.write("assay: \(file): \(warning)\n") }
            if events.lostCount > 0 { throw ExitCode(ExitStatus.doubtful.rawValue) }
        }
    }

    /// Where the lines are.
    private var path: String { file == "-" ? "/dev/stdin" : file }

    private func read(_ importer: some EventImporter) throws -> ImportedEvents {
        var (importer, events, number) = (importer, ImportedEvents(), 0)
        // Documents of OpenTelemetry may be one long line.
        let bytesMaximum = source == .openTelemetry ? OpenTelemetryImporter.documentBytesMaximum : 1 << 20
        var lines = LineSplitter(bytesMaximum: bytesMaximum)
        func take(_ line: ArraySlice<UInt8>?) {
            number += 1
            guard let line else { return events.refuseLine(number, longerThan: bytesMaximum) }
            importer.add(line, number: number, to: &events)
        }
        do {
            try FileSystem.readChunks(of: FilePath(path)) { lines.add($0, take) }
        } catch ArchiveError.unread(_, let error) {
            throw Failure(
                .noInput,
                "\(file): cannot be read: \(error.description.lowercased()); check the path and its permissions")
        }
        lines.finish(take)
        importer.finish(&events)
        return events
    }

    private func write(_ imported: ImportedEvents) throws {
        let source = imported.source ?? .init()
        let encoder = TraceEncoder(
            description: source.description, clock: source.clock, process: source.process,
            startNanosecondsSinceEpoch: source.startNanosecondsSinceEpoch, eventsDropped: imported.lostCount,
            origin: .imported)
        let events = imported.sorted()
        try OutputFile.explaining(output) {
            let file = try NewFile(at: FilePath(output))
            // The header counts the chunks, and is written when they are.
            try file.append([UInt8](repeating: 0, count: TraceFormat.headerBytes))
            let chunkCount = try encoder.encodeChunks(of: events) { chunk in
                try OutputFile.requireNotStopped(output)
                try file.append(chunk)
            }
            try file.overwriteStart(encoder.header(chunkCount: chunkCount, eventCount: events.count))
            try file.finish()
        }
    }
}
