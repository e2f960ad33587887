// The idea of HdrHistogram (Tene, https://hdrhistogram.org): numbers below 4096 have a bucket each, and each octave above
// is cut into 2048 buckets of equal width, so that the middle of a bucket is off by less than 1/4096 of any number in it.
// The bucket of a number is found with a count of leading zeros and a shift. Buckets lie in one flat array that covers the
// octaves seen so far, in 32 bits each, because what they cost is misses of the cache: 8 KiB an octave, 0.4 MB for all there
// are. A bucket that overflows carries into a table that is empty below four thousand million numbers.

/// How many numbers lie in each log-linear bucket; for numbers from 0 to 2⁶³.
@usableFromInline
struct LogLinearCounts: Sendable {
    /// Buckets an octave, 2¹¹.
    @usableFromInline static let octaveWidth = 2048

    /// The counts of the buckets from `base` on, modulo 2³².
    @usableFromInline var counts: ContiguousArray<UInt32> = []
    /// The number of the first bucket in `counts`; a multiple of the octave's width.
    @usableFromInline var base = 0
    /// By the number of the bucket, how often its count has passed 2³².
    private var carries: [Int: Int] = [:]

    @usableFromInline
    init() {}

    @inlinable
    mutating func add(_ number: UInt64) {
        let place = Self.bucket(of: number) &- base
        guard counts.indices.contains(place) else { return addOutside(number) }
        counts[place] &+= 1
        if counts[place] == 0 { carry(1, from: place) }
    }

    /// Adds all numbers that are not negative, and hands the others out.
    mutating func add(_ numbers: UnsafeBufferPointer<Int64>, negative: (Int64) -> Void) {
        var next = 0
        while next < numbers.count {
            next = addInside(numbers, from: next)
            guard next < numbers.count else { return }
            let number = numbers[next]
            if number < 0 { negative(number) } else { add(UInt64(number)) }
            next += 1
        }
    }

    /// Adds numbers up to the first that is negative, lies in no bucket yet, or overflows its bucket.
    ///
    /// - Returns: The index of that one, or the end.
    private mutating func addInside(_ numbers: UnsafeBufferPointer<Int64>, from start: Int) -> Int {
        let base = base
        return counts.withUnsafeMutableBufferPointer { counts in
            // Not a slice: what walks over one is called in the library, and not inlined.
            var index = start
            while index < numbers.count {
                // Taken for a positive one, a negative number is beyond all buckets; as is, without a sign, what is before them.
                let place = Self.bucket(of: UInt64(bitPattern: numbers[index])) &- base
                guard UInt(bitPattern: place) < UInt(bitPattern: counts.count), counts[place] != .max else {
                    return index
                }
                counts[place] &+= 1
                index &+= 1
            }
            return index
        }
    }

    @usableFromInline @inline(never)
    mutating func addOutside(_ number: UInt64) {
        cover(octave: Self.bucket(of: number) / Self.octaveWidth)
        counts[Self.bucket(of: number) - base] += 1
    }

    @usableFromInline @inline(never)
    mutating func carry(_ times: Int, from place: Int) { carries[base + place, default: 0] += times }

    mutating func merge(_ other: LogLinearCounts) {
        guard !other.counts.isEmpty else { return }
        cover(octave: other.base / Self.octaveWidth)
        cover(octave: (other.base + other.counts.count) / Self.octaveWidth - 1)
        for index in other.counts.indices where other.counts[index] > 0 {
            let place = index + other.base - base
            let (sum, overflow) = counts[place].addingReportingOverflow(other.counts[index])
            counts[place] = sum
            if overflow { carry(1, from: place) }
        }
        for (bucket, times) in other.carries { carry(times, from: bucket - base) }
    }

    /// The number of the bucket: the number itself below 4096, and 2048 more with each octave.
    @inlinable
    static func bucket(of number: UInt64) -> Int {
        let shift = 52 &- (number | 2048).leadingZeroBitCount
        return shift &* octaveWidth &+ Int(truncatingIfNeeded: number &>> UInt64(truncatingIfNeeded: shift))
    }

    /// The numbers that a bucket holds.
    static func range(ofBucket bucket: Int) -> ClosedRange<UInt64> {
        guard bucket >= 2 * octaveWidth else { return UInt64(bucket)...UInt64(bucket) }
        let shift = UInt64(bucket / octaveWidth - 1)
        let lower = UInt64(bucket % octaveWidth + octaveWidth) << shift
        return lower...(lower + ((1 << shift) - 1))
    }

    var isEmpty: Bool { counts.isEmpty }

    /// How many numbers there are.
    var total: Int { total(counts.indices) }

    /// How many numbers there are in the buckets up to the first that is not within, as none behind it is.
    func total(_ isWithin: (ClosedRange<UInt64>) -> Bool) -> Int {
        total(0..<counts.indices.partitioningIndex { !isWithin(Self.range(ofBucket: base + $0)) })
    }

    /// The numbers of the bucket that holds the one of this rank.
    ///
    /// - Parameter rank: From 1, the smallest number, to ``total``.
    func range(ofRank rank: Int) -> ClosedRange<UInt64> {
        var before = 0
        for octave in stride(from: 0, to: counts.count, by: Self.octaveWidth) {
            let places = octave..<(octave + Self.octaveWidth)
            // Adding up an octave takes a tenth of looking at its buckets.
            let inOctave = total(places)
            if before + inOctave < rank {
                before += inOctave
                continue
            }
            for place in places {
                before += count(at: place)
                if before >= rank { return Self.range(ofBucket: base + place) }
            }
        }
        preconditionFailure("rank \(rank) of \(total) numbers")
    }

    private func total(_ places: Range<Int>) -> Int {
        let low = counts.withUnsafeBufferPointer { counts in
            var sum: UInt64 = 0
            for place in places { sum &+= UInt64(counts[place]) }
            return Int(sum)
        }
        return carries.reduce(low) { places.contains($1.key - base) ? $0 + $1.value << 32 : $0 }
    }

    @inline(__always)
    private func count(at place: Int) -> Int {
        let low = Int(counts[place])
        return carries.isEmpty ? low : low + (carries[base + place] ?? 0) << 32
    }

    /// Calls the body for every bucket that is not empty, ascending.
    func forEach(_ body: (ClosedRange<UInt64>, Int) -> Void) {
        counts.withUnsafeBufferPointer { low in
            // A count that has passed 2³² may have nothing below.
            for place in low.indices where low[place] > 0 || !carries.isEmpty { visit(place, body) }
        }
    }

    /// Calls the body for every bucket that is not empty, descending.
    func forEachDescending(_ body: (ClosedRange<UInt64>, Int) -> Void) {
        for place in counts.indices.reversed() { visit(place, body) }
    }

    @inline(__always)
    private func visit(_ place: Int, _ body: (ClosedRange<UInt64>, Int) -> Void) {
        let count = count(at: place)
        if count > 0 { body(Self.range(ofBucket: base + place), count) }
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
