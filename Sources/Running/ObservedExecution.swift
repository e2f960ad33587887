// Has outside tracers watch a program from its first event to its last, so that their counts can equal its own.
//
// A tracer attaches to a file, not to a process: the kernel puts its breakpoints into every process that maps the file, when it
// maps it. So each trial runs a copy of the program, with an inode that nobody else runs; the tracers are attached to the copy
// while no process has it yet; and then the program starts, with every probe in place before its first instruction. It ends
// before the tracers are told to print. Nothing is waited for but what is known to have happened, and the program need not
// know that it is watched.
//
// Roads not taken: `bpftrace -p`, which has to find a program that runs already and has fired some of its probes; `bpftrace -c`,
// which can have only one tracer start it; a program that waits until a probe's semaphore is raised, which every program that
// is to be measured would have to do; a filter by process identifier, which is another number in another namespace.

import Archiving
import Experiments
import Quantities
import SystemPackage

/// Runs a program under the observers of its trial.
struct ObservedExecution: Sendable {
    let launcher: FilePath
    let tracer: Tracer

    /// What the program's copy is called in the trial's folder while it runs.
    private static let programName = "observed-program"

    /// Runs the body over the request with the copy in the program's place, once all observers are attached.
    ///
    /// - Returns: What the body returned; with the end ``TrialExecution/End/unobserved(complaint:)`` where an observer did not
    ///   do its part from the beginning to the end.
    func execute(
        _ request: TrialRequest, _ body: (TrialRequest) async throws(ExecutionError) -> TrialExecution
    ) async throws(ExecutionError) -> TrialExecution {
        guard let path = tracer.path else { return Self.unobserved(Tracer.absence) }
        var observed = request
        let copy = request.folder.path.appending(Self.programName)
        // Named from where it works, because the trial's folder may be named from where the harness does.
        observed.program = FilePath("..").appending(Self.programName)
        let fileSystem = FileSystem()
        defer { fileSystem.removeIfPossible(copy) }
        do throws(ArchiveError) {
            try fileSystem.copyProgram(request.program, to: copy)
            for observer in request.observers {
                try fileSystem.write(Array(observer.text.utf8), to: request.folder.observerScript(observer.name))
            }
        } catch {
            throw .launcher(complaint: "the observers cannot be prepared: \(error)")
        }
        var processes: [ObserverProcess] = []
        for observer in request.observers {
            processes.append(
                try ObserverProcess(
                    observer, tracer: path, launcher: launcher, program: Self.programName, in: request.folder,
                    timeLimit: tracer.attachLimit + request.timeLimit + .seconds(120)))
        }
        return try await execute(observed, processes, body)
    }

    private func execute(
        _ request: TrialRequest, _ processes: [ObserverProcess],
        _ body: (TrialRequest) async throws(ExecutionError) -> TrialExecution
    ) async throws(ExecutionError) -> TrialExecution {
        let result = await withTaskGroup(of: Void.self, returning: Result<TrialExecution, ExecutionError>.self) {
            group in
            for process in processes { group.addTask { await process.run() } }
            let result = await watched(request, processes, body)
            for process in processes { process.stop() }
            await group.waitForAll()
            return result
        }
        var execution = try result.get()
        let failed: ObserverProcess?
        switch execution.end {
        case .exited(status: 0): failed = processes.first { $0.complaint != nil }
        // What an observer says that ended by itself explains more than that it was waited for in vain.
        case .unobserved: failed = processes.first { $0.hasEndedByItself }
        // Where the program failed, that is what there is to say.
        default: failed = nil
        }
        if let complaint = failed?.complaint { execution.end = .unobserved(complaint: complaint + ".") }
        return execution
    }

    private func watched(
        _ request: TrialRequest, _ processes: [ObserverProcess],
        _ body: (TrialRequest) async throws(ExecutionError) -> TrialExecution
    ) async -> Result<TrialExecution, ExecutionError> {
        let complaint = await complaintAboutAttaching(processes)
        if Task.isCancelled { return .failure(.cancelled) }
        if let complaint { return .success(Self.unobserved(complaint)) }
        do throws(ExecutionError) {
            return .success(try await body(request))
        } catch {
            return .failure(error)
        }
    }

    /// Waits until all are attached; a sentence where one is not, nil also where the task was cancelled.
    private func complaintAboutAttaching(_ processes: [ObserverProcess]) async -> String? {
        let begun = RunClock.system.elapsed()
        while !Task.isCancelled {
            if let ended = processes.first(where: \.hasEnded) {
                return (ended.complaint ?? "the observer '\(ended.observer.name)' ended before it was attached") + "."
            }
            let waiting = processes.filter { !$0.isAttached }
            if waiting.isEmpty { return nil }
            guard RunClock.system.elapsed() - begun < tracer.attachLimit else {
                return "the observer '\(waiting[0].observer.name)' was not attached after "
                    + "\(tracer.attachLimit.spoken)."
            }
            do {
                try await Task.sleep(for: .milliseconds(20))
            } catch {
                return nil
            }
        }
        return nil
    }

    private static func unobserved(_ complaint: String) -> TrialExecution {
        TrialExecution(end: .unobserved(complaint: complaint), elapsedNanoseconds: 0, resources: nil)
    }
}
