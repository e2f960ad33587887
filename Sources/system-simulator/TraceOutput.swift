import Quantities
import Randomness
import Recording
import Simulation
import TraceModel

/// Where the events of a run go: into a trace, if one was asked for, and in any case to the probes.
struct TraceOutput {
    let sink: any EventSink
    /// Closes the trace; nil if there is none. Its warnings say what could not be written.
    let finish: () -> RecorderReport?
    /// What recording one event costs here, in nanoseconds, measured before the run; nil without a trace, and in virtual
    /// time, which no recording takes any of.
    let recordingNanoseconds: Double?

    /// - Parameter virtualTime: What stamps the events; nil for the machine's clock.
    /// - Throws: ``SimulatorError`` when the trace cannot be created.
    init(settings: SimulatorSettings, virtualTime: VirtualTime? = nil) throws(SimulatorError) {
        guard let path = settings.tracePath else {
            sink = ProbeOnlySink()
            finish = { nil }
            recordingNanoseconds = nil
            return
        }
        do throws(RecorderError) {
            if let virtualTime {
                let recorder = try VirtualRecorder(path: path, description: settings.description, time: virtualTime)
                sink = recorder
                finish = { recorder.finish() }
                recordingNanoseconds = nil
            } else {
                // First, since a process has one recorder at a time.
                let cost = Self.cost(besideTrace: path)
                let recorder = try Recorder(path: path, description: settings.description)
                recordingNanoseconds = Self.known(cost)
                sink = recorder
                finish = { recorder.finish() }
            }
        } catch {
            throw SimulatorError(description: "--trace: \(error)", exitStatus: Self.exitStatus(for: error.reason))
        }
    }

    private static func cost(besideTrace path: String) -> Result<Double, RecorderError> {
        do throws(RecorderError) {
            return .success(try Recorder.costNanoseconds(besideTrace: path))
        } catch {
            return .failure(error)
        }
    }

    /// Says why a cost is unknown; what kept the trace from being recorded as well has been said of the trace by now.
    private static func known(_ cost: Result<Double, RecorderError>) -> Double? {
        switch cost {
        case .success(let nanoseconds): return nanoseconds
        case .failure(let error):
            printError("what recording an event costs is unknown: \(error)")
            return nil
        }
    }

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
            ("arrivals", parameters.arrivals.text),
        ]
        if parameters.arrivals == .closed {
            members += [("think-time", parameters.thinkTime.text), ("start", parameters.start.rawValue)]
        }
        if parameters.queue != .fifo { members += [("queue", parameters.queue.rawValue)] }
        if let stall = parameters.stall { members += [("stall", stall.text)] }
        switch runtime {
        case .tasks(let workerCount, let spin):
            members += [("clock", "wall"), ("runtime", "tasks"), ("workers", "\(workerCount)"), ("spin", spin.text)]
        case .dispatch: members += [("clock", "wall"), ("runtime", "dispatch")]
        case .threads: members += [("clock", "wall"), ("runtime", "threads")]
        case .virtual: members += [("clock", "virtual")]
        }
        members += [
            ("warm-up", parameters.warmUp.text), ("measure", parameters.measure.text), ("seed", "\(parameters.seed)"),
        ]
        // No value holds a character that JSON would have to escape: all are printed from numbers and known names.
        return "{" + members.map { "\"\($0)\": \"\($1)\"" }.joined(separator: ", ") + "}"
    }
}
