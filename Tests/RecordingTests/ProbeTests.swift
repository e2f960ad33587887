import Foundation
import Recording
import Testing
import TraceModel

/// What outside tracers see: the notes in the binary that holds the recorder, here the tests' own.
@Suite struct ProbeTests {
    private static let readelf = ["/usr/bin/readelf", "/usr/local/bin/readelf"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    @Test(
        "each kind of event has one probe of provider isim, with request, client and value",
        .enabled(if: readelf != nil, "readelf is not installed (package binutils)"))
    func notes() throws {
        let notes = try output(of: try #require(Self.readelf), ["-n", "/proc/self/exe".resolved])
        let expected = EventKind.allCases.filter { $0.rawValue < 16 }.map {
            $0.name.replacing("-", with: "__")
        }
        var found: [String] = []
        for note in notes.components(separatedBy: "Provider: isim\n").dropFirst() {
            let lines = note.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
            found.append(lines[0].replacing("Name: ", with: ""))
            let arguments = try #require(lines.first { $0.hasPrefix("Arguments: ") }).split(separator: " ").dropFirst()
            // Size in bytes, negative when signed: an identifier, a client, a value.
            #expect(arguments.map { $0.split(separator: "@")[0] } == ["8", "4", "-8"], "\(lines[0])")
        }
        #expect(found.sorted() == expected.sorted())
    }

    @Test("the sink without a file takes every kind")
    func probeOnly() {
        let sink: any EventSink = ProbeOnlySink()
        for kind in EventKind.allCases { sink.record(kind, request: 1, client: 2, value: 3) }
    }

    private func output(of program: String, _ arguments: [String]) throws -> String {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardOutput = pipe
        try process.run()
        let bytes = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension String {
    /// The path that the symbolic link leads to.
    var resolved: String { URL(fileURLWithPath: self).resolvingSymlinksInPath().path }
}
