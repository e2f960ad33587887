import Archiving
import Running
import SystemPackage
import Testing

@Suite("Finding a program")
struct ProgramLocatorTests {
    @Test("looks beside the harness for bundled programs, from the current folder for others")
    func finds() async throws {
        try await withTemporaryFolder { folder in
            let (harness, current) = (folder.appending("bin"), folder.appending("work"))
            try FileSystem().createFolder(harness)
            try FileSystem().createFolder(current)
            for path in [
                harness.appending("system-simulator"), harness.appending("assay-launcher"), current.appending("mine"),
            ] { try writeScript("true", to: path) }
            let locator = ProgramLocator(harnessFolder: harness, currentFolder: current)

            #expect(try locator.path(ofProgram: "system-simulator") == harness.appending("system-simulator"))
            #expect(try locator.launcher() == harness.appending("assay-launcher"))
            #expect(try locator.path(ofProgram: "./mine") == FilePath("\(current)/./mine"))
            #expect(try locator.path(ofProgram: "mine") == current.appending("mine"))
            #expect(try locator.path(ofProgram: current.appending("mine").string) == current.appending("mine"))
        }
    }

    @Test("says what is wrong and what to do")
    func refuses() async throws {
        try await withTemporaryFolder { folder in
            try FileSystem().write([1], to: folder.appending("data"))
            let locator = ProgramLocator(harnessFolder: folder, currentFolder: folder)
            func complaint(_ program: String) -> String? {
                #expect(throws: RunningError.self) { try locator.path(ofProgram: program) }?.description
            }
            #expect(
                complaint("system-simulator")
                    == "\(folder)/system-simulator: does not exist; build all products with `swift build`")
            #expect(
                complaint("mine")
                    == "\(folder)/mine: does not exist; correct `program` in the declaration, or build the program")
            #expect(complaint("data") == "\(folder)/data: is not executable; make it so with chmod +x")
            #expect(
                complaint("/etc")
                    == "/etc: is no file; correct `program` in the declaration, or build the program")
        }
    }

    @Test("finds the launcher beside the running executable")
    func own() throws {
        #expect(try ProgramLocator().launcher() == launcher)
    }
}
