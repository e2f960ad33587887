import Testing

@testable import Running

@Suite("The time of a run")
struct RunClockTests {
    @Test(
        "is written as ISO 8601 in UTC, to the millisecond",
        arguments: [
            (0, 0, "1970-01-01T00:00:00.000Z"), (951_827_696, 5, "2000-02-29T12:34:56.005Z"),
            (4_102_444_799, 999, "2099-12-31T23:59:59.999Z"),
        ])
    func timestamp(seconds: Int, milliseconds: Int, text: String) {
        #expect(RunClock.timestamp(seconds: seconds, milliseconds: milliseconds) == text)
    }

    @Test("never goes back")
    func monotonic() {
        let first = RunClock.system.elapsed()
        #expect(RunClock.system.elapsed() >= first)
    }
}
