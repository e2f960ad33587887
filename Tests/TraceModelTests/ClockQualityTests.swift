import Testing

@testable import TraceModel

@Suite struct ClockQualityTests {
    private static func quality(_ calibrations: [(UInt64, Int64)], clock: TraceFormat.Clock) throws -> ClockQuality? {
        var fixture = TraceFixture()
        fixture.header.clock = clock
        let times = (0..<25).map { UInt64(900_000 + 6 * $0 * $0) }
        fixture.add(
            stream: 0, sequence: 0, thread: 1, at: 500,
            calibrations.map { .calibration(ticks: $0.0, nanoseconds: $0.1) }
                + times.map { .event(.requestStart, at: $0, request: $0) })
        return try withReader(fixture.bytes) { $0.clockQuality }
    }

    @Test("a calibration off the line, a counter that slows down, and the clock's step are found")
    func ticks() throws {
        // Two ticks a nanosecond at first, 100 millionths faster in the second half, and 7 ns off at 200 000.
        let points: [(UInt64, Int64)] = [(1000, 500), (200_000, 100_007), (400_000, 200_000), (799_000, 399_519)]
        let quality = try #require(try Self.quality(points, clock: .ticks))
        #expect(quality.calibrationCount == 4)
        let residual = 7 + 99_500 - 199_000 * (199_500.0 / 399_000)
        #expect(abs(try #require(quality.largestResidualNanoseconds) - residual) < 7)
        let drift = (199_519.0 / 399_000) / (199_500.0 / 399_000) - 1
        #expect(abs(try #require(quality.driftPartsPerMillion) - drift * 1e6) < 1e-6)
        let rate = 399_019.0 / 798_000
        // 101 000 ticks apart, and then 6, 18, 30, 42 and so on.
        #expect(abs(try #require(quality.resolutionNanoseconds) - 2 * rate) < 1e-9)
    }

    @Test("the residual of one calibration off a straight line is how far off it is")
    func residual() throws {
        let points: [(UInt64, Int64)] = [(1000, 500), (3000, 1540), (5000, 2500), (7000, 3500)]
        let quality = try #require(try Self.quality(points, clock: .ticks))
        #expect(quality.largestResidualNanoseconds == 40)
    }

    @Test("two calibrations cannot contradict a line, and nanoseconds need none")
    func few() throws {
        let two = try #require(try Self.quality([(1000, 500), (3000, 1500)], clock: .ticks))
        #expect(two.calibrationCount == 2)
        #expect(two.largestResidualNanoseconds == nil && two.driftPartsPerMillion == nil)
        let monotonic = try #require(try Self.quality([], clock: .monotonic))
        #expect(
            monotonic
                == ClockQuality(
                    calibrationCount: 0, largestResidualNanoseconds: nil, driftPartsPerMillion: nil,
                    resolutionNanoseconds: 2))
    }

    @Test("of a few events the gaps are no step of the clock, unless they show that it counts in ones")
    func fewEvents() throws {
        func step(_ times: [UInt64]) throws -> Double? {
            var fixture = TraceFixture()
            fixture.add(
                stream: 0, sequence: 0, thread: 1, at: times[0],
                times.map { .event(.requestStart, at: $0, request: $0) })
            return try withReader(fixture.bytes) { $0.clockQuality?.resolutionNanoseconds }
        }
        #expect(try step([1_000_000, 5_000_000, 9_000_000, 17_000_000]) == nil)
        #expect(try step([1_000_000, 1_000_000, 1_000_003, 1_000_007]) == 1)
        let coarse = (0...ClockStep.distancesNeeded).map { UInt64($0) * 4_000_000 }
        #expect(try step(coarse) == 4_000_000)
        #expect(try step(Array(coarse.dropLast())) == nil)
    }

    @Test("virtual time reads no clock")
    func virtual() throws {
        var fixture = TraceFixture()
        fixture.header = TraceHeader(
            clock: .virtual, process: 0, startNanosecondsSinceEpoch: 0, chunksClaimed: 0, eventsDropped: 0,
            eventsRecorded: nil, description: "", isClosed: true)
        fixture.add(stream: 0, sequence: 0, thread: 0, [TraceRecord(time: 1, kind: 1)])
        try withReader(fixture.bytes) { reader in
            #expect(reader.problems == [])
            #expect(reader.clockQuality == nil)
        }
    }
}
