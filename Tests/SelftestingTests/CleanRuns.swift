import Quantities
import Randomness
import Simulation
import Synchronization
import Testing
import Timekeeping
import TraceModel

@testable import Selftesting

/// Clean runs of three trials each, simulated in this process: the same parameters as those of the self-test's processes.
enum CleanRuns {
    static let trialCount = 3
    static let closedLoop = Specimen(.closedLoop)
    static let openLoop = Specimen(.openLoop)

    /// With as many trials as the audit of their order needs.
    static let longClosedLoop = Specimen(.closedLoop, trialCount: CleanSystem.trialCount)

    /// A run that the fault's audits can be expected to say something of.
    static func specimen(for fault: any Fault) -> Specimen {
        fault.expectedAudits.contains("independence") ? longClosedLoop : specimen(of: fault.system)
    }

    static func specimen(of system: CleanSystem) -> Specimen { system == .closedLoop ? closedLoop : openLoop }

    /// What the simulator puts into its trace for these arguments.
    fileprivate static func events(_ system: CleanSystem, seed: UInt64) -> [Event] {
        let arguments = system.arguments(seed: seed, tracePath: "trace")
        func value(_ option: String) -> String? { arguments.firstIndex(of: option).map { arguments[$0 + 1] } }
        do {
            let parameters = SystemParameters(
                clientCount: Int(value("--clients")!)!, permits: .shared(Int(value("--permits")!)!),
                writes: .init(rawValue: value("--writes")!)!, writeDelay: try Delay(text: value("--write-delay")!),
                networkDelay: try Delay(text: value("--network-delay")!),
                arrivals: try Arrivals(text: value("--arrivals") ?? "closed"),
                thinkTime: try Delay(text: value("--think-time") ?? "1s"),
                start: .init(rawValue: value("--start") ?? "herd")!, warmUp: try Duration(text: value("--warm-up")!),
                measure: try Duration(text: value("--measure")!), seed: seed)
            let runtime = VirtualRuntime()
            let sink = MemorySink(runtime)
            let outcome = try SystemUnderTest(parameters: parameters, runtime: runtime, sink: sink).run()
            #expect(outcome != nil)
            return sink.events
        } catch {
            Issue.record("\(error)")
            return []
        }
    }
}

extension Specimen {
    fileprivate init(_ system: CleanSystem, trialCount: Int = CleanRuns.trialCount) {
        self.init(
            of: system, virtualTrials: (0..<trialCount).map { CleanRuns.events(system, seed: UInt64($0)) },
            streams: StreamName(seed: 1, "test"))
    }

    /// The specimen with the fault in it.
    func with(_ fault: any Fault, _ size: Double) -> Specimen {
        var spoiled = self
        fault.inject(size, into: &spoiled, StreamName(seed: 1, "fault"))
        return spoiled
    }

    var allEvents: [Event] { trials.flatMap(\.events) }
}

/// Keeps events in the order in which they come, at the runtime's time.
private final class MemorySink: EventSink {
    private let kept = Mutex<[Event]>([])
    private let runtime: VirtualRuntime

    init(_ runtime: VirtualRuntime) { self.runtime = runtime }

    var events: [Event] { kept.withLock { $0 } }

    func record(_ kind: EventKind, request: UInt64, client: UInt32, value: Int64) {
        let event = Event(
            nanoseconds: runtime.nowNanoseconds, kind: kind, request: request, client: client, value: value)
        kept.withLock { $0.append(event) }
    }
}
