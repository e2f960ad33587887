import Quantities
import Randomness

extension RandomStream {
    /// A duration without memory, in whole nanoseconds.
    mutating func nextExponential(mean nanoseconds: Double) -> Int64 {
        // A thousandfold mean, so that the whole microseconds that are drawn are nanoseconds.
        let distribution = ExponentialDistribution(mean: .nanoseconds(Int64((nanoseconds * 1000).rounded())))
        return distribution.drawMicroseconds(from: &self)
    }

    /// True with the given probability; it draws one number in any case, so that a larger share holds every smaller one.
    mutating func isChosen(_ share: Double) -> Bool { nextUnit() < share }
}
