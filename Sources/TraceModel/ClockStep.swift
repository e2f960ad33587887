/// The step that a clock counts in, as far as the distances between a stream's times tell: the largest of which all are multiples.
struct ClockStep {
    /// So many distances are looked at before a step above 1 is believed. It may be the events' own rhythm or chance: that n
    /// distances of a fine clock are all even happens once in 2ⁿ, with 20 of them once in a million traces.
    static let distancesNeeded = 20

    /// 0 while no two times differ. It is down to 1 after a few events of a fine clock.
    private var divisor: UInt64 = 0
    /// Distances other than 0, as long as the divisor is not 1.
    private var distanceCount = 0

    /// Nil where the times do not tell. A divisor of 1 needs no more of them: it cannot get any smaller.
    var value: UInt64? { divisor == 1 || distanceCount >= Self.distancesNeeded ? divisor : nil }

    /// Takes the distance between a time and the one before it in its stream.
    @inline(__always)
    mutating func add(_ distance: UInt64) {
        guard divisor != 1, distance != 0 else { return }
        divisor = Self.commonDivisor(divisor, distance)
        distanceCount &+= 1
    }

    /// Euclid's algorithm; the other number where one is 0.
    private static func commonDivisor(_ first: UInt64, _ second: UInt64) -> UInt64 {
        var (larger, smaller) = (first, second)
        while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
        return larger
    }
}
