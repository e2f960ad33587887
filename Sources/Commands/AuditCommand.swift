import Analysis
import Archiving
import ArgumentParser
import Experiments
import Reporting
import SystemPackage
import TraceModel

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// `assay audit`: says how far an existing result or a single trace can be trusted, and why.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Says how far a result or a trace can be trusted, and why.",
        discussion: """
            PATH is a trace, a stored run (Results/NAME/runs/RUN), or the folder of an experiment's results (Results/NAME), \
            which stands for its newest run. Where no run is stored, as in a fresh clone, the stored verdict of its report is read.

              assay audit Results/client-counts                     all pairings that it shows
              assay audit --pairing request Results/client-counts   its figures by request alone
              assay audit /tmp/a.trace                              a trace, by request

            The exit status is the verdict: 0 trusted, 1 doubtful, 2 invalid.
            """)

    @Argument(help: "A trace, a stored run, or the folder of an experiment's results.", completion: .file())
    var path: String

    @Option(
        help: """
            Judge the figures by 'request' or by 'thread' alone; give it twice for both. (default: what the experiment shows; \
            for a trace: request)
            """)
    var pairing: [PairingKey] = []

    @Flag(help: "Print the verdict with all findings and their figures as JSON.")
    var json = false

    func run() async throws {
        try await reportingFailures {
            let found = try verdict()
            StandardStream.output.write(json ? found.json : AuditReport(of: found).text)
            let status = ExitStatus(found.level)
            if status != .success { throw ExitCode(status.rawValue) }
        }
    }

    private func verdict() throws -> StoredVerdict {
        guard access(path, F_OK) == 0 else {
            throw Failure(
                .noInput, "\(path): there is no such file or folder; name a trace, or a folder such as Results/NAME")
        }
        guard FileSystem.isFolder(FilePath(path)) else {
            let trace = TraceSummarizer.summary(of: try TraceReader(path: path), fileName: path)
            try requireFigures(trace.pairings)
            return StoredVerdict(of: trace, pairings: pairing.isEmpty ? [.request] : pairing)
        }
        let whole = try verdictOnFolder(FilePath(path))
        try requireFigures(whole.pairings.map(\.pairing))
        return pairing.isEmpty ? whole : whole.limited(to: pairing) ?? whole
    }

    /// - Throws: ``Failure`` if a pairing is asked for that there are no figures of.
    private func requireFigures(_ shown: [PairingKey]) throws(Failure) {
        guard let absent = pairing.first(where: { !shown.contains($0) }) else { return }
        let list = shown.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        throw Failure(
            .usage,
            "\(path) has no figures by \(absent.rawValue); it has: "
                + (shown.isEmpty ? "those of whole processes; leave --pairing out" : list))
    }

    private func verdictOnFolder(_ folder: FilePath) throws -> StoredVerdict {
        if access(folder.appending("plan.json").string, F_OK) == 0 {
            return try verdict(on: RunArchive(path: folder))
        }
        // Its own name, whether it is called `.`, `Results/permits/` or by a link.
        let resolved = realpath(folder.string, nil)
        defer { free(resolved) }
        let real = resolved.map { FilePath(platformString: $0) } ?? folder
        let name = real.lastComponent?.string ?? folder.string
        let results = real.removingLastComponent()
        do {
            return try verdict(
                on: RunArchive.openNewest(experiment: name, in: results.isEmpty ? "." : results))
        } catch ArchiveError.noRun {
            let stored = folder.appending("verdict.json")
            guard access(stored.string, F_OK) == 0 else {
                throw Failure(
                    .noInput,
                    "\(path): no trace, no stored run and no verdict.json; name a trace, a folder with plan.json, or one such as "
                        + "Results/NAME")
            }
            StandardStream.error.write("assay: \(path): no run is stored here; this is the verdict of its report\n")
            return try StoredVerdict(json: FileSystem.read(stored), path: stored.string)
        }
    }

    /// Judges a run by its traces, under the declaration that it was begun with.
    private func verdict(on archive: RunArchive) throws -> StoredVerdict {
        let text = try archive.declarationText()
        let file = "\(archive.plan.experiment).yaml"
        // The reference figures are no part of a verdict, and need not be at hand.
        let declaration = try DeclarationReader.read(bytes: Array(text.utf8), path: file, loadReference: nil)
        return StoredVerdict(of: try ReportPublisher.summary(archive, declaration))
    }
}

extension PairingKey: ExpressibleByArgument {}

extension ExitStatus {
    /// The status that stands for a verdict.
    init(_ level: Verdict.Level) {
        self =
            switch level {
            case .trusted: .success
            case .doubtful: .doubtful
            case .invalid: .invalid
            }
    }
}
