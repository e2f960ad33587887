import Archiving
import Auditing
import Running
import Selftesting
import SystemPackage
import TraceModel

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// One `assay selftest`: makes the clean runs, has them audited, and spoils some of them in every way.
struct SelftestSession: Sendable {
    private let selftest: Selftest
    private let trial: ScratchTrial

    /// A trial of a second or two of CPU time at the very most.
    private static let timeLimit = Duration.seconds(120)

    init(_ selftest: Selftest) throws {
        self.selftest = selftest
        let locator = try ProgramLocator()
        trial = try ScratchTrial(
            program: locator.path(ofProgram: "system-simulator"),
            executor: ProcessExecutor(launcher: locator.launcher()),
            timeLimit: Self.timeLimit)
    }

    /// - Throws: ``Failure`` when the programs cannot be run, or the task was cancelled, of which a line then tells.
    func run() async throws -> SelftestResult {
        do {
            return try await result()
        } catch is CancellationError {
            StandardStream.error.write("assay: stopped; a self-test keeps nothing\n")
            throw Failure(.interrupted, "")
        }
    }

    private func result() async throws -> SelftestResult {
        let (falseAlarms, specimens) = try await ScratchFolder.with { folder in try await cleanRuns(in: folder) }
        return try await SelftestResult(
            selftest: selftest, falseAlarms: falseAlarms, outcomes: outcomes(in: specimens))
    }

    /// What is left of one clean run.
    private struct CleanRun: Sendable {
        var verdicts: AuditVerdicts
        /// Kept where faults are put into it.
        var specimen: Specimen?
    }

    private func cleanRuns(
        in folder: FilePath
    ) async throws -> (FalseAlarms, [CleanSystem: [Specimen]]) {
        // Each waits for a process most of the time, so that twice as many as there are CPUs keep them busy.
        let runs = try await inParallel(
            selftest.cleanRunCount, atOnce: 2 * Self.cpuCount, progress: "clean runs"
        ) { run in
            var trials: [[Event]] = []
            for number in 0..<CleanSystem.trialCount {
                trials.append(try await events(ofTrial: number, inRun: run, folder))
            }
            let specimen = selftest.specimen(ofRun: run, virtualTrials: trials)
            return CleanRun(
                verdicts: selftest.verdicts(on: specimen), specimen: selftest.isSpecimen(run) ? specimen : nil)
        }
        var falseAlarms = FalseAlarms()
        var specimens: [CleanSystem: [Specimen]] = [:]
        for (run, found) in runs.enumerated() {
            falseAlarms.add(found.verdicts)
            if let specimen = found.specimen { specimens[selftest.system(ofRun: run), default: []].append(specimen) }
        }
        return (falseAlarms, specimens)
    }

    private func events(ofTrial number: Int, inRun run: Int, _ folder: FilePath) async throws -> [Event] {
        let arguments = selftest.system(ofRun: run).arguments(
            seed: selftest.seed(ofTrial: number, inRun: run), tracePath: TrialFolder.traceName)
        do {
            return try await trial.run(arguments, in: folder.appending("run-\(run)-trial-\(number)")) { trace in
                try Array(TraceReader(path: trace.string).events)
            }
        } catch ExecutionError.cancelled {
            throw CancellationError()
        } catch let error as ExecutionError {
            throw Failure(.unavailable, "the simulator cannot be run: \(error)")
        } catch let failure as ScratchFailure {
            throw Failure(.unavailable, failure.description)
        }
    }

    private func outcomes(in specimens: [CleanSystem: [Specimen]]) async throws -> [FaultOutcome] {
        let places = selftest.faults.flatMap { fault in fault.sizes.map { (fault, $0) } }
        var verdicts = try await inParallel(places.count, atOnce: Self.cpuCount, progress: "faults") { place in
            let (fault, size) = places[place]
            return selftest.verdicts(on: fault, size: size, in: specimens)
        }[...]
        return selftest.faults.map { fault in
            defer { verdicts = verdicts.dropFirst(fault.sizes.count) }
            return FaultOutcome(fault: fault, verdicts: Array(verdicts.prefix(fault.sizes.count)))
        }
    }

    private static var cpuCount: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

    /// Does the pieces of one kind of work, some of them at once, and shows how far it is.
    ///
    /// - Returns: In the order of the pieces, whichever were done first.
    private func inParallel<Piece: Sendable>(
        _ count: Int, atOnce width: Int, progress name: String,
        _ work: @escaping @Sendable (Int) async throws -> Piece
    ) async throws -> [Piece] {
        var progress = SelftestProgress(name: name, total: count, isTerminal: StandardStream.error.isTerminal)
        let begun = RunClock.system.elapsed()
        return try await withThrowingTaskGroup(of: (Int, Piece).self) { group in
            var pieces = [Piece?](repeating: nil, count: count)
            var next = 0
            func begin() {
                guard next < count else { return }
                let index = next
                next += 1
                group.addTask { (index, try await work(index)) }
            }
            for _ in 0..<min(width, count) { begin() }
            var done = 0
            while let (index, piece) = try await group.next() {
                pieces[index] = piece
                done += 1
                StandardStream.error.write(progress.text(done: done, after: RunClock.system.elapsed() - begun))
                try Task.checkCancellation()
                begin()
            }
            return pieces.map { piece in
                guard let piece else { preconditionFailure("a piece of \(name) was not done") }
                return piece
            }
        }
    }
}
