// A span goes into one sample only: those of a stage are parted by every question that is asked of them (was the request
// blocked, did it start after the doubled warm-up), and the answers are put together from the parts at the end. Memory is
// that of the samples, and does not grow with the trace.
//
// They come a stage at a time, some hundred at once, so that what is asked of a stage is asked once for all of them.

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

    private let window: TraceWindow
    /// The middle of the window: a span belongs to the half in which it is done.
    private let middle: Int64
    /// Where the window would begin if the warm-up were twice as long; nil where that cannot be asked.
    private let doubledCut: Int64?
    /// By request, six parts a stage; then by thread, one a stage; then the overshoots.
    private var samples = SampleBank(count: overshootPlace + 1)
    private static let threadPlace = Stage.allCases.count * Part.count
    private static let overshootPlace = threadPlace + Stage.allCases.count
    /// Two a stage, for the halves of the window.
    private var sums = OwnedBuffer(repeating: Sum(), count: 2 * Stage.allCases.count)
    /// One a stage; those of the stages that are judged for a warm-up are used.
    private var batches = OwnedBuffer(repeating: BatchSeries(), count: Stage.allCases.count)
    private var slowest = SlowestSpans(limit: SlowestRequest.countACell)

    init(window: TraceWindow, firstNanoseconds: Int64) {
        self.window = window
        middle = window.start + window.lengthNanoseconds / 2
        doubledCut = Self.doubledCut(window, firstNanoseconds)
    }

    /// Takes spans of one stage that were paired, in the window or not.
    mutating func add(_ spans: UnsafeBufferPointer<Span>, of stage: Stage, by pairing: PairingKey) {
        switch pairing {
        case .request:
            if stage.isJudgedForWarmUp { addToBatches(spans, stage) }
            addByRequest(spans, stage)
        case .thread:
            for span in spans { samples.add(span.elapsedNanoseconds, to: Self.threadPlace + stage.place) }
        }
    }

    private mutating func addToBatches(_ spans: UnsafeBufferPointer<Span>, _ stage: Stage) {
        for span in spans { batches[stage.place].add(value: Double(span.elapsedNanoseconds), at: span.done) }
    }

    /// What is asked of some stages only is asked here once for all spans.
    private mutating func addByRequest(_ spans: UnsafeBufferPointer<Span>, _ stage: Stage) {
        switch (stage.isSplitByBlocking, stage.isJudgedForWarmUp) {
        case (true, true): addByRequest(spans, stage, splits: true, cut: doubledCut)
        case (true, false): addByRequest(spans, stage, splits: true, cut: nil)
        case (false, true): addByRequest(spans, stage, splits: false, cut: doubledCut)
        case (false, false): addByRequest(spans, stage, splits: false, cut: nil)
        }
        if stage == .persist { addOvershoots(spans) }
        if stage == .request { addToSlowest(spans) }
    }

    /// - Parameters:
    ///   - splits: Whether spans of blocked requests are told apart.
    ///   - cut: Spans that started from here on are told apart, if not nil.
    @inline(__always)
    private mutating func addByRequest(
        _ spans: UnsafeBufferPointer<Span>, _ stage: Stage, splits: Bool, cut: Int64?
    ) {
        let place = stage.place * Part.count
        var (first, second) = (sums[2 * stage.place], sums[2 * stage.place + 1])
        for span in spans where span.done >= window.start {
            let elapsed = span.elapsedNanoseconds
            // To the halves all counts that is done in the window, also what started before it: without that the first half would
            // be short of its long spans, and a steady system would seem to become slower.
            if span.done < window.end || span.done == window.end && !window.hasEndMarker {
                if span.done < middle { first.add(elapsed) } else { second.add(elapsed) }
            }
            guard span.isInWindow else { continue }
            // Calculated, because blocked and unblocked requests come mixed.
            let part = splits ? Part.place(isBlocked: span.isBlocked) : 0
            let late = cut.map { span.start >= $0 ? Part.late : 0 } ?? 0
            samples.add(elapsed, to: place &+ part &+ late)
        }
        sums[2 * stage.place] = first
        sums[2 * stage.place + 1] = second
    }

    private mutating func addOvershoots(_ spans: UnsafeBufferPointer<Span>) {
        for span in spans where span.isInWindow {
            guard let drawn = span.drawnDelay else { continue }
            // Only a damaged trace holds a delay so long that the difference does not fit.
            let (difference, overflow) = span.elapsedNanoseconds.subtractingReportingOverflow(drawn)
            samples.add(
                overflow ? (span.elapsedNanoseconds < 0 ? .min : .max) : difference, to: Self.overshootPlace)
        }
    }

    private mutating func addToSlowest(_ spans: UnsafeBufferPointer<Span>) {
        for span in spans where span.isInWindow && span.elapsedNanoseconds >= slowest.floorNanoseconds {
            slowest.add(
                .init(request: span.request, start: span.start, elapsedNanoseconds: span.elapsedNanoseconds))
        }
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
