// The idea of HdrHistogram (Tene, https://hdrhistogram.org): numbers below 4096 have a bucket each, and each octave above
// is cut into 4096 buckets of equal width, so that a bucket is never wider than 1/4096 of the numbers in it. The bucket of a
// number is found with a count of leading zeros and a shift. Buckets lie in one flat array that covers the octaves seen so
// far: 32 KiB an octave, 1.7 MB for all there are.

/// How many numbers lie in each log-linear bucket; for numbers from 0 to 2⁶³.
@usableFromInline
struct LogLinearCounts: Sendable {
    /// Buckets an octave, 2¹².
    @usableFromInline static let octaveWidth = 4096

    /// The counts of the buckets from `base` on.
    @usableFromInline var counts: ContiguousArray<Int> = []
    /// The number of the first bucket in `counts`; a multiple of the octave's width.
    @usableFromInline var base = 0

    @usableFromInline
    init() {}

    @inlinable
    mutating func add(_ number: UInt64, count: Int = 1) {
        let place = Self.bucket(of: number) &- base
        if place < 0 || place >= counts.count { return addOutside(number, count: count) }
        counts[place] &+= count
    }

    @usableFromInline @inline(never)
    mutating func addOutside(_ number: UInt64, count: Int) {
        cover(octave: Self.bucket(of: number) / Self.octaveWidth)
        counts[Self.bucket(of: number) - base] += count
    }

    mutating func merge(_ other: LogLinearCounts) {
        guard !other.counts.isEmpty else { return }
        cover(octave: other.base / Self.octaveWidth)
        cover(octave: (other.base + other.counts.count) / Self.octaveWidth - 1)
        for index in other.counts.indices { counts[index + other.base - base] += other.counts[index] }
    }

    /// The number of the bucket: the number itself below 8192, and 4096 more with each octave.
    @inlinable
    static func bucket(of number: UInt64) -> Int {
        let shift = 51 &- (number | 4096).leadingZeroBitCount
        return shift &* octaveWidth &+ Int(truncatingIfNeeded: number &>> UInt64(truncatingIfNeeded: shift))
    }

    /// The numbers that a bucket holds.
    static func range(ofBucket bucket: Int) -> ClosedRange<UInt64> {
        guard bucket >= 2 * octaveWidth else { return UInt64(bucket)...UInt64(bucket) }
        let shift = UInt64(bucket / octaveWidth - 1)
        let lower = UInt64(bucket % octaveWidth + octaveWidth) << shift
        return lower...(lower + (1 << shift) - 1)
    }

    /// Calls the body for every bucket that is not empty, ascending.
    func forEach(_ body: (ClosedRange<UInt64>, Int) -> Void) {
        for index in counts.indices where counts[index] > 0 { body(Self.range(ofBucket: base + index), counts[index]) }
    }

    /// Calls the body for every bucket that is not empty, descending.
    func forEachDescending(_ body: (ClosedRange<UInt64>, Int) -> Void) {
        for index in counts.indices.reversed() where counts[index] > 0 {
            body(Self.range(ofBucket: base + index), counts[index])
        }
    }

    private mutating func cover(octave: Int) {
        let first = octave * Self.octaveWidth
        if counts.isEmpty { base = first }
        if first < base {
            counts.insert(contentsOf: repeatElement(0, count: base - first), at: 0)
            base = first
        }
        let missing = first + Self.octaveWidth - base - counts.count
        if missing > 0 { counts.append(contentsOf: repeatElement(0, count: missing)) }
    }
}
