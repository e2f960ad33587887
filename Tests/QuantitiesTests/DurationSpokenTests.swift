import Quantities
import Testing

@Suite("Durations as people say them")
struct DurationSpokenTests {
    @Test(
        "tenths below ten seconds, then the two largest units, without a zero",
        arguments: [
            (-5_000, "0 s"), (0, "0 s"), (49, "0 s"), (50, "0.1 s"), (750, "0.8 s"), (9_000, "9.0 s"), (9_949, "9.9 s"),
            (9_950, "10 s"), (59_499, "59 s"), (59_500, "1 min"), (225_000, "3 min 45 s"), (3_599_499, "59 min 59 s"),
            (3_599_500, "1 h"), (3_660_000, "1 h 1 min"), (7_180_000, "2 h"), (12_687_000, "3 h 31 min"),
            (86_399_600, "24 h"),
        ] as [(Int64, String)])
    func spoken(milliseconds: Int64, expected: String) {
        #expect(Duration.milliseconds(milliseconds).spoken == expected)
    }
}
