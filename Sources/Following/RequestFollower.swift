// One pass over a trace, whatever its length: only the events of the requests asked for are kept, and of those a bounded
// number. A way that was found by one of its stages is known by its identifier and the instant at which that stage began,
// because an identifier may be used again. A use goes from one start (or due) of the identifier to the next.

import Pairing
import TraceModel

/// Keeps the events of some requests as the events of a trace go by.
public struct RequestFollower: Sendable {
    /// A request has at most eight events, one of each kind; of an identifier that repeats them so many are kept.
    public static let eventsMaximum = 1_000
    /// So many uses of one identifier are kept.
    public static let usesMaximum = 20

    /// What is looked for.
    public struct Target: Sendable, Hashable {
        public var request: UInt64
        /// The time of an event of the use that is meant, or the instant at which its request was due; nil for all uses.
        public var instant: Int64?

        public init(request: UInt64, instant: Int64? = nil) {
            self.request = request
            self.instant = instant
        }
    }

    private struct Following: Sendable {
        var instants: Set<Int64> = []
        var wantsAll = false
        var useCount = 0
        var current: IdentifierUse?
        var kept: [(number: Int, use: IdentifierUse)] = []
        var usesLeftOut = 0

        /// The use is over, as far as is known: it is kept if it is wanted.
        mutating func settle() {
            guard let use = current else { return }
            current = nil
            guard wantsAll || use.touches(instants) else { return }
            if kept.count < RequestFollower.usesMaximum {
                kept.append((useCount, use))
            } else {
                usesLeftOut += 1
            }
        }
    }

    private let order: [Target]
    private var followings: [UInt64: Following] = [:]

    /// - Parameter targets: In the order in which their ways are wanted.
    public init(_ targets: some Sequence<Target>) {
        order = Array(targets)
        for target in order {
            var following = followings[target.request] ?? Following()
            if let instant = target.instant { following.instants.insert(instant) } else { following.wantsAll = true }
            followings[target.request] = following
        }
    }

    /// Takes the next event, in the order of time; those of other requests pass.
    public mutating func add(_ event: Event) {
        guard event.kind != .measurementStart, event.kind != .measurementEnd else { return }
        guard let index = followings.index(forKey: event.request) else { return }
        if followings.values[index].current?.isOver(before: event) ?? true {
            let isOpen = followings.values[index].current.map { !$0.isFinished } ?? false
            followings.values[index].current?.isCutShort = isOpen
            followings.values[index].settle()
            followings.values[index].useCount += 1
            followings.values[index].current = IdentifierUse(request: event.request, beganBeforeLastEnded: isOpen)
        }
        followings.values[index].current?.add(event)
    }

    /// What was found, in the order of the targets and, for one target, of the time.
    ///
    /// - Parameters:
    ///   - writes: Whether requests wait for their writes.
    ///   - traceEnd: The time of the trace's last event.
    ///   - traceIsIncomplete: Whether events of the trace are missing.
    public consuming func finish(writes: Writes, traceEnd: Int64, traceIsIncomplete: Bool = false) -> Found {
        for request in followings.keys.sorted() { followings[request]?.settle() }
        var found = Found()
        var seen: Set<UInt64> = []
        for target in order {
            guard let following = followings[target.request] else { continue }
            if seen.insert(target.request).inserted { found.usesLeftOut += following.usesLeftOut }
            for (number, use) in following.kept where target.instant.map({ use.touches([$0]) }) ?? true {
                found.ways.append(
                    RequestWay(
                        use, number: number, of: following.useCount, writes: writes, traceEnd: traceEnd,
                        traceIsIncomplete: traceIsIncomplete))
            }
        }
        return found
    }

    /// The ways, and what there was no room for.
    public struct Found: Sendable, Equatable {
        public var ways: [RequestWay] = []
        /// Uses of the identifiers beyond ``usesMaximum``.
        public var usesLeftOut = 0

        public init() {}
    }
}

/// The events of one use of an identifier.
struct IdentifierUse: Sendable {
    let request: UInt64
    let beganBeforeLastEnded: Bool
    /// Whether the identifier was used again before this use had ended.
    var isCutShort = false
    private(set) var events: [Event] = []
    private(set) var eventsLeftOut = 0

    init(request: UInt64, beganBeforeLastEnded: Bool) {
        self.request = request
        self.beganBeforeLastEnded = beganBeforeLastEnded
    }

    mutating func add(_ event: Event) {
        if events.count < RequestFollower.eventsMaximum { events.append(event) } else { eventsLeftOut += 1 }
    }

    private func has(_ kind: EventKind) -> Bool { events.contains { $0.kind == kind } }

    /// Whether the event begins another use: a request is due once and starts once.
    func isOver(before event: Event) -> Bool {
        switch event.kind {
        case .requestStart: has(.requestStart)
        case .requestDue: has(.requestDue) || has(.requestStart)
        default: false
        }
    }

    /// Whether the request has its answer, and its write, if it has one, is done.
    var isFinished: Bool { has(.requestDone) && (!has(.persistStart) || has(.persistDone)) }

    /// Whether one of the instants is that of an event, or that at which the request was due.
    func touches(_ instants: Set<Int64>) -> Bool {
        events.contains { event in
            instants.contains(event.nanoseconds)
                || (event.kind == .requestDue && instants.contains(event.dueNanoseconds))
        }
    }
}
