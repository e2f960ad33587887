import Gating
import Reporting
import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What a gate tells the CI that it runs in, besides the files of its report.
///
/// Nothing that goes wrong here is the comparison's: the verdict is found, and its exit status stands.
enum GateAnnouncement {
    /// Prints annotations where the environment shows them, and adds a summary where it asks for one.
    static func write(_ outcome: GateOutcome) {
        write(annotations: WorkflowAnnotations(of: outcome).text, summary: StepSummary(of: outcome).text)
    }

    /// The same of a comparison without a verdict.
    static func write(_ broken: BrokenSide) {
        write(annotations: WorkflowAnnotations.text(of: broken), summary: StepSummary.text(of: broken))
    }

    private static func write(annotations: String, summary: String) {
        if variable("GITHUB_ACTIONS") == "true" { StandardStream.output.write(annotations) }
        guard let path = variable(summaryVariable) else { return }
        do {
            try append(summary, to: FilePath(path))
        } catch {
            let reason = (error as? Errno)?.description.lowercased() ?? "\(error)"
            let file = PlainText.singleLine(path)
            StandardStream.error.write(
                "assay: no summary is added to \(file), which \(summaryVariable) names: \(reason); the verdict stands\n"
            )
        }
    }

    private static let summaryVariable = "GITHUB_STEP_SUMMARY"

    private static func variable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Adds to a file that other steps of the workflow have written to.
    private static func append(_ text: String, to path: FilePath) throws {
        let file = try FileDescriptor.open(
            path, .writeOnly, options: [.append, .create], permissions: [.ownerReadWrite, .groupRead, .otherRead])
        try file.closeAfter { _ = try file.writeAll(text.utf8) }
    }
}
