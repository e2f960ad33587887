import TestSupport
import Testing

@testable import TraceModel

@Suite struct LoserTreeTests {
    /// Merges, as a walk through a trace does.
    private func merged(_ streams: [[UInt64]]) -> [[UInt64]] {
        var positions = [Int](repeating: 0, count: streams.count)
        func time(_ stream: Int) -> UInt64? {
            positions[stream] < streams[stream].count ? streams[stream][positions[stream]] : nil
        }
        var merged: [[UInt64]] = []
        while streams.indices.contains(where: { time($0) != nil }) {
            var tree = LoserTree(streams.indices.map(time))
            let code = tree.code
            tree.play { losers, winner in
                while !code.isFar(winner) {
                    let stream = code.stream(of: winner)
                    merged.append([streams[stream][positions[stream]], UInt64(stream)])
                    positions[stream] += 1
                    let entry =
                        time(stream).map { code.entry(time: $0, stream: stream) } ?? code.entry(endOf: stream)
                    winner = LoserTree.replay(losers, entry, stream: stream)
                }
            }
        }
        return merged
    }

    private func expected(_ streams: [[UInt64]]) -> [[UInt64]] {
        streams.enumerated().flatMap { stream, times in times.map { [$0, UInt64(stream)] } }
            .sorted { ($0[0], $0[1]) < ($1[0], $1[1]) }
    }

    @Test("streams come out merged, equal times in the order of the streams", arguments: 0...40)
    func merges(streamCount: Int) {
        var random = SeededGenerator(state: UInt64(streamCount))
        let streams = (0..<streamCount).map { _ in
            (0..<Int.random(in: 0...20, using: &random)).map { _ in UInt64.random(in: 0...9, using: &random) }.sorted()
        }
        #expect(merged(streams) == expected(streams))
    }

    @Test("times may be as far apart as numbers below 2⁶³ are", arguments: 1...40)
    func mergesFarApart(streamCount: Int) {
        var random = SeededGenerator(state: UInt64(streamCount))
        let streams = (0..<streamCount).map { _ in
            (0..<Int.random(in: 0...20, using: &random)).map { _ in
                UInt64.random(in: 0...9, using: &random) << UInt64.random(in: 0...59, using: &random)
            }.sorted()
        }
        #expect(merged(streams) == expected(streams))
    }
}
