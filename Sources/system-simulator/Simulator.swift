import Glibc
import Quantities
import Recording
import Simulation
import Synchronization
import Timekeeping

/// One run: starts the recorder and the runtime, looks at the process as the window opens and closes, prints.
struct Simulator {
    let settings: SimulatorSettings

    /// Returns the exit status.
    func run() throws(SimulatorError) -> Int32 {
        switch settings.runtime {
        case .tasks(let workerCount, let spin):
            try run(TraceOutput(settings: settings), on: GreenThreadRuntime(workerCount: workerCount, spin: spin))
        case .dispatch: try run(TraceOutput(settings: settings), on: DispatchRuntime())
        case .threads: try run(TraceOutput(settings: settings), on: ThreadRuntime())
        case .virtual: try runInVirtualTime()
        }
    }

    private func runInVirtualTime() throws(SimulatorError) -> Int32 {
        let parameters = settings.parameters
        let progress = isatty(STDERR_FILENO) == 1 ? VirtualProgress(end: parameters.warmUp + parameters.measure) : nil
        let runtime = VirtualRuntime { progress?.show($0) }
        defer { progress?.clear() }
        return try run(TraceOutput(settings: settings, virtualTime: VirtualTime(runtime: runtime)), on: runtime)
    }

    // The output comes first: if it cannot be created, no thread has been started.
    private func run<Runtime: ConcurrencyRuntime>(
        _ output: TraceOutput, on runtime: Runtime
    ) throws(SimulatorError) -> Int32 {
        announce()
        let meter = UsageMeter()
        let system = SystemUnderTest(
            parameters: settings.parameters, runtime: runtime, sink: output.sink,
            observer: WindowObserver(willOpen: { meter.open() }, didClose: { meter.close() }))
        StopSignals.whenReceived { system.stop() }
        let outcome: WindowOutcome?
        do throws(Deadlock) {
            outcome = try system.run()
        } catch {
            // The trace shows what led to it.
            _ = output.finish()
            throw SimulatorError(description: "\(error)", exitStatus: ExitStatus.deadlock)
        }
        let recorded = output.finish()
        for warning in recorded?.warnings ?? [] { printError(warning) }
        let used = meter.used
        let report = RunReport(
            outcome: outcome, isVirtual: settings.runtime == .virtual, cpuSeconds: used.cpuSeconds,
            allocated: used.allocated, peakResidentBytes: peakResidentBytes(), recorded: recorded,
            recordingNanoseconds: output.recordingNanoseconds, seed: settings.parameters.seed)
        try printFigures(of: report)
        return ExitStatus.success
    }

    /// Tells a person at a terminal what the silence is about.
    private func announce() {
        guard isatty(STDERR_FILENO) == 1 else { return }
        let parameters = settings.parameters
        let kind = settings.runtime == .virtual ? "simulating" : "running for"
        printError(
            "\(kind) \((parameters.warmUp + parameters.measure).text), the first "
                + "\(parameters.warmUp.text) as warm-up; Ctrl-C ends it early, with the figures so far")
    }

    private func printFigures(of report: RunReport) throws(SimulatorError) {
        let text = settings.printsJSON ? "\(report.line)\n\(report.json)\n" : "\(report.line)\n"
        let failure = writeAll(text, to: STDOUT_FILENO)
        guard failure == 0 else {
            throw SimulatorError(
                description: "the figures cannot be written to standard output: \(String(cString: strerror(failure)))",
                exitStatus: ExitStatus.outputFailed)
        }
    }
}

/// What the process used between two moments.
final class UsageMeter: Sendable {
    private let counter = AllocationCounter()
    private let readings = Mutex<(opened: ProcessUsage?, closed: ProcessUsage?)>((nil, nil))

    func open() {
        let usage = ProcessUsage.now(counter)
        readings.withLock { $0.opened = usage }
    }

    func close() {
        let usage = ProcessUsage.now(counter)
        readings.withLock { $0.closed = usage }
    }

    /// Zero if the window was never opened.
    var used: ProcessUsage {
        readings.withLock { readings in
            guard let opened = readings.opened, let closed = readings.closed else {
                return ProcessUsage(cpuSeconds: 0, allocated: AllocationTotals())
            }
            return ProcessUsage(
                cpuSeconds: closed.cpuSeconds - opened.cpuSeconds, allocated: closed.allocated - opened.allocated)
        }
    }
}
