import Foundation

/// Python 3 as an independent reader of what this project writes, with its standard library or with others' readers. What is used
/// besides its standard library has to be asked for with ``has(_:)``.
public enum Python {
    /// Where the interpreter is; nil where the machine has none. Tests that need it are then skipped, and say so.
    public static let path: String? = {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin").split(separator: ":")
        return folders.map { "\($0)/python3" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }()

    /// A sentence for the tests that are skipped without it.
    public static let whyNeeded: String = "python3 is not installed; the independent reader cannot run"

    /// Whether these modules can be imported; if not, it is said which tests cannot run, and how to get them.
    public static func has(_ modules: String...) -> Bool {
        guard path != nil else { return false }
        do {
            return try run("import \(modules.joined(separator: ", "))").isEmpty
        } catch {
            print(
                "SKIPPED: what needs Python's \(modules.joined(separator: ", ")) is not checked; try `scripts/setup tests`"
            )
            return false
        }
    }
    /// The interpreter that has the official readers of Perfetto traces and HdrHistogram logs, installed by `scripts/setup tests`;
    /// nil where it is not to be had, which is said aloud once.
    public static let withReaders: String? = {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let own = root.appendingPathComponent(".build-readers/bin/python3").path
        let found = [own, path].compactMap { $0 }.first { python in
            do {
                return try run("import hdrh.log, perfetto.protos.perfetto.trace.perfetto_trace_pb2", with: python) == ""
            } catch {
                return false  // Not this one: the next is asked, and that there is none is said below.
            }
        }
        if found == nil { print("SKIPPED: \(whyReadersNeeded)") }
        return found
    }()

    /// A sentence for the tests that are skipped without them.
    public static let whyReadersNeeded =
        "PyPI's perfetto and hdrhistogram are not installed; `scripts/setup tests` installs them into .build-readers"

    /// Runs a script with the input on its standard input.
    ///
    /// - Parameter python: The interpreter, ``path`` where it is nil.
    /// - Returns: What it wrote to standard output.
    /// - Throws: ``Failure`` when it ends with another status than 0; what the system says when it cannot be started.
    public static func run(_ script: String, input: [UInt8] = [], with python: String? = nil) throws -> String {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("assay-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer {
            // A leftover in the temporary folder does not change what the test found.
            do { try FileManager.default.removeItem(at: folder) } catch {
                print("left behind: \(folder.path): \(error)")
            }
        }
        // Files instead of pipes: neither side can block on a full pipe.
        let inputFile = folder.appendingPathComponent("input")
        let outputFile = folder.appendingPathComponent("output")
        try Data(input).write(to: inputFile)
        try Data().write(to: outputFile)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: python ?? path ?? "python3")
        process.arguments = ["-c", script]
        process.standardInput = try FileHandle(forReadingFrom: inputFile)
        let output = try FileHandle(forWritingTo: outputFile)
        process.standardOutput = output
        process.standardError = output
        try process.run()
        process.waitUntilExit()
        let text = String(decoding: try Data(contentsOf: outputFile), as: UTF8.self)
        guard process.terminationStatus == 0 else { throw Failure(status: process.terminationStatus, output: text) }
        return text
    }

    /// The script ended with a status other than 0.
    public struct Failure: Error {
        public let status: Int32
        /// Standard output and error together.
        public let output: String
    }
}
