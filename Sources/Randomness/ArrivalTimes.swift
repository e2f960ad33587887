/// The instants at which the requests of an open loop are due, one after the other.
public struct ArrivalTimes: Sendable {
    private let interarrival: Interarrival
    private var randomness: RandomStream
    private var count: Int64 = 0
    private var lastNanoseconds: Double = 0

    private enum Interarrival {
        case equal(nanoseconds: Double)
        case exponential(meanNanoseconds: Double)
    }

    /// - Parameter arrivals: Nil comes of a closed loop, which has no schedule.
    public init?(_ arrivals: Arrivals, drawingFrom randomness: RandomStream) {
        switch arrivals {
        case .closed: return nil
        case .paced(let rate): interarrival = .equal(nanoseconds: 1e9 / rate)
        case .poisson(let rate): interarrival = .exponential(meanNanoseconds: 1e9 / rate)
        }
        self.randomness = randomness
    }

    /// When the next request is due, in whole nanoseconds since the schedule began: the first one after one interval.
    /// Never more than `Int64.max`, the end of time.
    ///
    /// A Poisson process has independent exponential intervals (Kingman 1993, *Poisson Processes*, chapter 4.1), drawn by
    /// inversion. Equal intervals are multiplied, not added up, so that they do not drift.
    public mutating func next() -> Int64 {
        count += 1
        switch interarrival {
        case .equal(let interval): lastNanoseconds = Double(count) * interval
        case .exponential(let mean): lastNanoseconds -= mean * naturalLogarithm(randomness.nextUnit())
        }
        let nanoseconds = lastNanoseconds.rounded()
        return nanoseconds < 0x1p63 ? Int64(nanoseconds) : .max
    }
}
