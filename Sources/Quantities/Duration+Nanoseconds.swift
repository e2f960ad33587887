/// Whole nanoseconds are this project's unit of time at rest: traces, CSV and tests use them.
extension Duration {
    /// The duration in whole nanoseconds, rounded towards zero; exact to ±292 years, which a precondition guards.
    @inlinable
    public var inNanoseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    }

    /// The duration in seconds, to the precision of a double.
    @inlinable
    public var inSeconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) * 1e-18
    }
}
