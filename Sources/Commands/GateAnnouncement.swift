import Archiving
import Gating
import Reporting
import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What a gate tells the CI that it runs in, besides the files of its report.
enum GateAnnouncement {
    /// Adds a summary where the environment asks for one, and prints annotations where it shows them.
    static func write(_ outcome: GateOutcome) throws {
        if let summary = variable("GITHUB_STEP_SUMMARY") {
            try append(StepSummary(of: outcome).text, to: FilePath(summary))
        }
        if variable("GITHUB_ACTIONS") == "true" {
            StandardStream.output.write(WorkflowAnnotations(of: outcome).text)
        }
    }

    /// The same of a comparison without a verdict.
    static func write(_ broken: BrokenSide) throws {
        if let summary = variable("GITHUB_STEP_SUMMARY") {
            try append(StepSummary.text(of: broken), to: FilePath(summary))
        }
        if variable("GITHUB_ACTIONS") == "true" {
            StandardStream.output.write(WorkflowAnnotations.text(of: broken))
        }
    }

    private static func variable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Adds to a file that other steps of the workflow have written to.
    private static func append(_ text: String, to path: FilePath) throws(ArchiveError) {
        do {
            let file = try FileDescriptor.open(
                path, .writeOnly, options: [.append, .create], permissions: [.ownerReadWrite, .groupRead, .otherRead])
            try file.closeAfter { _ = try file.writeAll(text.utf8) }
        } catch let error as Errno {
            throw .fileSystem(operation: "write", path: path, error: error)
        } catch {
            throw .unreadable(path: path, complaint: "\(error)")
        }
    }
}
