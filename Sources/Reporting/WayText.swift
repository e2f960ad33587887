import Following
import Quantities
import TraceModel

/// One request's way as lines for terminals and fenced blocks: what became of it, its events, its stages.
struct WayText {
    let lines: [String]

    /// - Parameters:
    ///   - isSimulated: Whether it went through the bundled simulator, whose parts are then named.
    ///   - columns: What sentences are wrapped to; nil for none. The tables take 80, with thread numbers of up to six digits.
    init(of way: RequestWay, isSimulated: Bool, columns: Int? = nil) {
        let longest = (way.steps.map(\.sinceStart) + way.stages.compactMap(\.elapsedNanoseconds)).max() ?? 0
        let times = WayTimes(scale: Scale.fitting(nanoseconds: Double(longest)))
        lines =
            [Self.title(of: way)]
            + Self.sentences(of: way).flatMap {
                PlainText.wrapped($0, columns: columns, indent: "  ", further: "    ")
            } + [""]
            + Self.events(of: way, times, isSimulated: isSimulated) + [""] + Self.stages(of: way, times)
    }

    private static func title(of way: RequestWay) -> String {
        let use = way.useCount > 1 ? ", use \(way.use) of \(way.useCount) of its identifier" : ""
        return "Request \(way.request) of client \(way.client)\(use)"
    }

    /// What became of the answer and of the write, and what of the way is doubtful.
    private static func sentences(of way: RequestWay) -> [String] {
        var sentences: [String] = []
        switch way.answer {
        case .done(let time):
            let began = way.stages.first { $0.stage == .request }
            sentences.append(
                began.map { "Answered after \(length(from: $0.start, to: time))." }
                    ?? "Answered; its start is not in the trace.")
        case .open where way.isCutShort: sentences.append("No answer before its identifier was used again.")
        case .open:
            sentences.append(
                "No answer: the trace ends \(length(from: way.start, to: way.traceEnd)) after the request's first event."
            )
        case .notSeen: sentences.append("Neither its start nor its answer is in the trace.")
        }
        sentences += write(of: way)
        if way.isHitByGaps {
            sentences.append("Events of the trace are missing: what is open or not seen here may be among them.")
        }
        if way.furtherDones > 0 {
            sentences.append(
                "\(way.furtherDones.counted("further end")) of it without a start: repeated, or of another use of its "
                    + "identifier.")
        }
        if way.steps.allSatisfy({ $0.event.thread == 0 }) {
            sentences.append("No OS threads are in the trace.")
        } else {
            sentences.append("\(way.threadChanges.counted("change")) of OS thread on the way.")
        }
        if way.beganBeforeLastEnded {
            sentences.append(
                "An earlier use of its identifier was still open when it began: events of both may be mixed here.")
        }
        if way.isCutShort {
            sentences.append(
                "Its identifier was used again before it ended: its end may be among the events of the next use.")
        }
        if way.eventsLeftOut > 0 {
            sentences.append("\(way.eventsLeftOut.counted("further event")) of it left out.")
        }
        return sentences
    }

    private static func write(of way: RequestWay) -> [String] {
        let write = way.stages.first { $0.stage == .persist }
        let threads = write.map { stage -> String in
            guard stage.startThread != 0, let done = stage.doneThread else { return "" }
            return stage.changesThread
                ? "; it began on OS thread \(stage.startThread) and ended on OS thread \(done)"
                : "; it began and ended on OS thread \(done)"
        }
        switch way.write {
        case .done(let time):
            guard let outlives = way.writeOutlivesRequestBy else {
                let taken = write.map { ": \(length(from: $0.start, to: time))" } ?? ""
                return ["Its write was done\(taken)\(threads ?? "")."]
            }
            return ["Its write outlived it by \(length(outlives))\(threads ?? "")."]
        case .open where way.isCutShort: return ["No end of its write before its identifier was used again."]
        case .open:
            let after = way.writeOutlivesRequestBy.map { ", \(length($0)) after the answer" } ?? ""
            return ["Its write was open when the trace ended\(after)."]
        case .notSeen: return way.answer == .open ? [] : ["It has no write in the trace."]
        }
    }

    private static func events(of way: RequestWay, _ times: WayTimes, isSimulated: Bool) -> [String] {
        var table = TextTable(
            header: [
                "event", "what it means", "since start (\(times.unit))", "since last (\(times.unit))", "OS thread",
                "CPU",
            ], textColumnCount: 2, titleWidth: 8)
        let isVirtual = way.events.allSatisfy { $0.thread == 0 && $0.cpu == 0 }
        for step in way.steps {
            let event = step.event
            table.append([
                event.kind.name, event.kind.meaning(value: event.value, isSimulated: isSimulated),
                times.text(step.sinceStart),
                step.sinceLast.map(times.text) ?? FigureColumn.absent,
                isVirtual ? FigureColumn.absent : (step.changesThread ? "→ " : "") + String(event.thread),
                isVirtual ? FigureColumn.absent : (step.changesCPU ? "→ " : "") + String(event.cpu),
            ])
        }
        return table.lines()
    }

    private static func stages(of way: RequestWay, _ times: WayTimes) -> [String] {
        var table = TextTable(
            header: ["stage", "OS threads", "from (\(times.unit))", "to (\(times.unit))", "took (\(times.unit))"],
            textColumnCount: 2)
        for stage in way.stages {
            let age = RequestWay.elapsed(from: stage.start, to: way.traceEnd)
            let open = way.isCutShort ? FigureColumn.absent : "> \(times.text(age))"
            table.append([
                stage.stage.rawValue, threads(of: stage),
                times.text(RequestWay.elapsed(from: way.start, to: stage.start)),
                stage.done.map { times.text(RequestWay.elapsed(from: way.start, to: $0)) } ?? "open",
                stage.elapsedNanoseconds.map(times.text) ?? open,
            ])
        }
        return way.stages.isEmpty ? ["  No stage of it can be told."] : table.lines()
    }

    private static func threads(of stage: WayStage) -> String {
        guard stage.startThread != 0 else { return FigureColumn.absent }
        guard let done = stage.doneThread else { return "\(stage.startThread) …" }
        return stage.changesThread ? "\(stage.startThread) → \(done)" : String(done)
    }

    private static func length(from start: Int64, to end: Int64) -> String {
        length(RequestWay.elapsed(from: start, to: end))
    }

    private static func length(_ nanoseconds: Int64) -> String { WayTimes.length(nanoseconds) }
}

/// Times of one way in one unit, to the microsecond or finer.
struct WayTimes {
    private let scale: Scale

    init(scale: Scale) { self.scale = scale }

    var unit: String { scale.unit }

    func text(_ nanoseconds: Int64) -> String {
        scale.number(nanoseconds: Double(nanoseconds), decimals: Self.decimals(scale))
    }

    /// A length by itself, in a unit of its own.
    static func length(_ nanoseconds: Int64) -> String {
        let scale = Scale.fitting(nanoseconds: Double(nanoseconds))
        return scale.text(nanoseconds: Double(nanoseconds), decimals: decimals(scale))
    }

    private static func decimals(_ scale: Scale) -> Int {
        switch scale {
        case .seconds: 6
        case .nanoseconds: 0
        default: 3
        }
    }
}

extension EventKind {
    /// Where a request is from this event on, in so few words that the line fits a terminal.
    ///
    /// - Parameters:
    ///   - value: The event's.
    ///   - isSimulated: Whether the parts of the bundled simulator are meant; other programs need not have any.
    fileprivate func meaning(value: Int64, isSimulated: Bool) -> String {
        let length = WayTimes.length(value)
        let (part, what) =
            switch self {
            case .requestDue: ("client", "due \(length) ago")
            case .requestStart: ("client", "sends it")
            case .requestNonblock: ("processor", "permit free")
            case .requestBlock: ("processor", "queued")
            case .persistStart: ("store", value == 0 ? "write" : "\(length) write")
            case .persistAsyncStart: ("store", "write runs")
            case .persistDone: ("store", "write done")
            case .requestDone: ("client", "answered")
            case .measurementStart, .measurementEnd: ("", "the measured window")
            }
        return isSimulated && !part.isEmpty ? "\(part): \(what)" : what
    }
}
