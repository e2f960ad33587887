import Diagnosing
import Foundation
import Monitoring
import SystemPackage
import Testing

@testable import Commands

@Suite("Looking at this machine", .timeLimit(.minutes(5)))
struct MachineLookTests {
    /// The launcher that was built with the tests: it lies beside their executable.
    private static let launcher: FilePath = {
        var path = FilePath(CommandLine.arguments[0])
        do {
            path = FilePath(try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
        } catch {
            Issue.record("/proc/self/exe cannot be read: \(error)")
        }
        return path.removingLastComponent().appending("assay-launcher")
    }()

    @Test("takes as long as it says, sees what a trial's samples would show, and leaves nothing")
    func look() async throws {
        let look = try await MachineLook.taken(for: .seconds(1), launcher: Self.launcher)
        #expect(look.seconds >= 1)
        #expect(look.figures.otherLoadShare != nil)
        #expect(look.figures.runnableMean != nil)
        // What it starts itself only sleeps.
        #expect((look.figures.programShare ?? 1) < 0.5)
    }

    @Test("that fails says why")
    func fails() async {
        let error = await #expect(throws: LookError.self) {
            try await MachineLook.taken(for: .seconds(1), launcher: "/nonexistent/launcher")
        }
        #expect(error?.description.contains("/nonexistent/launcher") == true)
    }

    @Test("a file that is not there tells nothing, and neither does a folder")
    func files() {
        #expect(MachineFiles.system.content("/nonexistent") == nil)
        #expect(MachineFiles.system.list("/nonexistent") == [])
        #expect(MachineFiles.system.list("/proc").contains("stat"))
        #expect(MachineFiles.system.content("/proc/stat")?.hasPrefix("cpu ") == true)
    }
}
