import ArgumentParser
import Exporting
import Following
import Quantities
import Reporting
import TraceModel

/// How events are printed.
struct EventFormatOptions: ParsableArguments {
    @Flag(help: "Print comma-separated values, with times as they are in the trace, in nanoseconds.")
    var csv = false

    @Flag(help: "Print a JSON object a line, as 'assay import --from json-lines' reads it.")
    var json = false

    func validate() throws {
        if csv && json { throw ValidationError("--csv and --json are two formats; choose one") }
    }
}

/// Prints the events of a trace that a filter lets pass.
struct EventLister {
    let trace: OpenedTrace
    let format: EventFormatOptions
    /// How many are printed at most; nil for all.
    let limit: Int?

    /// - Returns: How many were printed.
    func list(where passes: (Event) -> Bool) -> Int {
        if format.csv { return list(CSVEvents(), where: passes) }
        if format.json { return list(JSONLinesEvents(header: trace.reader.header), where: passes) }
        return list(AlignedEvents(EventTable(origin: trace.outline.first)), where: passes)
    }

    private func list(_ exporter: consuming some EventExporter, where passes: (Event) -> Bool) -> Int {
        var count = 0
        // Nothing is printed, not even titles, where no event passes.
        for event in trace.reader.events where passes(event) {
            exporter.add(event)
            count += 1
            if exporter.bytes.count >= Self.pieceBytes { flush(&exporter) }
            if count == limit { break }
        }
        if count > 0 { flush(&exporter) }
        return count
    }

    private func flush(_ exporter: inout some EventExporter) {
        StandardStream.output.write(bytes: exporter.bytes)
        exporter.bytes.removeAll(keepingCapacity: true)
    }

    private static let pieceBytes = 65_536
}

/// The aligned lines as an exporter like the others.
private struct AlignedEvents: EventExporter {
    private let table: EventTable
    var bytes: [UInt8]

    init(_ table: EventTable) {
        self.table = table
        bytes = Array(table.header.utf8)
    }

    mutating func add(_ event: Event) { bytes += table.line(of: event).utf8 }

    mutating func finish() {}
}

/// `assay trace list`: prints all events.
struct TraceListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Prints all events of a trace, in the order of time.",
        discussion: """
            Times are seconds since the trace's first event; with --csv and --json they are the nanoseconds of the trace's \
            own clock.
            """)

    @Argument(help: "A trace file.", completion: .file())
    var trace: String

    @OptionGroup var format: EventFormatOptions

    func run() async throws {
        try await reportingFailures {
            let trace = try OpenedTrace(path: trace)
            _ = EventLister(trace: trace, format: format, limit: nil).list { _ in true }
            try trace.requireWhole()
        }
    }
}

/// `assay trace head`: prints the first events.
struct TraceHeadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "head", abstract: "Prints the first events of a trace.")

    @Argument(help: "A trace file.", completion: .file())
    var trace: String

    @Option(name: .customShort("n"), help: "How many events, from 1.")
    var count = 10

    @OptionGroup var format: EventFormatOptions

    func validate() throws {
        guard count >= 1 else { throw ValidationError("-n: \(count) is less than 1") }
    }

    func run() async throws {
        try await reportingFailures {
            let trace = try OpenedTrace(path: trace)
            _ = EventLister(trace: trace, format: format, limit: count).list { _ in true }
            try trace.requireWhole()
        }
    }
}

/// `assay trace filter`: prints the events that are asked for.
struct TraceFilterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "filter", abstract: "Prints the events of a trace that are asked for.",
        discussion: """
            An event is printed if it passes all options; of one that is given several times it has to pass one.

              assay trace filter TRACE --kind persist-start --client 3
              assay trace filter TRACE --from 1s --to 1.5s --thread 4711
              assay trace filter TRACE --stage persist --longer-than p99

            With --longer-than, all events of the requests whose stage took longer are printed; of an identifier that is used \
            again, those of all its uses. Where nothing passes, what the trace holds is said, with exit status 66.
            """)

    @Argument(help: "A trace file.", completion: .file())
    var trace: String

    @Option(help: "A kind of event, as request-start.")
    var kind: [EventKind] = []

    @Option(help: "The identifier of a request.")
    var request: [UInt64] = []

    @Option(help: "The number of a client.")
    var client: [UInt32] = []

    @Option(help: "The number of an OS thread.")
    var thread: [UInt32] = []

    @Option(help: "The earliest time since the trace's first event, as 1.5s.")
    var from: String?

    @Option(help: "The latest time since the trace's first event, as 2s.")
    var to: String?

    @Option(help: "The stage that --longer-than is about. (default: request)")
    var stage: RequestStage?

    @Option(help: "The events of requests whose stage took longer than a percentile, as p99, or a duration, as 5ms.")
    var longerThan: String?

    @Option(name: .customShort("n"), help: "How many events at most, from 1. (default: all)")
    var count: Int?

    @OptionGroup var format: EventFormatOptions

    func validate() throws {
        if let count, count < 1 { throw ValidationError("-n: \(count) is less than 1") }
        if stage != nil && longerThan == nil {
            throw ValidationError("--stage does nothing without --longer-than; add it, as in --longer-than p99")
        }
    }

    func run() async throws {
        try await reportingFailures {
            var filter = try filter()
            let threshold = try longerThan.map { text throws(Failure) in
                try Threshold(option: "--longer-than", text: text)
            }
            let trace = try OpenedTrace(path: trace)
            if let threshold {
                let slow = try trace.explaining {
                    try WayFinder(outline: trace.outline, writes: trace.writes).requests(
                        above: threshold, stage: stage?.stage ?? .request, in: trace.reader.events)
                }
                filter.requests = request.isEmpty ? slow : filter.requests.intersection(slow)
                if filter.requests.isEmpty { throw nothingFound(trace) }
            }
            let passing = filter
            let printed = EventLister(trace: trace, format: format, limit: count).list {
                passing.passes($0, since: trace.outline.first)
            }
            if printed == 0 { throw nothingFound(trace) }
            try trace.requireWhole()
        }
    }

    private func nothingFound(_ trace: OpenedTrace) -> Failure {
        Failure(
            .noInput,
            "\(trace.path): no event passes the filter; \(TraceInventory(of: trace.reader.events).sentence); ask for what "
                + "is among it")
    }

    private func filter() throws(Failure) -> EventFilter {
        var filter = EventFilter()
        filter.kinds = Set(kind)
        filter.requests = Set(request)
        filter.clients = Set(client)
        filter.threads = Set(thread)
        filter.earliest = try Self.nanoseconds("--from", from)
        filter.latest = try Self.nanoseconds("--to", to)
        if let earliest = filter.earliest, let latest = filter.latest, earliest > latest {
            throw Failure(.usage, "--from \(from ?? "") is later than --to \(to ?? ""); exchange them")
        }
        return filter
    }

    private static func nanoseconds(_ option: String, _ text: String?) throws(Failure) -> Int64? {
        guard let text else { return nil }
        do {
            return try Duration(text: text).inNanoseconds
        } catch {
            throw Failure(.usage, "\(option): \(error)")
        }
    }
}

extension EventKind: ExpressibleByArgument {
    /// By its name, as in `persist-start`.
    public init?(argument: String) {
        guard let kind = EventKind.allCases.first(where: { $0.name == argument }) else { return nil }
        self = kind
    }

    public var defaultValueDescription: String { name }

    public static var allValueStrings: [String] { allCases.map(\.name) }

    /// None: the argument parser's own would be the numbers that traces hold, under which it finds no name.
    public static var allValueDescriptions: [String: String] { [:] }
}
