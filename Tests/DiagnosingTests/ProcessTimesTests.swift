import Diagnosing
import Testing

@Suite("The busiest process")
struct ProcessTimesTests {
    /// Processes by identifier, each with its name, user and system ticks.
    private func times(_ processes: [Int: (name: String, user: Int, system: Int)]) -> ProcessTimes {
        var files: [String: String] = ["/proc/stat": "cpu 1 2 3\n"]
        for (identifier, process) in processes {
            files["/proc/\(identifier)/stat"] =
                "\(identifier) (\(process.name)) S 1 1 1 0 -1 4 5 6 7 8 \(process.user) \(process.system) 0 0 20 0 1 0 9\n"
        }
        return ProcessTimes(FakeMachine(files: files).machineFiles)
    }

    @Test("is the one that used most CPU time in between, whatever its name holds")
    func busiest() {
        let before = times([7: ("quiet", 1000, 1000), 8: ("a) S (b", 10, 10), 9: ("own", 0, 0)])
        let after = times([7: ("quiet", 1001, 1000), 8: ("a) S (b", 90, 30), 9: ("own", 500, 0)])
        #expect(
            before.busiest(until: after, seconds: 2, ticksPerSecond: 100, except: [9])
                == BusyProcess(identifier: 8, name: "a) S (b", share: 0.5))
    }

    @Test("may be one that was born in between")
    func born() {
        let after = times([5: ("fresh", 20, 5)])
        #expect(
            times([:]).busiest(until: after, seconds: 1, ticksPerSecond: 100, except: [])
                == BusyProcess(identifier: 5, name: "fresh", share: 0.25))
    }

    @Test("is none where none used any")
    func none() {
        let same = times([7: ("quiet", 1000, 1000)])
        #expect(same.busiest(until: same, seconds: 1, ticksPerSecond: 100, except: []) == nil)
    }
}
