import Archiving
import ArgumentParser
import Diagnosing
import Running
import SystemPackage

/// `assay doctor`: says what about this machine will disturb the measuring of times.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Says what about this machine will disturb the measuring of times, and what could be done.",
        discussion: """
            Looks at the machine for one second, with nothing running, and at what the kernel tells of CPUs, clocks and \
            memory. For each thing it says one of

              fine           nothing to do
              will disturb   times are off or scatter; under it what could be done
              unknown        the machine does not tell, as a virtual one of its host

            It changes nothing, and the commands that it names are for you to weigh: some make the machine slower, most \
            need root, and all end with the next boot. During a run the same counters are sampled for each trial, whatever \
            was found here; see docs/environment.md. The exit status is 0 whatever is found: it is advice.
            """)

    @Option(help: "The folder of results, whose disk is looked at.", completion: .directory)
    var results = "Results"

    func run() async throws {
        try await reportingFailures {
            guard !results.isEmpty else {
                throw Failure(.usage, "--results is empty; name a folder, as in --results Results")
            }
            let room = MachineDoctor.ResultsRoom(path: results, freeBytes: Self.freeBytes(for: FilePath(results)))
            let look = try await Interruption.cancelling { try await Self.look() }
            let doctor = MachineDoctor(files: .system, look: look, results: room)
            StandardStream.output.write(DoctorReport(of: doctor.diagnoses()).text)
        }
    }

    /// Looks for a second; nil, with the reason on standard error, where that is not possible.
    private static func look() async throws -> MachineLook? {
        do {
            return try await MachineLook.taken(for: .seconds(1), launcher: ProgramLocator().launcher())
        } catch let error as LookError where error == .cancelled {
            throw CancellationError()
        } catch {
            StandardStream.error.write("assay: this machine could not be looked at for a second: \(error)\n")
            return nil
        }
    }

    /// What may be written to the folder, which need not exist yet.
    private static func freeBytes(for folder: FilePath) -> Int? {
        var place = folder
        while !FileSystem.isFolder(place) {
            let parent = place.removingLastComponent()
            if parent.isEmpty || parent == place { break }
            place = parent
        }
        return FileSystem.freeBytes(at: FileSystem.isFolder(place) ? place : ".").map { Int(clamping: $0) }
    }
}
