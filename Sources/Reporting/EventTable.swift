import TraceModel

/// Events as aligned lines for a terminal of 80 columns, one at a time: the widths are fixed beforehand, because a trace may have
/// millions.
public struct EventTable: Sendable {
    /// Nanoseconds that times are counted from.
    private let origin: Int64

    /// - Parameter origin: The time of the trace's first event.
    public init(origin: Int64) { self.origin = origin }

    /// The titles, as a line with its line feed.
    public var header: String {
        Self.line("event", ["time (s)", "request", "client", "thread", "CPU", "value"])
    }

    /// One event, as a line with its line feed.
    public func line(of event: Event) -> String {
        let elapsed = Int64(clamping: Int128(event.nanoseconds) - Int128(origin))
        let isMarker = event.kind == .measurementStart || event.kind == .measurementEnd
        return Self.line(
            event.kind.name,
            [
                Self.seconds(elapsed), isMarker ? FigureColumn.absent : String(event.request),
                isMarker ? FigureColumn.absent : String(event.client), String(event.thread), String(event.cpu),
                String(event.value),
            ])
    }

    private static func line(_ name: String, _ figures: [String]) -> String {
        let columns = zip(figures, [14, 8, 6, 7, 3, 11]).map { $0.leftPadded(to: $1) }
        return "\(name.rightPadded(to: 19))  \(columns.joined(separator: "  "))\n"
    }

    /// All nine decimals.
    private static func seconds(_ nanoseconds: Int64) -> String {
        let digits = String(nanoseconds.magnitude)
        let padded = String(repeating: "0", count: max(0, 10 - digits.count)) + digits
        return (nanoseconds < 0 ? "-" : "") + padded.dropLast(9) + "." + padded.suffix(9)
    }
}
