import Testing

@testable import Timekeeping

@Suite("WaitList")
struct WaitListTests {
    @Test("waits are listed by kind, then by number, whichever places they got")
    func order() {
        let (client, writer) = (WaitKind("client", for: "a permit"), WaitKind("writer", for: "a write"))
        var list = WaitList()
        let places = (0..<4 as Range<UInt64>).map { list.begin(Wait(client, $0)) }
        list.end(places[1])
        list.end(places[0])
        _ = list.begin(Wait(writer, 0))
        _ = list.begin(Wait(client, 1 << 40))
        #expect(list.count == 4)
        #expect(
            list.all.map { "\($0.kind.waiter) \($0.number) \($0.kind.awaited)" } == [
                "client 2 a permit", "client 3 a permit", "client 1099511627776 a permit", "writer 0 a write",
            ])
    }
}
