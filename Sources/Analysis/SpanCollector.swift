// A span goes into one sample only: those of a stage are parted by every question that is asked of them (was the request
// blocked, did it start after the doubled warm-up), and the answers are put together from the parts at the end. Memory is
// that of the samples, and does not grow with the trace.
//
// Spans of all stages come mixed, so that a branch on what a span is would be predicted wrongly every other time. Where it
// belongs is calculated instead; what decides a branch here hardly ever changes.

import Auditing
import Experiments
import Following
import Pairing
import Statistics
import TraceModel

/// Sorts the spans of one trace into samples as they come.
struct SpanCollector: ~Copyable {
    /// Sum and number of durations.
    private struct Sum {
        var nanoseconds: Int128 = 0
        var count = 0

        @inline(__always)
        mutating func add(_ elapsed: Int64) {
            nanoseconds &+= Int128(elapsed)
            count &+= 1
        }

        var mean: Double? { count == 0 ? nil : Double(nanoseconds) / Double(count) }
    }

    /// Which part of a stage's spans by request a span belongs to.
    private enum Part {
        static let count = 6
        /// Add it for the spans that started after the doubled cut.
        static let late = 3

        @inline(__always)
        static func place(isBlocked: Bool?) -> Int { isBlocked == nil ? 0 : isBlocked == true ? 2 : 1 }
    }

    /// What sets the stages apart, as numbers to calculate with.
    private struct Traits {
        /// 1 where spans are told apart by blocking, 0 elsewhere.
        var splits: Int
        /// ``Part/late`` where a warm-up is judged, 0 elsewhere.
        var late: Int
        /// 1 for the writes, 0 elsewhere.
        var overshoots: Int
        var isRequest: Bool

        init(_ stage: Stage) {
            splits = stage.isSplitByBlocking ? 1 : 0
            late = stage.isJudgedForWarmUp ? Part.late : 0
            overshoots = stage == .persist ? 1 : 0
            isRequest = stage == .request
        }
    }

    private let window: TraceWindow
    /// The middle of the window: a span belongs to the half in which it is done.
    private let middle: Int64
    /// Where the window would begin if the warm-up were twice as long; nil where that cannot be asked.
    private let doubledCut: Int64?
    private var traits = OwnedBuffer(repeating: Traits(.request), count: Stage.allCases.count)
    /// By request, six parts a stage; then by thread, one a stage; then the overshoots.
    private var samples = SampleBank(count: overshootPlace + 1)
    private static let threadPlace = Stage.allCases.count * Part.count
    private static let overshootPlace = threadPlace + Stage.allCases.count
    /// Two a stage, for the halves of the window.
    private var sums = OwnedBuffer(repeating: Sum(), count: 2 * Stage.allCases.count)
    /// Of every stage, so that none has to be told apart; those of some are used.
    private var batches = OwnedBuffer(repeating: BatchSeries(), count: Stage.allCases.count)
    private var slowest = SlowestSpans(limit: SlowestRequest.countACell)

    init(window: TraceWindow, firstNanoseconds: Int64) {
        self.window = window
        middle = window.start + window.lengthNanoseconds / 2
        doubledCut = Self.doubledCut(window, firstNanoseconds)
        for stage in Stage.allCases { traits[stage.place] = Traits(stage) }
    }

    /// Takes a span that was paired by request, in the window or not.
    @inline(__always)
    mutating func addByRequest(_ span: Span) {
        let elapsed = span.elapsedNanoseconds
        let stage = span.stage.place
        batches[stage].add(value: Double(elapsed), at: span.done)
        addToHalf(span, elapsed)
        guard span.isInWindow else { return }
        let traits = traits[stage]
        if elapsed >= (traits.isRequest ? slowest.floorNanoseconds : .max), traits.isRequest {
            slowest.add(.init(request: span.request, start: span.start, elapsedNanoseconds: elapsed))
        }
        let isLate = span.start >= doubledCut ?? .max ? 1 : 0
        let part = traits.splits &* Part.place(isBlocked: span.isBlocked) &+ traits.late &* isLate
        samples.add(elapsed, to: stage &* Part.count &+ part)
        let drawn = span.drawnDelay
        // Only a damaged trace holds a delay so long that the difference does not fit.
        let (difference, overflow) = elapsed.subtractingReportingOverflow(drawn ?? 0)
        samples.add(
            overflow ? (elapsed < 0 ? .min : .max) : difference, to: Self.overshootPlace,
            times: drawn == nil ? 0 : traits.overshoots)
    }

    /// All that is done in the window counts, also what started before it: without that the first half would be short of its
    /// long spans, and a steady system would seem to become slower.
    @inline(__always)
    private mutating func addToHalf(_ span: Span, _ elapsed: Int64) {
        guard span.done >= window.start, span.done < window.end || span.done == window.end && !window.hasEndMarker
        else {
            return
        }
        sums[2 &* span.stage.place &+ (span.done < middle ? 0 : 1)].add(elapsed)
    }

    /// Takes a span that was paired by thread.
    @inline(__always)
    mutating func addByThread(_ span: Span) {
        samples.add(span.elapsedNanoseconds, to: Self.threadPlace &+ span.stage.place)
    }

    /// What has been collected.
    consuming func finish() -> Collected {
        var collected = Collected()
        samples.settle()
        if doubledCut != nil { collected.afterDoubledCut = [:] }
        for stage in Stage.allCases {
            collected.durations[.init(stage, .all, .request)] = sample(stage, 0..<Part.count)
            if stage.isSplitByBlocking {
                for (subset, isBlocked) in [(Metric.Subset.blocked, true), (.nonblocked, false)] {
                    let place = Part.place(isBlocked: isBlocked)
                    collected.durations[.init(stage, subset, .request)] = sample(stage, [place, place + Part.late])
                }
            }
            collected.durations[.init(stage, .all, .thread)] = sorted(samples[Self.threadPlace + stage.place])
            if stage.isJudgedForWarmUp {
                collected.afterDoubledCut?[stage] = sample(stage, Part.late..<Part.count)
                if batches[stage.place].valueCount > 0 { collected.series[stage] = batches[stage.place] }
            }
            if let before = sums[2 * stage.place].mean, let after = sums[2 * stage.place + 1].mean {
                collected.halves.append(HalvesEvidence(stage: stage, firstMean: before, secondMean: after))
            }
        }
        collected.overshoot = samples[Self.overshootPlace]
        collected.overshoot.settle()
        collected.slowest = slowest
        return collected
    }

    /// What there is at the end: see the properties of the same names in ``TraceMeasurement``.
    struct Collected {
        var durations: [TraceMeasurement.Sample: DurationSample] = [:]
        var overshoot = DurationSample()
        var slowest = SlowestSpans(limit: SlowestRequest.countACell)
        var halves: [HalvesEvidence] = []
        var series: [Stage: BatchSeries] = [:]
        var afterDoubledCut: [Stage: DurationSample]?
    }

    /// The parts together; nil where they are empty.
    private func sample(_ stage: Stage, _ places: some Sequence<Int>) -> DurationSample? {
        var whole = DurationSample()
        for place in places { whole.merge(samples[stage.place * Part.count + place]) }
        return sorted(whole)
    }

    private func sorted(_ sample: DurationSample) -> DurationSample? {
        guard !sample.isEmpty else { return nil }
        var sorted = sample
        sorted.settle()
        return sorted
    }

    /// Nil where there was no warm-up, or where less than a quarter of the window would be left.
    static func doubledCut(_ window: TraceWindow, _ first: Int64) -> Int64? {
        let warmUp = Int128(window.start) - Int128(first)
        let left = Int128(window.lengthNanoseconds) - warmUp
        guard warmUp > 0, left * 4 >= Int128(window.lengthNanoseconds) else { return nil }
        return Int64(exactly: Int128(window.start) + warmUp)
    }
}

extension Stage {
    /// Whether the stage's durations are also told apart, by request, by whether the request was blocked.
    var isSplitByBlocking: Bool { self == .request || self == .queueWait }

    /// Whether its course since the beginning of the trace is kept, by which a warm-up is judged.
    var isJudgedForWarmUp: Bool { self == .request || self == .response || self == .persist }

    /// The stage's place in `allCases`.
    @inline(__always)
    fileprivate var place: Int {
        switch self {
        case .request: 0
        case .response: 1
        case .outboundNetwork: 2
        case .queueWait: 3
        case .persist: 4
        case .persistAsync: 5
        case .returnNetwork: 6
        case .think: 7
        }
    }
}
