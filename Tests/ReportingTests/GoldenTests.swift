import Foundation
import TestSupport
import Testing

@Suite("golden files")
struct GoldenTests {
    /// A folder of its own, removed afterwards.
    private func inFolder(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("golden-\(UUID().uuidString)")
        try body(folder)
        try FileManager.default.removeItem(at: folder)
    }

    @Test("a missing file fails, and leaves what was got")
    func missing() throws {
        try inFolder { folder in
            let outcome = try Golden.compare("a\n", with: "x.txt", in: folder, updates: false)
            #expect(outcome.complaint?.contains("there is no such golden file yet") == true)
            #expect(try String(contentsOf: folder.appendingPathComponent("x.txt.got"), encoding: .utf8) == "a\n")
        }
    }

    @Test("an update writes the file and removes what was got; then the texts agree")
    func update() throws {
        try inFolder { folder in
            _ = try Golden.compare("a\n", with: "x.txt", in: folder, updates: false).complaint
            #expect(try Golden.compare("a\n", with: "x.txt", in: folder, updates: true) == .updated)
            #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent("x.txt.got").path))
            #expect(try Golden.compare("a\n", with: "x.txt", in: folder, updates: false) == .same)
        }
    }

    @Test(
        "a difference names its line, and the command to take it over",
        arguments: [
            ("a\nb\n", "a\nc\n", "line 2 was «b» and is «c»"), ("a\n", "a", "line 2, «», and what follows it is gone"),
            ("a", "a\nb", "line 2, «b», is new"),
        ])
    func differs(golden: String, got: String, expected: String) throws {
        try inFolder { folder in
            #expect(try Golden.compare(golden, with: "x.txt", in: folder, updates: true) == .updated)
            let complaint = try Golden.compare(got, with: "x.txt", in: folder, updates: false).complaint ?? ""
            #expect(complaint.contains(expected))
            #expect(complaint.contains("ASSAY_UPDATE_GOLDEN=1"))
        }
    }
}
