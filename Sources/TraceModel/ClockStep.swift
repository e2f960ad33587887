// Where the step is above 1 it is the same for nearly all distances, and a remainder for each of them would be a fifth of what
// looking at a record costs. Whether a number is a multiple takes no division: multiplied by the inverse of the divisor's odd
// part modulo 2⁶⁴, and turned right by its twos, the multiples alone become the numbers up to (2⁶⁴ − 1) / divisor (Granlund &
// Montgomery 1994, "Division by invariant integers using multiplication", section 9).

/// The step that a clock counts in, as far as the distances between a stream's times tell: the largest of which all are multiples.
struct ClockStep {
    /// So many distances are looked at before a step above 1 is believed. It may be the events' own rhythm or chance: that n
    /// distances of a fine clock are all even happens once in 2ⁿ, with 20 of them once in a million traces.
    static let distancesNeeded = 20

    /// 0 while no two times differ. It is down to 1 after a few events of a fine clock.
    private var divisor: UInt64 = 0
    /// Of the divisor's odd part, modulo 2⁶⁴.
    private var inverse: UInt64 = 1
    /// How often 2 divides the divisor.
    private var twos: UInt64 = 0
    /// The largest multiple over the divisor; 0 where there is no divisor, of which only 0 is a multiple.
    private var largestQuotient: UInt64 = 0
    /// Distances other than 0, as long as the divisor is not 1.
    private var distanceCount = 0

    /// Nil where the times do not tell. A divisor of 1 needs no more of them: it cannot get any smaller.
    var value: UInt64? { divisor == 1 || distanceCount >= Self.distancesNeeded ? divisor : nil }

    /// Takes the distance between a time and the one before it in its stream.
    @inline(__always)
    mutating func add(_ distance: UInt64) {
        guard divisor != 1, distance != 0 else { return }
        distanceCount &+= 1
        let product = distance &* inverse
        if product &>> twos | product &<< (0 &- twos) > largestQuotient { divide(to: distance) }
    }

    @inline(never)
    private mutating func divide(to distance: UInt64) {
        divisor = Self.commonDivisor(divisor, distance)
        twos = UInt64(divisor.trailingZeroBitCount)
        let odd = divisor &>> twos
        // Newton's iteration doubles the digits that are right; an odd number is its own inverse modulo 8.
        inverse = odd
        for _ in 0..<5 { inverse = inverse &* (2 &- odd &* inverse) }
        largestQuotient = .max / divisor
    }

    /// Euclid's algorithm; the other number where one is 0.
    private static func commonDivisor(_ first: UInt64, _ second: UInt64) -> UInt64 {
        var (larger, smaller) = (first, second)
        while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
        return larger
    }
}
