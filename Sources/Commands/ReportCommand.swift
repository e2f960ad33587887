import Archiving
import ArgumentParser
import Experiments
import SystemPackage

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
                let declaration = try DeclarationReader.read(
                    bytes: Array(try archive.declarationText().utf8), path: file)
                try ReportPublisher(results: folder).publish(archive, declaration)
            }
        }
    }
}
