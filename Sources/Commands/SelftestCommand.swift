import ArgumentParser
import Quantities
import Reporting
import Selftesting

/// `assay selftest`: puts faults of growing size into clean data and prints which audit catches them.
struct SelftestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "selftest",
        abstract: "Puts faults of growing size into clean data and prints which audit catches them, from what size on.",
        discussion: """
            The clean data are the bundled simulator's in virtual time, each trial in a process of its own, stamped as a quiet \
            machine would have stamped them. How often the audits object to clean data is printed as well. The same seed \
            prints the same bytes on every machine.

            The exit status is 0 when every fault is caught at its largest size by an audit that should catch it, no clean run is called invalid and \
            at most 2 % are called doubtful; otherwise 1.
            """)

    @Option(help: "What all random numbers are drawn from, 0…18446744073709551615.")
    var seed: UInt64 = 1

    @Option(help: "How many clean runs false alarms are counted on; \(Selftest.smallestCleanRunCount) or more.")
    var cleanRuns = 200

    @Option(help: "Put only this fault in, as in 'drop-events'; give it again for more. (default: all)")
    var fault: [String] = []

    @Flag(help: "Print the tables as Markdown, as they stand in docs/selftest.md.")
    var markdown = false

    @Flag(help: "Print the faults with their sizes and the audits that should catch them, and test nothing.")
    var list = false

    func run() async throws {
        try await reportingFailures {
            let faults = try chosenFaults()
            if list { return StandardStream.output.write(SelftestReport.list(of: faults)) }
            guard cleanRuns >= Selftest.smallestCleanRunCount, cleanRuns <= 100_000 else {
                throw Failure(
                    .usage,
                    "--clean-runs \(cleanRuns) is outside \(Selftest.smallestCleanRunCount)…100000: faults are put into "
                        + "\(Selftest.specimenCount) runs of each kind, and every fourth run is of the second")
            }
            let session = try SelftestSession(Selftest(seed: seed, cleanRunCount: cleanRuns, faults: faults))
            let result = try await Interruption.cancelling { try await session.run() }
            let report = SelftestReport(of: result)
            StandardStream.output.write(markdown ? report.markdown : report.text)
            if !result.isPassed { throw ExitCode(ExitStatus.doubtful.rawValue) }
        }
    }

    private func chosenFaults() throws -> [any Fault] {
        let all = FaultCatalogue.all
        for name in fault where !all.contains(where: { $0.identifier == name }) {
            let nearest = nearestName(to: name, among: all.map(\.identifier)).map { ": did you mean '\($0)'?" } ?? ";"
            throw Failure(.usage, "there is no fault '\(name)'\(nearest) `assay selftest --list` lists them")
        }
        return fault.isEmpty ? all : all.filter { fault.contains($0.identifier) }
    }
}
