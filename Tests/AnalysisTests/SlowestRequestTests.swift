import Analysis
import Following
import Pairing
import Testing
import TraceModel

@Suite("The slowest requests of a cell")
struct SlowestRequestTests {
    @Test("are followed through the traces of its trials, across threads, the slowest first")
    func followed() throws {
        let summary = try ExperimentAnalyzerTests().summary([.finished, .finished, .finished, .finished])
        for cell in summary.cells {
            #expect(cell.slowest.count == SlowestRequest.countACell)
            #expect(cell.slowest.map(\.elapsedNanoseconds) == [3_000_000, 3_000_000, 3_000_000])
            // All take equally long: the earliest of the first trial are shown, without the one that warmed up.
            #expect(cell.slowest.map(\.way.request) == [2, 3, 4])
            for slowest in cell.slowest {
                let write = try #require(slowest.way.stages.first { $0.stage == .persist })
                #expect(write.changesThread)
                #expect(slowest.way.writeOutlivesRequestBy ?? 0 > 48_000_000)
                #expect(slowest.trial == cell.slowest[0].trial)
            }
        }
    }

    @Test("a cell without a finished trial has none")
    func none() throws {
        let summary = try ExperimentAnalyzerTests().summary([.failed, .failed, .failed, .failed])
        #expect(summary.cells.allSatisfy { $0.slowest.isEmpty })
    }

    @Test("a trace says by its header, or by its writes, whether requests wait for them")
    func longest() throws {
        let measured = try #require(TraceMeasurement(events: Story.events(requests: 9), writes: nil))
        #expect(measured.writes == .asynchronous)
        #expect(measured.slowest.entries.map(\.request) == [2, 3, 4])
    }
}
