import TraceModel

/// The longest of many durations, with the requests that they belong to: a bounded number, in order.
public struct SlowestSpans: Sendable, Equatable {
    /// More are never kept.
    public static let countMaximum = 1_000

    /// One of them.
    public struct Entry: Sendable, Equatable {
        public var request: UInt64
        /// When the stage began, in nanoseconds of the trace's clock.
        public var start: Int64
        /// How long it took; of an open one how long it had taken when the window closed.
        public var elapsedNanoseconds: Int64
        public var isOpen: Bool

        public init(request: UInt64, start: Int64, elapsedNanoseconds: Int64, isOpen: Bool = false) {
            self.request = request
            self.start = start
            self.elapsedNanoseconds = elapsedNanoseconds
            self.isOpen = isOpen
        }

        /// The longer one first; of two that are equally long the earlier one.
        func precedes(_ other: Entry) -> Bool {
            (other.elapsedNanoseconds, start, request) < (elapsedNanoseconds, other.start, other.request)
        }
    }

    private let limit: Int
    /// What is shorter is not among the longest.
    public private(set) var floorNanoseconds = Int64.min
    /// The longest first.
    public private(set) var entries: [Entry] = []

    /// - Parameter limit: How many are kept, 1…``countMaximum``.
    public init(limit: Int) {
        precondition((1...Self.countMaximum).contains(limit), "limit \(limit) outside 1…\(Self.countMaximum)")
        self.limit = limit
    }

    /// Takes the next one. One that is not among the longest costs a comparison.
    @inline(__always)
    public mutating func add(_ entry: Entry) {
        if entries.count == limit, !entry.precedes(entries[limit - 1]) { return }
        insert(entry)
    }

    private mutating func insert(_ entry: Entry) {
        let place = entries.firstIndex { entry.precedes($0) } ?? entries.count
        entries.insert(entry, at: place)
        if entries.count > limit { entries.removeLast() }
        if entries.count == limit { floorNanoseconds = entries[limit - 1].elapsedNanoseconds }
    }
}
