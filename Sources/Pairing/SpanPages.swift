// Spans come mixed, and whoever takes them asks of each what it is: a branch that is predicted wrongly every other time. So
// they wait here by stage, some hundred at a time, and are taken a stage at a time: what sets the stages apart is then asked
// once for hundreds of spans, and the code that pairs and the code that sums up do not push each other out of the
// processor's registers.

import TraceModel

/// Spans that wait to be taken, by stage.
///
/// It alone owns its memory, and cannot be copied: an array would ask at every span whether somebody else shares it.
struct SpanPages: ~Copyable, @unchecked Sendable {
    /// How many spans of each stage may wait.
    static let pageSize = 256
    /// In the order in which one event ends them.
    static let order: [Stage] = [
        .think, .outboundNetwork, .queueWait, .persistAsync, .persist, .returnNetwork, .request, .response,
    ]

    private let spans: UnsafeMutablePointer<Span>
    private let counts: UnsafeMutablePointer<Int>

    init() {
        spans = .allocate(capacity: Self.order.count * Self.pageSize)
        counts = .allocate(capacity: Self.order.count)
        counts.initialize(repeating: 0, count: Self.order.count)
    }

    deinit {
        spans.deallocate()
        counts.deallocate()
    }

    /// Takes a span whose stage has room.
    @inline(__always)
    mutating func append(_ span: Span) {
        let place = Self.place(of: span.stage)
        let count = counts[place]
        assert(count < Self.pageSize, "a page of spans is full")
        (spans + (place &* Self.pageSize &+ count)).initialize(to: span)
        counts[place] = count &+ 1
    }

    /// Removes the spans of the next stage that has some, in the order in which they came; nil when none wait any more.
    ///
    /// They are valid until the next one is put down.
    @inline(__always)
    mutating func removeNext() -> (stage: Stage, spans: UnsafeBufferPointer<Span>)? {
        for place in 0..<Self.order.count where counts[place] > 0 {
            defer { counts[place] = 0 }
            return (
                Self.order[place],
                UnsafeBufferPointer(start: spans + place * Self.pageSize, count: counts[place])
            )
        }
        return nil
    }

    var isEmpty: Bool { (0..<Self.order.count).allSatisfy { counts[$0] == 0 } }

    @inline(__always)
    private static func place(of stage: Stage) -> Int {
        switch stage {
        case .think: 0
        case .outboundNetwork: 1
        case .queueWait: 2
        case .persistAsync: 3
        case .persist: 4
        case .returnNetwork: 5
        case .request: 6
        case .response: 7
        }
    }
}
