// Equal steps that a person can read: 1, 2 or 5 times a power of ten nanoseconds, bucket bounds at whole multiples of
// the step, at most 60 buckets. Given the range beforehand, the step is the smallest that fits. When a value or another
// histogram lies outside, the step grows to the next multiple of itself in the sequence, so that counts move into
// wider buckets whole and nothing is split or guessed: 1 → 2 → 10, since 5 is no multiple of 2.

/// Durations in equal steps.
public struct LinearHistogram: Sendable, Equatable {
    public static let largestBucketCount = 60

    /// 1, 2 or 5 times a power of ten, in nanoseconds.
    public private(set) var stepNanoseconds: Int64
    /// The first bucket's lower bound in steps.
    private var first: Int128 = 0
    private var counts: [Int] = []

    /// An empty histogram with the smallest step that covers the range.
    public init(covering range: ClosedRange<Int64>) {
        stepNanoseconds = Self.step(startingAt: 1, multipleOf: 1, covering: range.lowerBound, range.upperBound)
    }

    /// The histogram of all the durations in nanoseconds, with the smallest step that covers them; 1 ns for none.
    public init(_ durations: some Collection<Int64>) {
        self.init(covering: (durations.min() ?? 0)...(durations.max() ?? 0))
        for duration in durations { add(duration) }
    }

    /// The histogram of a sample, with the smallest step that covers it; 1 ns for none. Where the sample is not exact, a
    /// duration less than 1/4096 of itself away from a bucket's bound may be counted beyond it.
    public init(_ sample: DurationSample) {
        self.init(covering: (sample.minimum ?? 0)...(sample.maximum ?? 0))
        first = Self.floorDivide(Int128(sample.minimum ?? 0), Int128(stepNanoseconds))
        // They ascend, and the step covers them all: nothing is divided, and nothing widens.
        var end = first * Int128(stepNanoseconds)
        for duration in sample.ascending {
            while Int128(duration.nanoseconds) >= end {
                counts.append(0)
                end += Int128(stepNanoseconds)
            }
            counts[counts.count - 1] += duration.count
        }
    }

    public mutating func add(_ nanoseconds: Int64) { add(nanoseconds, count: 1) }

    public mutating func merge(_ other: LinearHistogram) {
        var other = other
        let step = Self.step(
            startingAt: max(stepNanoseconds, other.stepNanoseconds),
            multipleOf: stepNanoseconds, other.stepNanoseconds, covering: 0, 0)
        widen(to: step)
        other.widen(to: step)
        for (index, count) in other.counts.enumerated() where count > 0 {
            add(steps: other.first + Int128(index), of: step, count: count)
        }
    }

    /// How many durations there are.
    public var count: Int { counts.reduce(0, +) }

    /// Every bucket from the first to the last that is not empty, ascending, at most 60; the counts add up to
    /// ``count``.
    public var buckets: [HistogramBucket] {
        guard let begin = counts.firstIndex(where: { $0 > 0 }), let end = counts.lastIndex(where: { $0 > 0 }) else {
            return []
        }
        return (begin...end).map { index in
            let bucket = first + Int128(index)
            return HistogramBucket(
                lowerBoundNanoseconds: Int64(clamping: bucket * Int128(stepNanoseconds)),
                upperBoundNanoseconds: Int64(clamping: (bucket + 1) * Int128(stepNanoseconds)), count: counts[index])
        }
    }

    private mutating func add(_ nanoseconds: Int64, count: Int) {
        add(steps: Self.floorDivide(Int128(nanoseconds), Int128(stepNanoseconds)), of: stepNanoseconds, count: count)
    }

    /// Adds to the bucket that begins at so many steps; the step is this histogram's, or was before it widened.
    private mutating func add(steps: Int128, of step: Int64, count: Int) {
        let nanoseconds = steps * Int128(step)
        if !counts.isEmpty {
            let low = min(first * Int128(stepNanoseconds), nanoseconds)
            let high = max((first + Int128(counts.count)) * Int128(stepNanoseconds) - 1, nanoseconds)
            widen(
                to: Self.step(
                    startingAt: stepNanoseconds, multipleOf: stepNanoseconds, covering: Int64(clamping: low),
                    Int64(clamping: high)))
        }
        let bucket = Self.floorDivide(nanoseconds, Int128(stepNanoseconds))
        if counts.isEmpty { first = bucket }
        if bucket < first {
            counts.insert(contentsOf: repeatElement(0, count: Int(first - bucket)), at: 0)
            first = bucket
        }
        let index = Int(bucket - first)
        if index >= counts.count { counts.append(contentsOf: repeatElement(0, count: index + 1 - counts.count)) }
        counts[index] += count
    }

    /// Moves the counts to a step that is a multiple of the present one.
    private mutating func widen(to step: Int64) {
        guard step != stepNanoseconds else { return }
        let (factor, oldFirst, old) = (Int128(step / stepNanoseconds), first, counts)
        stepNanoseconds = step
        counts = []
        for (index, count) in old.enumerated() {
            let bucket = Self.floorDivide(oldFirst + Int128(index), factor)
            if counts.isEmpty { first = bucket }
            if Int(bucket - first) == counts.count { counts.append(0) }
            counts[Int(bucket - first)] += count
        }
    }

    /// The smallest step of the sequence from `start` up that is a multiple of both and covers the range in 60 buckets.
    private static func step(
        startingAt start: Int64, multipleOf divisor: Int64, _ otherDivisor: Int64 = 1, covering low: Int64,
        _ high: Int64
    ) -> Int64 {
        var power: Int64 = 1
        while true {
            for digit in [Int64(1), 2, 5] {
                let step = digit * power
                guard step >= start, step % divisor == 0, step % otherDivisor == 0 else { continue }
                let span = floorDivide(Int128(high), Int128(step)) - floorDivide(Int128(low), Int128(step)) + 1
                if span <= Int128(largestBucketCount) { return step }
            }
            // 10¹⁸ · 5 covers every range in 5 buckets, so the loop has returned before this could overflow.
            power *= 10
        }
    }

    private static func floorDivide(_ dividend: Int128, _ divisor: Int128) -> Int128 {
        let quotient = dividend / divisor
        return dividend % divisor < 0 ? quotient - 1 : quotient
    }
}
