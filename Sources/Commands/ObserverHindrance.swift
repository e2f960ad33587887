import Running

/// Whether outside observers can watch on this machine: found out once a session, when first asked.
struct ObserverHindrance {
    let locator: ProgramLocator
    private var answer: String??

    init(locator: ProgramLocator) { self.locator = locator }

    /// What to do about it, as the report says it.
    static let remedy =
        "Outside observers need bpftrace (`scripts/setup tracers` installs it), root or CAP_BPF and CAP_PERFMON, and a kernel "
        + "with uprobes; see docs/outside-tracers.md."

    /// Why they cannot, as a whole sentence; nil where they can.
    mutating func reason() async throws -> String? {
        if let answer { return answer }
        let canary = TracerCanary(
            simulator: try locator.path(ofProgram: "system-simulator"),
            executor: ProcessExecutor(launcher: try locator.launcher()))
        let found: String?
        do {
            found = try await canary.complaint()
        } catch let error as ExecutionError {
            throw failure(for: error)
        }
        answer = .some(found)
        return found
    }

    private func failure(for error: ExecutionError) -> Failure {
        switch error {
        case .cancelled:
            StandardStream.error.write(
                "assay: stopped while it was tried whether observers can watch; nothing was run\n")
            return Failure(.interrupted, "")
        case .cannotStart(let step, let error):
            return Failure(
                .unavailable, "system-simulator cannot be started (\(step): \(error)); build all products anew")
        case .outputNotStored(let error):
            return Failure(.cannotWrite, "what the canary printed cannot be stored: \(error); make room in TMPDIR")
        case .launcher(let complaint): return Failure(.unavailable, complaint)
        }
    }
}
