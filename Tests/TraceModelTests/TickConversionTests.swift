import TestSupport
import Testing

@testable import TraceModel

@Suite struct TickConversionTests {
    @Test("times in nanoseconds stay as they are")
    func identity() {
        #expect(TickConversion.identity.nanoseconds(at: 0) == 0)
        #expect(TickConversion.identity.nanoseconds(at: UInt64(Int64.max)) == .max)
    }

    @Test("calibrations convert to themselves, in whatever order they come")
    func ends() throws {
        let points: [(UInt64, UInt64)] = [(9_000_000_007, 3_000_000_001), (1, 5), (27_000_000_011, 9_000_000_123)]
        let conversion = try #require(
            TickConversion(calibrations: points.map { .init(ticks: $0.0, nanoseconds: $0.1) }))
        for (ticks, nanoseconds) in points { #expect(conversion.nanoseconds(at: ticks) == Int64(nanoseconds)) }
    }

    @Test("fewer than two calibrations, or two that contradict each other, convert nothing")
    func refused() {
        typealias Points = [TickConversion.Calibration]
        let refused: [Points] = [
            [], [.init(ticks: 1, nanoseconds: 1)],
            [.init(ticks: 1, nanoseconds: 1), .init(ticks: 1, nanoseconds: 2)],
            [.init(ticks: 1, nanoseconds: 2), .init(ticks: 2, nanoseconds: 2)],
            [.init(ticks: 1, nanoseconds: 3), .init(ticks: 2, nanoseconds: 2)],
        ]
        for points in refused { #expect(TickConversion(calibrations: points) == nil) }
    }

    @Test("a later time never converts to fewer nanoseconds", arguments: 1...20 as ClosedRange<UInt64>)
    func rising(seed: UInt64) throws {
        var random = SeededGenerator(state: seed)
        var ticks: UInt64 = 0
        var nanoseconds: UInt64 = 0
        let calibrations = (0..<10).map { _ in
            ticks += UInt64.random(in: 1...400_000_000, using: &random)
            nanoseconds += UInt64.random(in: 1...200_000_000, using: &random)
            return TickConversion.Calibration(ticks: ticks, nanoseconds: nanoseconds)
        }
        let conversion = try #require(TickConversion(calibrations: calibrations))
        let near = calibrations.flatMap { (($0.ticks - min($0.ticks, 3))...($0.ticks + 3)) }
        let times = (near + (0..<500).map { _ in UInt64.random(in: 0...(2 * ticks), using: &random) }).sorted()
        let converted = times.map(conversion.nanoseconds)
        #expect(zip(converted, converted.dropFirst()).allSatisfy(<=))
    }

    @Test(
        "times in any order convert on a walk to what they convert to one by one",
        arguments: 1...20 as ClosedRange<UInt64>)
    func walk(seed: UInt64) throws {
        var random = SeededGenerator(state: seed)
        var (ticks, nanoseconds): (UInt64, UInt64) = (1000, 0)
        let calibrations = (0..<10).map { _ in
            ticks += UInt64.random(in: 1...(seed % 2 == 0 ? 40 : 400_000_000), using: &random)
            nanoseconds += UInt64.random(in: 1...200_000_000, using: &random)
            return TickConversion.Calibration(ticks: ticks, nanoseconds: nanoseconds)
        }
        let conversion = try #require(TickConversion(calibrations: calibrations))
        let near = calibrations.flatMap { (($0.ticks - 3)...($0.ticks + 3)) }
        let times = near + (0..<2000).map { _ in UInt64.random(in: 0...(2 * ticks), using: &random) } + [.max]
        for order in [times.sorted(), times] {
            var walk = TickConversion.Walk(conversion: conversion)
            for time in order { #expect(walk.nanoseconds(at: time) == conversion.nanoseconds(at: time)) }
        }
        var identity = TickConversion.Walk(conversion: .identity)
        #expect(identity.nanoseconds(at: 7) == 7 && identity.nanoseconds(at: .max) == .max)
    }

    @Test("impossible calibrations and times end at the ends of the range, without a trap")
    func extremes() throws {
        let largest = UInt64(Int64.max)
        let steep = try #require(
            TickConversion(calibrations: [
                .init(ticks: 1, nanoseconds: 0), .init(ticks: 2, nanoseconds: largest),
            ]))
        #expect(steep.nanoseconds(at: largest) == .max)
        #expect(steep.nanoseconds(at: 0) <= 0)
        let late = try #require(
            TickConversion(calibrations: [
                .init(ticks: largest - 1, nanoseconds: 1), .init(ticks: largest, nanoseconds: largest),
            ]))
        #expect(late.nanoseconds(at: 0) == .min)
        let all = try #require(
            TickConversion(calibrations: [.init(ticks: 0, nanoseconds: 0), .init(ticks: 1, nanoseconds: .max)]))
        #expect(all.nanoseconds(at: .max) == .max)
    }
}
