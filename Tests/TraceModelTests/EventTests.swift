import Testing
import TraceModel

@Suite struct EventTests {
    @Test(
        "a request was due its lateness before the record, and an instant that does not fit is the end of the range",
        arguments: [
            (100 as Int64, 30 as Int64, 70 as Int64), (100, 0, 100), (100, 130, -30), (.min, 1, .min), (-2, .max, .min),
            (0, .min, .max),
        ])
    func due(nanoseconds: Int64, lateness: Int64, due: Int64) {
        let event = Event(nanoseconds: nanoseconds, kind: .requestDue, request: 1, value: lateness)
        #expect(event.dueNanoseconds == due)
    }
}
