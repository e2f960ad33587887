import Statistics

/// Many samples of durations that are filled on a hot path: taking one is putting it down, and comparing a number.
///
/// Each sample has a page of its own where durations wait, two kilobytes, until there are enough to be taken together.
struct SampleBank: ~Copyable {
    private static let pageShift = 8
    private static let pageSize = 1 << pageShift

    private let waiting: UnsafeMutablePointer<Int64>
    private let waitingCounts: UnsafeMutablePointer<Int>
    private let count: Int
    private var samples: [DurationSample]

    /// So many samples without a duration.
    init(count: Int) {
        self.count = count
        waiting = .allocate(capacity: count << Self.pageShift)
        waiting.initialize(repeating: 0, count: count << Self.pageShift)
        waitingCounts = .allocate(capacity: count)
        waitingCounts.initialize(repeating: 0, count: count)
        samples = Array(repeating: DurationSample(), count: count)
    }

    deinit {
        waiting.deallocate()
        waitingCounts.deallocate()
    }

    /// Takes a duration.
    @inline(__always)
    mutating func add(_ nanoseconds: Int64, to place: Int) {
        assert(place >= 0 && place < count)
        let filled = waitingCounts[place]
        waiting[place << Self.pageShift | filled] = nanoseconds
        waitingCounts[place] = filled &+ 1
        if filled &+ 1 == Self.pageSize { take(place) }
    }

    /// Takes what waits, once, for all questions to come.
    mutating func settle() { for place in 0..<count { take(place) } }

    /// A sample, without the durations that wait.
    subscript(place: Int) -> DurationSample { samples[place] }

    @inline(never)
    private mutating func take(_ place: Int) {
        samples[place].add(
            contentsOf: UnsafeBufferPointer(start: waiting + place << Self.pageShift, count: waitingCounts[place]))
        waitingCounts[place] = 0
    }
}
