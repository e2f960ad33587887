import Archiving
import Testing

@testable import Running

@Suite("The evidence for a trial")
struct TrialEvidenceTests {
    @Test(
        "holds the last line of output that is not blank",
        arguments: [("a\nb\n", "b"), ("a\n \n\n", "a"), ("a\r\n{}\r\n", "{}"), ("a", "a"), ("\n\n", nil), ("", nil)])
    func lastLine(text: String, line: String?) {
        #expect(TrialEvidence.lastLine(of: text) == line)
    }

    @Test("is read from the trial's folder, where any file may be missing")
    func reads() async throws {
        try await withTemporaryFolder { path in
            let folder = TrialFolder(path: path)
            let execution = TrialExecution(
                end: .exited(status: 0), elapsedNanoseconds: 1, resources: Samples.resources)
            let empty = try TrialEvidence(of: execution, in: folder, timeLimit: .seconds(1), mustReport: false)
            #expect(empty.lastOutputLine == nil)
            #expect(empty.errorsTail == "")
            #expect(empty.traceBytes == nil)

            try FileSystem().write([1, 2, 3], to: folder.trace)
            try FileSystem().write(Array("first\n{}\n".utf8), to: folder.output)
            try FileSystem().write(Array(("x" + String(repeating: "y", count: 4096)).utf8), to: folder.errors)
            let full = try TrialEvidence(of: execution, in: folder, timeLimit: .seconds(1), mustReport: false)
            #expect(full.lastOutputLine == "{}")
            #expect(full.errorsTail == String(repeating: "y", count: 4096))
            #expect(full.traceBytes == 3)
        }
    }
}
