import Randomness
import Simulation
import Testing
import TraceModel

@Suite("SystemUnderTest", .timeLimit(.minutes(5)))
struct SystemUnderTestTests {
    @Test(
        "every request goes through its events once and in order, and those that miss the end are open",
        arguments: [
            SystemParameters.original,
            .original.with { $0.clientCount = 200 },
            .original.with { $0.writes = .synchronous },
            .original.with {
                $0.permits = .perClient(8)
                $0.clientCount = 100
            },
        ])
    func conservation(parameters: SystemParameters) {
        let run = SimulatedRun(parameters)
        let asynchronous: [EventKind] = [.requestStart, .requestNonblock, .persistStart, .persistAsyncStart]
        var kinds: [UInt64: [EventKind]] = [:]
        for event in run.events where event.request != 0 { kinds[event.request, default: []].append(event.kind) }
        let faulty = kinds.filter { _, kinds in
            let path = kinds.map { $0 == .requestBlock ? .requestNonblock : $0 }
            let common = path.filter { asynchronous.contains($0) }
            return common != Array(asynchronous.prefix(common.count)) || Set(path).count != path.count
                || (path.contains(.persistDone) && !path.contains(.persistAsyncStart))
                || (path.contains(.requestDone) && !path.contains(.persistStart))
        }
        #expect(faulty.isEmpty)
        #expect(Set(run.requests(with: .requestStart)) == Set(1...UInt64(kinds.count)))
    }

    @Test("the window's counts are those of the events between the markers, and the open requests are counted")
    func windowCounts() throws {
        let run = SimulatedRun(.original.with { $0.clientCount = 200 })
        let outcome = try #require(run.outcome)
        let start = try #require(run.events.firstIndex { $0.kind == .measurementStart })
        let end = try #require(run.events.firstIndex { $0.kind == .measurementEnd })
        let inWindow = run.events[start...end]
        func count(_ kind: EventKind) -> Int { inWindow.count { $0.kind == kind } }
        #expect(outcome.counts.requestsStarted == count(.requestStart))
        #expect(outcome.counts.requestsDone == count(.requestDone))
        #expect(outcome.counts.blocked == count(.requestBlock))
        #expect(outcome.counts.nonblocked == count(.requestNonblock))
        #expect(outcome.counts.writesStarted == count(.persistStart))
        #expect(outcome.counts.writesDone == count(.persistDone))
        let before = run.events[...end]
        #expect(
            outcome.requestsOpen
                == before.count { $0.kind == .requestStart } - before.count { $0.kind == .requestDone })
        #expect(outcome.elapsed == .seconds(60))
        #expect(run.events[end].nanoseconds - run.events[start].nanoseconds == 60_000_000_000)
        #expect(run.events[start].nanoseconds == 5_000_000_000)
    }

    @Test("as many draws are below zero as Φ(−2) of the writes")
    func negativeDraws() throws {
        let outcome = try #require(SimulatedRun(.original.with { $0.clientCount = 100 }).outcome)
        let share = Double(outcome.counts.negativeDraws) / Double(outcome.counts.writesStarted)
        // Φ(−2) = 0.0227; about 5900 writes make a standard error of 0.0019.
        #expect(abs(share - 0.0227) < 4 * 0.0019, "seed 1")
    }

    @Test("an asynchronous request takes two ways through the network and nothing else, if it is not blocked")
    func asynchronousRequest() {
        let run = SimulatedRun(
            .original.with {
                $0.clientCount = 5
                $0.networkDelay = Delay(.microseconds(1500))
            })
        #expect(Set(run.durations(from: .requestStart, to: .requestDone)) == [3_000_000])
    }

    @Test("a synchronous request takes the write besides")
    func synchronousRequest() {
        let run = SimulatedRun(
            .original.with {
                $0.clientCount = 5
                $0.networkDelay = Delay(.microseconds(1500))
                $0.writeDelay = Delay(.milliseconds(50))
                $0.writes = .synchronous
            })
        #expect(Set(run.durations(from: .requestStart, to: .requestDone)) == [53_000_000])
    }

    @Test("never more writes are in progress than there are permits, and at most so many are reached under load")
    func writesInProgress() {
        let run = SimulatedRun(.original.with { $0.clientCount = 200 })
        var inProgress = 0
        var most = 0
        for event in run.events {
            if event.kind == .persistStart { inProgress += 1 }
            if event.kind == .persistDone { inProgress -= 1 }
            most = max(most, inProgress)
        }
        #expect(most == 8)
    }

    @Test("permits are given in the order in which they were asked for")
    func permitOrder() {
        let run = SimulatedRun(.original.with { $0.clientCount = 300 })
        let asked = run.events.filter { $0.kind == .requestBlock || $0.kind == .requestNonblock }.map(\.request)
        let given = run.requests(with: .persistStart)
        #expect(run.requests(with: .requestBlock).count > 1000)
        #expect(given == Array(asked.prefix(given.count)))
    }

    @Test("with permits in proportion to the clients nothing blocks")
    func permitsPerClient() throws {
        let outcome = try #require(
            SimulatedRun(
                .original.with {
                    $0.clientCount = 300
                    $0.permits = .perClient(8)
                }
            ).outcome)
        #expect(outcome.counts.blocked == 0)
        #expect(outcome.counts.requestsDone > 300 * 59)
    }

    @Test("a herd starts at once; staggered client i of N starts after i/N of the mean think time")
    func starts() {
        let herd = SimulatedRun(.original.with { $0.measure = .milliseconds(1) })
        let staggered = SimulatedRun(
            .original.with {
                $0.start = .staggered
                $0.clientCount = 10
                $0.measure = .milliseconds(1)
            })
        #expect(herd.events.prefix(15).allSatisfy { $0.kind == .requestStart && $0.nanoseconds == 0 })
        var firsts: [UInt32: Int64] = [:]
        for event in staggered.events where event.kind == .requestStart && firsts[event.client] == nil {
            firsts[event.client] = event.nanoseconds
        }
        #expect((0..<10).allSatisfy { firsts[UInt32($0)] == Int64($0) * 100_000_000 })
    }

    @Test("without think time and network the permits alone set the pace")
    func zeroThink() throws {
        let outcome = try #require(
            SimulatedRun(
                .original.with {
                    $0.thinkTime = Delay(.zero)
                    $0.networkDelay = Delay(.zero)
                    $0.writeDelay = Delay(.milliseconds(50))
                    $0.measure = .seconds(10)
                }
            ).outcome)
        // Eight permits of 50 ms each: 160 a second, to within the writes that the window's edges cut.
        #expect(abs(outcome.counts.writesDone - 1600) <= 8)
    }

    @Test("writes of no length never block anybody")
    func zeroWrite() throws {
        let outcome = try #require(
            SimulatedRun(.original.with { $0.writeDelay = Delay(.zero) }).outcome)
        #expect(outcome.counts.writesDone == outcome.counts.writesStarted)
        #expect(abs(outcome.counts.requestsDone - 15 * 60) <= 15)
    }

    @Test("a run that is stopped early has both markers, and the counts up to then")
    func earlyStop() throws {
        let run = SimulatedRun(.original, stopAfter: 200)
        let outcome = try #require(run.outcome)
        #expect(run.events.count { $0.kind == .measurementStart } == 1)
        #expect(run.events.count { $0.kind == .measurementEnd } == 1)
        #expect(outcome.elapsed > .zero && outcome.elapsed < .seconds(60))
        #expect(run.events.count { $0.kind == .requestDone } == 200)
    }

    @Test("a run that is stopped in its warm-up has no markers and no counts")
    func stopInWarmUp() {
        let run = SimulatedRun(.original, stopAfter: 3)
        #expect(run.outcome == nil)
        #expect(!run.events.contains { $0.kind == .measurementStart || $0.kind == .measurementEnd })
    }

    @Test("the same seed gives the same events, another seed others", arguments: [1, 2, 3] as [UInt64])
    func seeds(seed: UInt64) {
        let parameters = SystemParameters.original.with {
            $0.clientCount = 140
            $0.measure = .seconds(10)
            $0.seed = seed
        }
        let events = SimulatedRun(parameters).events
        #expect(SimulatedRun(parameters).events == events)
        #expect(SimulatedRun(parameters.with { $0.seed = seed + 10 }).events != events)
    }

    @Test("one client more leaves the draws of the others as they were")
    func drawsOfOthers() {
        func draws(_ clientCount: Int) -> [Int64] {
            SimulatedRun(.original.with { $0.clientCount = clientCount }).events
                .filter { $0.kind == .persistStart && $0.client == 0 }.map(\.value)
        }
        let alone = draws(1)
        let withOthers = draws(7)
        #expect(alone.count > 50)
        #expect(withOthers.prefix(50) == alone.prefix(50))
    }

    @Test("a system in which nothing takes time says so")
    func nothingTakesTime() throws {
        let nothing = SystemParameters.original.with {
            $0.thinkTime = Delay(.zero)
            $0.networkDelay = Delay(.zero)
            $0.writeDelay = Delay(.zero)
        }
        #expect(!nothing.takesTime)
        #expect(nothing.with { $0.writeDelay = Delay(.microseconds(1)) }.takesTime)
        // Rounded to whole microseconds, these are zero for ever, or as good as.
        for text in ["exponential(1ns)", "normal(400ns, 0s)", "uniform(0us, 0us)"] {
            let delay = try Delay(text: text)
            #expect(!nothing.with { $0.thinkTime = delay }.takesTime, "\(text)")
        }
        for text in ["exponential(1us)", "normal(0s, 1s)", "uniform(0us, 1us)", "1ns"] {
            let delay = try Delay(text: text)
            #expect(nothing.with { $0.thinkTime = delay }.takesTime, "\(text)")
        }
        #expect(SystemParameters.original.with { $0.permits = .perClient(3) }.permitCount == 45)
    }
}
