import Importing

/// What is said of an import: what came of it, and what of the input was not understood.
struct ImportReport {
    private let events: ImportedEvents
    private let file: String
    private let source: String

    init(_ events: ImportedEvents, file: String, source: String) {
        self.events = events
        self.file = file
        self.source = source
    }

    /// As in `3312 events, 12 of them put into order`.
    var sentence: String {
        let disorder = events.disorderCount > 0 ? ", \(events.disorderCount) of them put into order" : ""
        let others = events.otherLineCount > 0 ? "; \(Self.others(events.otherLineCount)) none" : ""
        return "\(Self.counted(events.events.count))\(disorder)\(others)"
    }

    /// What is missing in the trace, and where.
    var warnings: [String] {
        var warnings: [String] = []
        if events.unreadableCount > 0 {
            let first = events.complaints.map(\.description).joined(separator: "; ")
            let more = events.unreadableCount > events.complaints.count ? "; and so on" : ""
            warnings.append("\(events.unreadableCount) could not be read: \(first)\(more)")
        }
        if events.overflowCount > 0 {
            warnings.append(
                "\(Self.counted(events.overflowCount)) beyond \(ImportedEvents.eventsMaximum) left out; import it in parts"
            )
        }
        if events.lostBySource > 0 { warnings.append("its source lost \(Self.counted(events.lostBySource))") }
        return warnings
    }

    /// Where no event was found.
    var nothingFound: String {
        let why =
            warnings.first
            ?? "\(events.otherLineCount) lines or spans, none of them an event; check --from, or the names of the spans (--span)"
        return "\(file): no events to be read as \(source): \(why); nothing was written"
    }

    /// As in `1 event`.
    private static func counted(_ count: some BinaryInteger) -> String { "\(count) event\(count == 1 ? "" : "s")" }

    /// As in `2 lines or spans are`.
    private static func others(_ count: Int) -> String {
        count == 1 ? "1 line or span is" : "\(count) lines or spans are"
    }
}
