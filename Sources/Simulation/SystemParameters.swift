import Quantities
import Randomness

/// All that determines a run of the system, apart from the runtime that it runs on.
public struct SystemParameters: Sendable, Equatable {
    /// How many clients there are, each with one request at a time: 1…1 000 000.
    public var clientCount: Int
    public var permits: PermitSupply
    public var queue: QueueDiscipline
    public var writes: WriteMode
    /// What a write takes once it runs.
    public var writeDelay: Delay
    /// What one way through the network takes.
    public var networkDelay: Delay
    /// When requests are made.
    public var arrivals: Arrivals
    /// What a client waits between an answer and its next request, in a closed loop.
    public var thinkTime: Delay
    /// When the first requests of a closed loop are made.
    public var start: StartMode
    /// The part of each period during which the store stands still; nil for never. The first period begins with the run.
    public var stall: PeriodicSpan?
    /// What is left out at the beginning; zero or more.
    public var warmUp: Duration
    /// The length of the measured window; more than zero.
    public var measure: Duration
    /// Names the run: every random number follows from it.
    public var seed: UInt64

    /// How many permits the data processor has.
    public enum PermitSupply: Sendable, Equatable {
        /// So many in all: 1…1 000 000.
        case shared(Int)
        /// So many times the number of clients: 1…1000.
        case perClient(Int)
    }

    /// Who of those that wait for a permit is next.
    public enum QueueDiscipline: String, Sendable, CaseIterable {
        /// First in, first out: who has waited longest.
        case fifo
        /// Last in, first out: who has just come. The mean wait stays, and its tail grows.
        case lifo
    }

    /// Whether a request waits for its write.
    public enum WriteMode: String, Sendable, CaseIterable {
        /// The request goes back as soon as its write is enqueued.
        case asynchronous
        /// The request goes back when its write is done.
        case synchronous
    }

    /// When the clients send their first requests.
    public enum StartMode: String, Sendable, CaseIterable {
        /// All at once.
        case herd
        /// Client i of N after i/N of the mean think time.
        case staggered
    }

    public init(
        clientCount: Int, permits: PermitSupply, queue: QueueDiscipline = .fifo, writes: WriteMode, writeDelay: Delay,
        networkDelay: Delay,
        arrivals: Arrivals = .closed, thinkTime: Delay, start: StartMode, stall: PeriodicSpan? = nil,
        warmUp: Duration, measure: Duration, seed: UInt64
    ) {
        self.clientCount = clientCount
        self.permits = permits
        self.queue = queue
        self.writes = writes
        self.writeDelay = writeDelay
        self.networkDelay = networkDelay
        self.arrivals = arrivals
        self.thinkTime = thinkTime
        self.start = start
        self.stall = stall
        self.warmUp = warmUp
        self.measure = measure
        self.seed = seed
    }

    /// How many permits there are in all.
    public var permitCount: Int {
        switch permits {
        case .shared(let count): count
        case .perClient(let count): count * clientCount
        }
    }

    /// Whether time can pass at all. Without it clients would go round in no time for ever: a busy loop on a clock, and
    /// in virtual time a program that never ends.
    public var takesTime: Bool {
        arrivals != .closed || thinkTime.canLast || networkDelay.canLast || writeDelay.canLast
    }
}
