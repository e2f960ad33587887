import Archiving
import ArgumentParser
import Experiments
import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// `assay report`: writes the reports of stored runs again.
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Writes the reports of the newest stored runs again, from their traces.",
        discussion: """
            The hypotheses are those of the declaration as it was when the run began, not as the file is now: what was \
            expected does not change afterwards. The reference figures are read from beside the file.
            """)

    @Argument(help: "Experiments: YAML files.", completion: .file(extensions: ["yaml"]))
    var files: [String]

    @Option(help: "The folder of results.", completion: .directory)
    var results = "Results"

    func run() async throws {
        try await reportingFailures {
            let folder = FilePath(results)
            for file in files {
                let name = FilePath(file).stem ?? file
                let archive = try RunArchive.openNewest(experiment: name, in: folder)
                let stored = Array(try archive.declarationText().utf8)
                let declaration = try DeclarationReader.read(bytes: stored, path: file)
                // The report does not need the file, which may be gone.
                if access(file, F_OK) == 0,
                    let notice = Self.notice(file, stored: stored, now: try DeclarationReader.bytes(path: file))
                {
                    StandardStream.error.write("assay: \(notice)\n")
                }
                try ReportPublisher(results: folder).publish(archive, declaration)
            }
        }
    }

    /// What to say where the file is not the declaration that the run began with; nil where it is.
    static func notice(_ file: String, stored: [UInt8], now: [UInt8]) -> String? {
        guard now != stored else { return nil }
        return "\(file) has changed since the run began: the report uses the declaration as it was then; "
            + "`assay run \(file)` runs it as it is now"
    }
}
