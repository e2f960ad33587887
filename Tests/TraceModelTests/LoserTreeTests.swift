import TestSupport
import Testing

@testable import TraceModel

@Suite struct LoserTreeTests {
    @Test("streams come out merged, equal times in the order of the streams", arguments: 0...40)
    func merges(streamCount: Int) {
        var random = SeededGenerator(state: UInt64(streamCount))
        let streams = (0..<streamCount).map { _ in
            (0..<Int.random(in: 0...20, using: &random)).map { _ in UInt64.random(in: 0...9, using: &random) }.sorted()
        }
        var positions = [Int](repeating: 0, count: streamCount)
        func entry(_ stream: Int) -> LoserTree.Entry {
            guard positions[stream] < streams[stream].count else { return .init(endOf: stream) }
            return .init(time: streams[stream][positions[stream]], stream: stream)
        }
        var tree = LoserTree((0..<streamCount).map(entry))
        var merged: [[UInt64]] = []
        while !tree.winner.isEnded {
            let stream = tree.winner.stream
            merged.append([streams[stream][positions[stream]], UInt64(stream)])
            positions[stream] += 1
            tree.play { losers, winner in winner = LoserTree.replay(losers, entry(stream)) }
        }
        let expected = streams.enumerated().flatMap { stream, times in times.map { [$0, UInt64(stream)] } }
        #expect(merged == expected.sorted { ($0[0], $0[1]) < ($1[0], $1[1]) })
    }
}
