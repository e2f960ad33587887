// What a Swift program needs to be measured, and nothing else of this package: a recorder under one name, with durations
// where the format has nanoseconds. The recorder is the one that the bundled simulator uses: a buffer for each thread, an
// event in some ten nanoseconds, in the file as soon as the call returns.

// Whoever imports this sees the cases and members of what is named here, and need not know where they are declared.
@_exported import Recording
@_exported import TraceModel

/// What can be recorded: see ``EventKind``, whose cases say what each implies.
public typealias TraceEvent = EventKind

/// Why a trace could not be begun; no file is left behind.
public typealias TraceError = RecorderError

/// What a closed trace holds, and what could not be stored.
public typealias TraceReport = RecorderReport

/// Writes the events of a program into a file that Assay reads. A process has one at a time.
public struct Trace: Sendable {
    private let recorder: Recorder

    /// Creates the file and begins to record.
    ///
    /// - Parameters:
    ///   - path: Where no file is yet: a trace is never written over.
    ///   - parameters: What the program was told, for people to read; at most 4024 bytes as a JSON object.
    ///   - maximumBytes: Events that would make the file outgrow this are dropped and counted; 135 168 at least.
    public init(
        path: String, parameters: [String: String] = [:], maximumBytes: UInt64 = 16 << 30
    ) throws(TraceError) {
        let fields = parameters.sorted { $0.key < $1.key }.map { "\(Self.quoted($0.key)): \(Self.quoted($0.value))" }
        recorder = try Recorder(
            path: path, description: fields.isEmpty ? "" : "{\(fields.joined(separator: ", "))}",
            maximumBytes: maximumBytes)
    }

    /// Records that something happened now, on the calling thread. Any thread may call it; it never blocks or fails, and
    /// what cannot be stored is counted.
    ///
    /// - Parameters:
    ///   - request: The request's identifier, the same in all events of the request; 0 for the two markers.
    ///   - client: Who made it, from 0.
    ///   - value: For `persistStart` the delay that was drawn, if one was, and for `requestDue` how late the request is;
    ///     zero otherwise.
    public func record(_ event: TraceEvent, request: UInt64 = 0, client: UInt32 = 0, value: Duration = .zero) {
        let (seconds, attoseconds) = value.components
        recorder.record(
            event, request: request, client: client, value: seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    }

    /// Closes the trace. What is recorded afterwards is in no file.
    ///
    /// - Returns: What was recorded and what was dropped; the same again when called again.
    @discardableResult
    public func finish() -> TraceReport { recorder.finish() }

    /// As a JSON string.
    private static func quoted(_ text: String) -> String {
        let escaped = text.unicodeScalars.map { scalar in
            switch scalar {
            case "\"", "\\": "\\\(scalar)"
            case "\u{0}"..."\u{1F}":
                "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
            default: "\(scalar)"
            }
        }
        return "\"\(escaped.joined())\""
    }
}
