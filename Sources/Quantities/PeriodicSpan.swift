/// A part of each period: `1s/10s` is one second in every ten, the last one.
public struct PeriodicSpan: Sendable, Equatable {
    /// More than zero, and shorter than the period.
    public let length: Duration
    public let period: Duration

    /// - Parameters:
    ///   - length: More than zero.
    ///   - period: Longer than the length.
    public init(length: Duration, period: Duration) {
        precondition(.zero < length && length < period, "\(length) in every \(period)")
        self.length = length
        self.period = period
    }

    /// Reads a length and a period with a slash between them.
    ///
    /// - Throws: ``QuantityError`` when either is no duration, the length is zero or not shorter than the period.
    public init(text: String) throws(QuantityError) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else {
            throw QuantityError(text: text, complaint: "is not a part of a period: write two durations, as in 1s/10s")
        }
        let (length, period) = (try Duration(text: parts[0]), try Duration(text: parts[1]))
        guard .zero < length, length < period else {
            throw QuantityError(
                text: text,
                complaint: "is no part of a period: the first duration is more than 0s and shorter than the second")
        }
        self.init(length: length, period: period)
    }

    /// What ``init(text:)`` reads back to an equal value.
    public var text: String { "\(length.text)/\(period.text)" }

    /// When work that stands still during the span is done, in nanoseconds since the first period began; the end of time
    /// where that would be later.
    ///
    /// - Parameters:
    ///   - start: Zero or more.
    ///   - work: What it takes by itself; zero or more.
    public func end(ofNanoseconds work: Int64, from start: Int64) -> Int64 {
        let period = period.inNanoseconds
        let open = period - length.inNanoseconds
        let phase = start % period
        let isInSpan = phase >= open
        let left = isInSpan ? 0 : open - phase
        guard isInSpan || work > left else { return start + work }
        let nextPeriod = start - phase + period
        let rest = work - left
        // Work that ends just where a span begins is not delayed by it.
        let fullPeriods = max(0, rest - 1) / open
        let (skipped, isTooLong) = fullPeriods.multipliedReportingOverflow(by: period)
        let (end, isTooLate) = (nextPeriod + (rest - fullPeriods * open)).addingReportingOverflow(skipped)
        return isTooLong || isTooLate ? .max : end
    }
}
