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

/// `assay audit`: says how far existing results or single traces can be trusted, and why.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Says how far results or traces can be trusted, and why.",
        discussion: """
            PATH is a trace, a stored run (Results/NAME/runs/RUN), or the folder of an experiment's results (Results/NAME), \
            which stands for its newest run. Where no run is stored, as in a fresh clone, the stored verdict of its report is read.

              assay audit Results/permits                    by all pairings that it shows
              assay audit --pairing request Results/permits  by request alone
              assay audit /tmp/a.trace /tmp/b.trace          two traces, by request
              assay audit --limits my.yaml /tmp/a.trace      a trace, by declared limits

            The exit status is the verdict, of several the worst: 0 trusted, 1 doubtful, 2 invalid.
            """)

    @Argument(
        help: ArgumentHelp(
            "A trace, a stored run, or the folder of an experiment's results; several are judged one after the other.",
            valueName: "path"),
        completion: .file())
    var paths: [String]

    @Option(
        help: """
            Judge the figures by 'request' or by 'thread' alone; give it twice for both. (default: what the experiment shows; \
            for a trace: request)
            """)
    var pairing: [PairingKey] = []

    @Option(
        help: ArgumentHelp(
            """
            Judge traces by the 'limits' that this experiment file declares; a result is judged by its own. (default: the \
            limits in docs/audits.md)
            """, valueName: "file"),
        completion: .file(extensions: ["yaml"]))
    var limits: String?

    @Flag(help: "Print the verdict with all findings and their figures as JSON; of several paths an array of verdicts.")
    var json = false

    func run() async throws {
        try await reportingFailures {
            let limits = try declaredLimits()
            let found = try paths.map { try verdict(on: $0, limits) }
            if json {
                StandardStream.output.write(found.count == 1 ? found[0].json : StoredVerdict.json(of: found))
            } else {
                let columns = StandardStream.output.columns
                StandardStream.output.write(
                    found.map { AuditReport(of: $0, columns: columns).text }.joined(separator: "\n"))
            }
            // At least one path is required.
            let status = found.map(\.level).max().map { ExitStatus($0) } ?? .success
            if status != .success { throw ExitCode(status.rawValue) }
        }
    }

    /// Nil where no file is named.
    private func declaredLimits() throws -> Limits? {
        try limits.map { path in
            guard access(path, F_OK) == 0 else {
                throw Failure(
                    .noInput, "\(path): there is no such file; name an experiment, as in Experiments/NAME.yaml")
            }
            let bytes = try DeclarationReader.bytes(path: path)
            return try DeclarationReader.read(bytes: bytes, path: path, loadReference: nil).limits
        }
    }

    private func verdict(on path: String, _ limits: Limits?) throws -> StoredVerdict {
        guard access(path, F_OK) == 0 else {
            throw Failure(
                .noInput, "\(path): there is no such file or folder; name a trace, or a folder such as Results/NAME")
        }
        guard FileSystem.isFolder(FilePath(path)) else {
            let trace = TraceSummarizer.summary(
                of: try TraceReader(path: path), fileName: path, limits: limits ?? Limits())
            try requireFigures(trace.pairings, of: path)
            return StoredVerdict(of: trace, pairings: pairing.isEmpty ? [.request] : pairing)
        }
        guard limits == nil else {
            throw Failure(
                .usage,
                "\(path): --limits is for traces; a result is judged by the limits that it was declared with, so leave it out"
            )
        }
        let whole = try verdictOnFolder(FilePath(path), named: path)
        try requireFigures(whole.pairings.map(\.pairing), of: path)
        return pairing.isEmpty ? whole : whole.limited(to: pairing) ?? whole
    }

    /// - Throws: ``Failure`` if a pairing is asked for that there are no figures of.
    private func requireFigures(_ shown: [PairingKey], of path: String) throws(Failure) {
        guard let absent = pairing.first(where: { !shown.contains($0) }) else { return }
        let list = shown.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        throw Failure(
            .usage,
            "\(path) has no figures by \(absent.rawValue); it has: "
                + (shown.isEmpty ? "those of whole processes; leave --pairing out" : list))
    }

    private func verdictOnFolder(_ folder: FilePath, named path: String) throws -> StoredVerdict {
        do {
            return try verdict(on: StoredTraces.run(of: folder).archive)
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
            .asRun(by: archive.plan)
        // A comparison ends when it knows enough; what it might have run besides is not missing.
        let run = archive.plan.sides.isEmpty ? archive : try archive.blocksTried()
        return StoredVerdict(of: try ReportPublisher.summary(run, declaration))
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
