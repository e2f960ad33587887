// In virtual time a sleep ends at its deadline, computing takes no time, and one thread runs everything: audits that judge
// clocks, timers and threads have nothing to look at. So the events are stamped as an idle machine would have stamped them:
// each timer is late by some tens of microseconds, each step of the program takes a microsecond or two, each client runs on
// a thread of its own, and the store's threads take one write after the other in turn, each done with its write long before
// its next. With one thread a request at a time, pairing by thread is right, and has to be found right.
//
// A request's lateness ends with it: its client's think time is that much shorter than on a machine, a tenth of a
// millisecond in a second, but never shorter than a step of the program.

import Randomness
import TraceModel

/// Virtual events as a quiet machine's clock, timers and threads would have shown them.
struct WallClockStamp {
    /// Enough that a thread has its next write seconds after its last one.
    private static let storeThreads: UInt32 = 256
    private static let firstClientThread: UInt32 = 1001
    private static let firstStoreThread: UInt32 = 500_001
    static let cpuCount: UInt32 = 4

    /// A request's lateness so far, on its own path and on its write's.
    private struct Lateness {
        var request: Int64 = 0
        var write: Int64 = 0
        var storeThread: UInt32 = 0
    }

    private var stream: RandomStream
    private var open: [UInt64: Lateness] = [:]
    /// When each client had its last answer.
    private var answered: [UInt32: Int64] = [:]
    private var writeCount: UInt32 = 0

    private init(stream: RandomStream) { self.stream = stream }

    /// The events in the order of their new times; those of one request keep theirs.
    static func events(_ events: [Event], _ stream: RandomStream) -> [Event] {
        var stamp = WallClockStamp(stream: stream)
        return events.map { stamp.stamped($0) }.sorted { $0.nanoseconds < $1.nanoseconds }
    }

    private mutating func stamped(_ event: Event) -> Event {
        var event = event
        event.thread = Self.firstClientThread + event.client
        var lateness = open[event.request] ?? Lateness()
        switch event.kind {
        case .measurementStart, .measurementEnd:
            event.thread = 1
            return event
        case .requestDue:
            lateness.request = timer()
            event.value += lateness.request
            event.nanoseconds += lateness.request
        case .requestStart:
            // Due a moment ago, or woken from thinking.
            lateness.request = lateness.request > 0 ? lateness.request + step() : timer()
            if let last = answered[event.client] {
                lateness.request = max(lateness.request, last + step() - event.nanoseconds)
            }
            event.nanoseconds += lateness.request
        case .requestNonblock, .requestBlock:
            lateness.request += timer()
            event.nanoseconds += lateness.request
        case .persistStart:
            lateness.request += step()
            lateness.write = lateness.request
            lateness.storeThread = Self.firstStoreThread + writeCount % Self.storeThreads
            writeCount += 1
            event.nanoseconds += lateness.write
            event.thread = lateness.storeThread
        case .persistAsyncStart:
            lateness.write += step()
            event.nanoseconds += lateness.write
            event.thread = lateness.storeThread
        case .persistDone:
            event.nanoseconds += lateness.write + timer()
            event.thread = lateness.storeThread
        case .requestDone:
            event.nanoseconds += lateness.request + timer()
            answered[event.client] = event.nanoseconds
        }
        event.cpu = UInt16(event.thread % Self.cpuCount)
        open[event.request] = lateness
        return event
    }

    /// How late a timer is: 15 µs, and 30 µs more on average.
    private mutating func timer() -> Int64 { 15_000 + exponential(mean: 30_000) }

    /// How long the program takes from one event to the next: 1 µs, and 1 µs more on average.
    private mutating func step() -> Int64 { 1_000 + exponential(mean: 1_000) }

    private mutating func exponential(mean: Double) -> Int64 { stream.nextExponential(mean: mean) }
}
