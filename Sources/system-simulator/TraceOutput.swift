import Quantities
import Randomness
import Recording
import Simulation
import TraceModel

/// Where the events of a run go: into a trace, if one was asked for, and in any case to the probes.
struct TraceOutput: EventSink {
    private let recorder: Recorder?
    private let probes = ProbeOnlySink()

    /// - Throws: ``SimulatorError`` when the trace cannot be created.
    init(settings: SimulatorSettings) throws(SimulatorError) {
        guard let path = settings.tracePath else {
            recorder = nil
            return
        }
        do {
            recorder = try Recorder(path: path, description: settings.description)
        } catch {
            throw SimulatorError(description: "--trace: \(error)", exitStatus: Self.exitStatus(for: error.reason))
        }
    }

    func record(_ kind: EventKind, request: UInt64, client: UInt32, value: Int64) {
        if let recorder {
            recorder.record(kind, request: request, client: client, value: value)
        } else {
            probes.record(kind, request: request, client: client, value: value)
        }
    }

    /// Closes the trace; nil if there is none. Its warnings say what could not be written.
    func finish() -> RecorderReport? { recorder?.finish() }

    /// A name that cannot be used is a wrong option; a system that refuses is not.
    private static func exitStatus(for reason: RecorderError.Reason) -> Int32 {
        switch reason {
        case .alreadyExists, .isDirectory, .noSuchDirectory: ExitStatus.usage
        default: ExitStatus.cannotCreate
        }
    }
}

extension SimulatorSettings {
    /// The parameters as the trace's header keeps them: a JSON object whose values the command line reads back.
    var description: String {
        let permits =
            switch parameters.permits {
            case .shared(let count): "\(count)"
            case .perClient(let count): "\(count) per client"
            }
        var members = [
            ("clients", "\(parameters.clientCount)"), ("permits", permits), ("writes", parameters.writes.rawValue),
            ("write-delay", parameters.writeDelay.text), ("network-delay", parameters.networkDelay.text),
            ("think-time", parameters.thinkTime.text), ("start", parameters.start.rawValue),
        ]
        switch runtime {
        case .tasks(let workerCount): members += [("runtime", "tasks"), ("workers", "\(workerCount)")]
        case .dispatch: members += [("runtime", "dispatch")]
        case .threads: members += [("runtime", "threads")]
        }
        members += [
            ("warm-up", parameters.warmUp.text), ("measure", parameters.measure.text), ("seed", "\(parameters.seed)"),
        ]
        // No value holds a character that JSON would have to escape: all are printed from numbers and known names.
        return "{" + members.map { "\"\($0)\": \"\($1)\"" }.joined(separator: ", ") + "}"
    }
}
