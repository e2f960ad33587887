import Quantities
import Randomness
import Testing
import TraceModel

@testable import Simulation

// What must hold on every runtime, whichever OS thread does what when. The events are in an order in which they can have
// happened, and that is all that is known of it: between two steps of one green thread any others may come. So
//
// - a permit is held from before persist-start until after persist-done: at any place of the order, those between are at
//   most as many as permits;
// - request-block is recorded under the permits' lock, together with taking a place in the queue: the order of these
//   events is the queue. A permit is granted before the persist-start that follows it, and two that were granted one after
//   the other may reach theirs in either order. But whoever was overtaken so holds a permit already. Hence at each
//   persist-start the overtaken and the writes in progress are together at most as many as permits, and with one permit
//   nobody is overtaken at all;
// - who takes a permit at once has found the queue empty, after its request-start: whoever was in the queue before that
//   counts as overtaken too.

@Suite("The system on every runtime", .timeLimit(.minutes(5)))
struct EveryRuntimeTests {
    static let systems: [SystemParameters] = [
        quick,
        quick.with { $0.permits = .shared(1) },
        quick.with { $0.writes = .synchronous },
        quick.with { $0.permits = .perClient(2) },
        quick.with { $0.arrivals = .poisson(perSecond: 4000) },
        quick.with {
            $0.arrivals = .paced(perSecond: 20_000)
            $0.permits = .shared(3)
            $0.stall = PeriodicSpan(length: .milliseconds(10), period: .milliseconds(40))
        },
    ]

    @Test("the books balance, permits go in order, and every draw is its client's", arguments: systems)
    func everywhere(parameters: SystemParameters) async throws {
        for runtime in RuntimeUnderTest.allCases {
            let run = await runtime.run(parameters, until: 400)
            let outcome = try #require(run.outcome, "\(runtime)")
            #expect(run.events.count { $0.kind == .requestDone } >= 400, "\(runtime)")
            expectBalance(run, outcome, parameters, "\(runtime)")
            expectOrder(run.events, permitCount: parameters.permitCount, "\(runtime)")
            expectDraws(run.events, parameters, "\(runtime)")
            expectSchedule(run.events, parameters, "\(runtime)")
        }
    }

    /// Many clients at a few permits, and everything short.
    private static let quick = SystemParameters(
        clientCount: 60, permits: .shared(4), writes: .asynchronous,
        writeDelay: Delay(terms: [
            .constant(ConstantDistribution(.microseconds(300))),
            .exponential(ExponentialDistribution(mean: .microseconds(200))),
        ]), networkDelay: Delay(terms: [.exponential(ExponentialDistribution(mean: .microseconds(100)))]),
        thinkTime: Delay(terms: [.exponential(ExponentialDistribution(mean: .milliseconds(2)))]), start: .herd,
        warmUp: .milliseconds(5), measure: .seconds(3600), seed: 1)
}

/// What is started is done or open; each request has its events once and in order, and each client one request at a time.
private func expectBalance(
    _ run: EveryRuntimeRun, _ outcome: WindowOutcome, _ parameters: SystemParameters, _ runtime: Comment
) {
    #expect(run.events.count { $0.kind == .measurementStart } == 1, runtime)
    #expect(run.events.count { $0.kind == .measurementEnd } == 1, runtime)
    #expect((0...parameters.clientCount).contains(outcome.requestsOpen), runtime)

    var paths: [UInt64: [EventKind]] = [:]
    var open: [UInt32: UInt64] = [:]
    var wrongTurns = 0
    for event in run.events where event.request != 0 {
        paths[event.request, default: []].append(event.kind)
        if event.kind == .requestStart {
            wrongTurns += open.updateValue(event.request, forKey: event.client) == nil ? 0 : 1
        }
        if event.kind == .requestDone { wrongTurns += open.removeValue(forKey: event.client) == event.request ? 0 : 1 }
    }
    #expect(wrongTurns == 0, runtime)
    #expect(Set(paths.keys) == Set(1...UInt64(paths.count)), runtime)
    let starts = run.events.count { $0.kind == .requestStart }
    #expect(starts == run.events.count { $0.kind == .requestDone } + open.count, runtime)
    let isOpenLoop = parameters.arrivals != .closed
    #expect(paths.values.allSatisfy { isPath($0, parameters.writes, isOpenLoop: isOpenLoop) }, runtime)
}

/// Whether events come in the order that a request goes through them, up to some point.
private func isPath(_ path: [EventKind], _ writes: SystemParameters.WriteMode, isOpenLoop: Bool) -> Bool {
    let there: [EventKind] = (isOpenLoop ? [.requestDue] : []) + [.requestStart, .requestNonblock, .persistStart]
    let written: [EventKind] = [.persistAsyncStart, .persistDone]
    let blind = path.map { $0 == .requestBlock ? .requestNonblock : $0 }
    switch writes {
    case .synchronous:
        return (there + written + [.requestDone]).starts(with: blind)
    case .asynchronous:
        // The answer comes in any order with the write.
        let answers = blind.filter { $0 == .requestDone }.count
        return (there + written).starts(with: blind.filter { $0 != .requestDone })
            && (answers == 0 || answers == 1 && blind.count > there.count && blind.prefix(there.count) == there[...])
    }
}

/// Never more writes than permits, and nobody is overtaken without a permit of its own.
private func expectOrder(_ events: [Event], permitCount: Int, _ runtime: Comment) {
    var waiting: [UInt64] = []
    /// How many had joined the queue when the request was made.
    var joinedBefore: [UInt64: Int] = [:]
    var joinedCount = 0
    var places: [UInt64: Int] = [:]
    var busy = 0
    var (busyMost, crowdMost, blockedCount) = (0, 0, 0)
    for event in events {
        switch event.kind {
        case .requestStart:
            joinedBefore[event.request] = joinedCount
        case .requestBlock:
            places[event.request] = joinedCount
            waiting.append(event.request)
            joinedCount += 1
            blockedCount += 1
        case .persistStart:
            busy += 1
            busyMost = max(busyMost, busy)
            let place = places[event.request] ?? joinedBefore[event.request] ?? 0
            waiting.removeAll { $0 == event.request }
            let overtaken = waiting.count { places[$0, default: 0] < place }
            crowdMost = max(crowdMost, overtaken + busy)
        case .persistDone:
            busy -= 1
        default: break
        }
    }
    #expect(busyMost <= permitCount, runtime)
    #expect(crowdMost <= permitCount, "\(runtime): somebody was overtaken who held no permit")
    // Otherwise there was no queue to keep in order.
    #expect(permitCount > 60 || blockedCount > 20, runtime)
}

/// The k-th write of a client takes what the client's own stream draws k-th, on this runtime as on any other.
private func expectDraws(_ events: [Event], _ parameters: SystemParameters, _ runtime: Comment) {
    var drawn = [[Int64]](repeating: [], count: parameters.clientCount)
    for event in events where event.kind == .persistStart { drawn[Int(event.client)].append(event.value) }
    let clients = StreamName(seed: parameters.seed, "client")
    let strangers = drawn.indices.filter { client in
        var stream = clients.split("\(client)").split("write").stream
        let own = drawn[client].map { _ in parameters.writeDelay.draw(from: &stream).duration.inNanoseconds }
        return drawn[client] != own
    }
    #expect(strangers.isEmpty, "\(runtime): clients with draws that are not theirs")
    // Each of the requests that were done had a write.
    #expect(drawn.joined().count >= 400, runtime)
}

/// Requests are due when the schedule says, to the nanosecond on every clock, and none is made twice or early.
private func expectSchedule(
    _ events: [Event], _ parameters: SystemParameters, _ runtime: Comment
) {
    let recorded = events.filter { $0.kind == .requestDue }
    guard
        var times = ArrivalTimes(
            parameters.arrivals, drawingFrom: RandomStream(seed: parameters.seed, name: "arrivals"))
    else {
        #expect(recorded.isEmpty, runtime)
        return
    }
    #expect(recorded.allSatisfy { $0.value >= 0 }, runtime)
    let due = recorded.map(\.dueNanoseconds).sorted()
    guard let last = due.last else {
        Issue.record("\(runtime): no request was due")
        return
    }
    var scheduled: [Int64] = []
    while scheduled.last ?? 0 <= last { scheduled.append(times.next()) }
    scheduled.removeLast()
    let missing = Set(scheduled).subtracting(due)
    #expect(Set(due).count == due.count && Set(due).isSubset(of: scheduled), runtime)
    #expect(missing.isEmpty, runtime)
}
