import Pairing
import Testing
import TraceModel

@Suite("Whether requests wait for their writes")
struct WritesFinderTests {
    private func found(_ orders: [Bool]) -> Writes? {
        var finder = WritesFinder()
        for (request, writeIsFirst) in orders.enumerated() {
            for kind in writeIsFirst
                ? [EventKind.requestStart, .persistStart, .persistDone, .requestDone]
                : [EventKind.requestStart, .persistStart, .requestDone, .persistDone]
            {
                finder.add(Event(nanoseconds: 0, kind: kind, request: UInt64(request)))
            }
        }
        return finder.finish()
    }

    @Test("requests that are never done before their writes wait for them")
    func synchronous() { #expect(found(Array(repeating: true, count: 50)) == .synchronous) }

    @Test("a request done before its write shows that none waits, although some writes are done at once")
    func asynchronous() { #expect(found([true, true, false, true, true]) == .asynchronous) }

    @Test("a lost done or two does not turn a waiting program into one that does not wait")
    func lostEvents() { #expect(found([false] + Array(repeating: true, count: 100)) == .synchronous) }

    @Test("the first twenty thousand requests are asked, and no more")
    func prefix() {
        var taken = 0
        let events = (0..<UInt64(400_000)).lazy.flatMap { request in
            [EventKind.persistStart, .persistDone, .requestDone].map { kind in
                taken += 1
                return Event(nanoseconds: 0, kind: kind, request: request)
            }
        }
        #expect(WritesFinder.writes(of: events) == .synchronous)
        #expect((60_000...60_010).contains(taken))
    }

    @Test("without a request that was done nothing is claimed")
    func nothing() {
        #expect(found([]) == nil)
        var finder = WritesFinder()
        finder.add(Event(nanoseconds: 0, kind: .persistStart, request: 1))
        #expect(finder.finish() == nil)
    }
}
