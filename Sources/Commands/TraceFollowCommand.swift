import ArgumentParser
import Following
import Quantities
import Reporting
import TraceModel

/// `assay trace follow`: prints the way of single requests through a trace.
struct TraceFollowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "follow",
        abstract: "Follows single requests from event to event, whatever thread they run on.",
        discussion: """
            Prints a request's whole way through client, network, queue, store and back: the time since its start, the OS \
            thread and the CPU at every event, each change of thread marked, its stages, and what became of a write that outlives \
            it.

              assay trace follow TRACE --request 17                  this request
              assay trace follow TRACE --slowest 3                   the three slowest
              assay trace follow TRACE --slowest 3 --stage persist   of the slowest writes
              assay trace follow TRACE --stage persist --above p99   whose write was slow
              assay trace follow TRACE --above 5ms                   longer than 5 ms

            Slowest and above are among what the summary counts: the measured window, where what was open when it closed has \
            the age that it had then. The trace is read once or up to three times, and never held whole. A trace that holds \
            nothing of what was asked for gives exit status 66.
            """)

    @Argument(help: "A trace file.", completion: .file())
    var trace: String

    @Option(help: "The identifier of a request.")
    var request: UInt64?

    @Option(help: "How many of the slowest requests, 1 to 1000.")
    var slowest: Int?

    @Option(help: "The stage that makes a request slow.")
    var stage = RequestStage(stage: .request)

    @Option(help: "Those above a percentile of the stage, as p99, or above a duration, as 5ms.")
    var above: String?

    @Option(help: "With --above: how many are printed, the slowest first, 1 to 1000. (default: 10)")
    var atMost: Int?

    func validate() throws {
        let count = [request != nil, slowest != nil, above != nil].count { $0 }
        guard count == 1 else {
            throw ValidationError("name one of --request, --slowest and --above; \(count) are given")
        }
        guard request == nil || stage.stage == .request else {
            throw ValidationError("--stage does nothing with --request; leave it out")
        }
        guard atMost == nil || above != nil else {
            throw ValidationError("--at-most does nothing without --above; leave it out")
        }
        for (name, number) in [("--slowest", slowest ?? 1), ("--at-most", atMost ?? 1)] {
            guard (1...SlowestSpans.countMaximum).contains(number) else {
                throw ValidationError("\(name): \(number) is not from 1 to \(SlowestSpans.countMaximum)")
            }
        }
    }

    func run() async throws {
        try await reportingFailures {
            let choice = try choice()
            let trace = try OpenedTrace(path: trace)
            let selection = try trace.explaining {
                try WayFinder(
                    outline: trace.outline, writes: trace.writes, traceIsIncomplete: trace.isIncomplete
                ).selection(
                    choice, stage: stage.stage, in: trace.reader.events)
            }
            StandardStream.output.write(
                FollowReport(
                    of: selection, choice: choice, stage: stage.stage, fileName: trace.path,
                    isSimulated: trace.isSimulated, columns: StandardStream.output.columns
                ).text)
            try trace.requireWhole()
        }
    }

    private func choice() throws -> WayFinder.Choice {
        if let request { return .request(request) }
        if let slowest { return .slowest(slowest) }
        return .above(try Threshold(option: "--above", text: above ?? ""), atMost: atMost ?? 10)
    }
}

/// A stage that a request can be chosen by.
struct RequestStage: ExpressibleByArgument {
    let stage: Stage

    init(stage: Stage) { self.stage = stage }

    /// Takes any stage: one that no single request has is refused with its reason, not as a word that is none.
    init?(argument: String) {
        guard let stage = Stage(rawValue: argument) else { return nil }
        self.init(stage: stage)
    }

    var defaultValueDescription: String { stage.rawValue }

    static var allValueStrings: [String] { WayFinder.stages.map(\.rawValue) }

    static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
}

extension Threshold {
    /// - Throws: ``Failure`` with the option's name.
    init(option: String, text: String) throws(Failure) {
        do {
            try self.init(text: text)
        } catch {
            throw Failure(.usage, "\(option): \(error)")
        }
    }
}

extension Stage: ExpressibleByArgument {}
