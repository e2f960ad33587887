import Foundation
import Testing

@testable import Commands

@Suite("Where a command writes")
struct OutputFileTests {
    @Test("work that a signal has stopped leaves nothing, and what was there before")
    func stopped() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("output-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: folder) } }
        let path = folder.appendingPathComponent("x").path
        try Data([7]).write(to: URL(fileURLWithPath: path))
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try OutputFile.write(to: path) { write in try write([1, 2]) }
        }
        let error = await #expect(throws: Failure.self) { try await task.value }
        #expect(error?.status == .interrupted)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["x"])
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data([7]))
    }
}
