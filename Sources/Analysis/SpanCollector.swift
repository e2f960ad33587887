// A span goes into one sample only: those of a stage are parted by every question that is asked of them (was the request
// blocked, did it start after the doubled warm-up), and the answers are put together from the parts at the end. Memory is
// that of the samples, and does not grow with the trace.

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
        static func place(isBlocked: Bool?) -> Int {
            switch isBlocked {
            case nil: 0
            case false?: 1
            case true?: 2
            }
        }
    }

    private let window: TraceWindow
    /// The middle of the window: a span belongs to the half in which it is done.
    private let middle: Int64
    /// Where the window would begin if the warm-up were twice as long; nil where that cannot be asked.
    private let doubledCut: Int64?
    /// By request, six parts a stage.
    private var parts = OwnedBuffer(repeating: DurationSample(), count: Stage.allCases.count * Part.count)
    private var byThread = OwnedBuffer(repeating: DurationSample(), count: Stage.allCases.count)
    private var sums = OwnedBuffer(repeating: (first: Sum(), second: Sum()), count: Stage.allCases.count)
    private var batches = OwnedBuffer(repeating: BatchSeries(), count: Stage.allCases.count)
    private var overshoot = DurationSample()
    private var slowest = SlowestSpans(limit: SlowestRequest.countACell)

    init(window: TraceWindow, firstNanoseconds: Int64) {
        self.window = window
        middle = window.start + window.lengthNanoseconds / 2
        doubledCut = Self.doubledCut(window, firstNanoseconds)
    }

    /// Takes a span that was paired by request, in the window or not.
    mutating func addByRequest(_ span: Span) {
        let elapsed = span.elapsedNanoseconds
        let stage = span.stage.place
        if span.stage.isJudgedForWarmUp { batches[stage].add(value: Double(elapsed), at: span.done) }
        addToHalf(span)
        guard span.isInWindow else { return }
        if span.stage == .request {
            slowest.add(.init(request: span.request, start: span.start, elapsedNanoseconds: elapsed))
        }
        var part = span.stage.isSplitByBlocking ? Part.place(isBlocked: span.isBlocked) : 0
        if span.stage.isJudgedForWarmUp, let doubledCut, span.start >= doubledCut { part += Part.late }
        parts[stage &* Part.count &+ part].add(elapsed)
        if span.stage == .persist, let drawn = span.drawnDelay {
            // Only a damaged trace holds a delay so long that the difference does not fit.
            let (difference, overflow) = elapsed.subtractingReportingOverflow(drawn)
            overshoot.add(overflow ? (drawn < 0 ? .max : .min) : difference)
        }
    }

    /// All that is done in the window counts, also what started before it: without that the first half would be short of its
    /// long spans, and a steady system would seem to become slower.
    @inline(__always)
    private mutating func addToHalf(_ span: Span) {
        guard span.done >= window.start, span.done < window.end || span.done == window.end && !window.hasEndMarker
        else {
            return
        }
        let stage = span.stage.place
        if span.done < middle {
            sums[stage].first.add(span.elapsedNanoseconds)
        } else {
            sums[stage].second.add(span.elapsedNanoseconds)
        }
    }

    /// Takes a span that was paired by thread.
    mutating func addByThread(_ span: Span) { byThread[span.stage.place].add(span.elapsedNanoseconds) }

    /// What has been collected.
    consuming func finish() -> Collected {
        var collected = Collected()
        if doubledCut != nil { collected.afterDoubledCut = [:] }
        for stage in Stage.allCases {
            collected.durations[.init(stage, .all, .request)] = sample(stage, 0..<Part.count)
            if stage.isSplitByBlocking {
                for (subset, isBlocked) in [(Metric.Subset.blocked, true), (.nonblocked, false)] {
                    let place = Part.place(isBlocked: isBlocked)
                    collected.durations[.init(stage, subset, .request)] = sample(stage, [place, place + Part.late])
                }
            }
            collected.durations[.init(stage, .all, .thread)] = sorted(byThread[stage.place])
            if stage.isJudgedForWarmUp {
                collected.afterDoubledCut?[stage] = sample(stage, Part.late..<Part.count)
                if batches[stage.place].valueCount > 0 { collected.series[stage] = batches[stage.place] }
            }
            let (first, second) = sums[stage.place]
            if let before = first.mean, let after = second.mean {
                collected.halves.append(HalvesEvidence(stage: stage, firstMean: before, secondMean: after))
            }
        }
        overshoot.settle()
        collected.overshoot = overshoot
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
        for place in places { whole.merge(parts[stage.place * Part.count + place]) }
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
