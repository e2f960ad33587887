// Perfetto nests the slices of a track: one that begins inside another ends inside it. The stages of green threads do not
// nest on an OS thread, where hundreds of them are open at once, and many of them end on another thread than they began on. So
// an OS thread has one track, on which each event is an instant, with the request as its flow: the arrows lead from event
// to event of a request, from thread to thread, and that is the way a request went. The stages are slices on tracks below the
// thread that they began on, named by their stage, as many side by side as are open at once ("lanes"); where a stage ended on
// another thread its slice says on which. What is open at the end of the trace is a slice that begins and does not end.
//
// Times are the trace's own nanoseconds. The road not taken is a track a request: nobody scrolls through a million of them.

import Pairing
import TraceModel

/// Writes a trace for Perfetto's user interface (https://ui.perfetto.dev) and its trace processor.
///
/// Memory follows what is in flight and the number of threads and lanes.
public struct PerfettoExporter: ~Copyable, EventExporter {
    public var bytes: [UInt8] = []
    /// Spans that ended before they began, which cannot be drawn.
    public private(set) var negativeCount = 0

    private let process: UInt32
    private var pairer: RequestPairer
    private var threads: [UInt32: Thread] = [:]
    private var tracksMade: UInt64 = 0
    private let root: UInt64

    private struct Thread {
        var track: UInt64
        /// By the stage, the lanes with the times at which their last slice ended.
        var lanes: [Stage: Lanes] = [:]
    }

    /// - Parameters:
    ///   - header: Of the trace: its process, where it has one, gives tracks of threads their numbers.
    ///   - window: All of the trace, so that everything is shown.
    ///   - writes: Whether requests wait for their writes.
    public init(header: TraceHeader, window: TraceWindow, writes: Writes) {
        process = header.process
        pairer = RequestPairer(window: window, writes: writes)
        root = 1
        tracksMade = 1
        let name = header.clock == .virtual ? "virtual time" : "process \(header.process)"
        if process == 0 {
            bytes += PerfettoPacket.track(uuid: root, parent: nil, name: name).bytes
        } else {
            bytes += PerfettoPacket.process(uuid: root, process: process, name: name).bytes
        }
    }

    public mutating func add(_ event: Event) {
        switch event.kind {
        case .measurementStart, .measurementEnd:
            put(event, on: root, flow: nil)
        default:
            // 0 is no flow.
            put(event, on: track(of: event.thread), flow: event.request &+ 1)
        }
        var spans: [Span] = []
        pairer.add(event) { span in
            if span.stage != .think { spans.append(span) }
        }
        for span in spans { put(span) }
    }

    public mutating func finish() {
        var open: [(stage: Stage, request: UInt64, opening: StageOpening)] = []
        pairer.forEachOpen { open.append(($0, $1, $2)) }
        for (stage, request, opening) in open.sorted(by: { $0.opening.nanoseconds < $1.opening.nanoseconds }) {
            let track = lane(stage, thread: opening.thread, from: opening.nanoseconds, to: .max)
            put(
                PerfettoEvent(
                    nanoseconds: Self.timestamp(opening.nanoseconds), kind: .sliceBegin, track: track,
                    name: stage.rawValue, category: "stage",
                    annotations: [
                        ("request", Int64(bitPattern: request)), ("client", Int64(opening.client)),
                        ("start thread", Int64(opening.thread)),
                    ]))
        }
    }

    private mutating func put(_ event: PerfettoEvent) { bytes += event.packet.bytes }

    private mutating func put(_ event: Event, on track: UInt64, flow: UInt64?) {
        var annotations: [(name: String, value: Int64)] = [("cpu", Int64(event.cpu))]
        if flow != nil {
            annotations += [("request", Int64(bitPattern: event.request)), ("client", Int64(event.client))]
        }
        if event.value != 0 { annotations.append(("value", event.value)) }
        put(
            PerfettoEvent(
                nanoseconds: Self.timestamp(event.nanoseconds), kind: .instant, track: track, name: event.kind.name,
                category: "event", flow: flow, annotations: annotations))
    }

    private mutating func put(_ span: Span) {
        guard span.done >= span.start else {
            negativeCount += 1
            return
        }
        let track = lane(span.stage, thread: span.startThread, from: span.start, to: span.done)
        put(
            PerfettoEvent(
                nanoseconds: Self.timestamp(span.start), kind: .sliceBegin, track: track, name: span.stage.rawValue,
                category: "stage",
                annotations: [
                    ("request", Int64(bitPattern: span.request)), ("client", Int64(span.client)),
                    ("start thread", Int64(span.startThread)), ("done thread", Int64(span.doneThread)),
                ]))
        put(
            PerfettoEvent(
                nanoseconds: Self.timestamp(span.done), kind: .sliceEnd, track: track, name: "", category: ""))
    }

    /// The track of an OS thread, which is described when it is first seen.
    private mutating func track(of thread: UInt32) -> UInt64 {
        if let known = threads[thread] { return known.track }
        let track = newTrack()
        threads[thread] = Thread(track: track)
        let name = "thread \(thread)"
        if process == 0 {
            bytes += PerfettoPacket.track(uuid: track, parent: root, name: name).bytes
        } else {
            bytes += PerfettoPacket.thread(uuid: track, process: process, thread: thread, name: name).bytes
        }
        return track
    }

    /// A track below the thread's on which nothing overlaps the slice.
    private mutating func lane(_ stage: Stage, thread: UInt32, from start: Int64, to end: Int64) -> UInt64 {
        let parent = track(of: thread)
        if let free = threads[thread]?.lanes[stage, default: Lanes()].take(from: start, to: end) { return free }
        let track = newTrack()
        threads[thread]?.lanes[stage, default: Lanes()].add(track, end: end)
        bytes += PerfettoPacket.track(uuid: track, parent: parent, name: stage.rawValue).bytes
        return track
    }

    private mutating func newTrack() -> UInt64 {
        tracksMade += 1
        return tracksMade
    }

    /// Perfetto has no time before 0; a request may have been due before its trace's clock began.
    private static func timestamp(_ nanoseconds: Int64) -> UInt64 { UInt64(max(0, nanoseconds)) }
}
