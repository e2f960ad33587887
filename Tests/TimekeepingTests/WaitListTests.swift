import Testing

@testable import Timekeeping

@Suite("WaitList")
struct WaitListTests {
    @Test("waits are listed in the order in which they began, whichever places they got")
    func order() {
        var list = WaitList()
        let places = (0..<4 as Range<UInt64>).map { list.begin(Wait("client", $0, for: "a permit")) }
        list.end(places[1])
        list.end(places[0])
        _ = list.begin(Wait("client", 9, for: "a permit"))
        #expect(list.count == 3)
        #expect(list.all.map(\.number) == [2, 3, 9])
    }
}
