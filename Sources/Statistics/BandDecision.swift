/// Where an interval lies with regard to a band that was declared beforehand: a claim is decided only by the whole of
/// it.
public enum BandDecision: String, Sendable, Equatable, CaseIterable {
    /// The whole interval lies in the band, its ends included.
    case inside
    /// No point of the interval lies in the band.
    case outside
    /// Some of the interval lies in the band and some does not: more processes are needed.
    case undecided

    public init(_ interval: Interval, within band: Interval) {
        if interval.upperBound < band.lowerBound || interval.lowerBound > band.upperBound {
            self = .outside
        } else if interval.lowerBound >= band.lowerBound && interval.upperBound <= band.upperBound {
            self = .inside
        } else {
            self = .undecided
        }
    }
}
