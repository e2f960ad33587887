// A run in virtual time is recorded like any other, into the same mapped file, so that a killed one loses nothing and
// outside tracers see its probes. What differs is who knows the time: the simulation's clock, which is asked here, as a
// generic parameter so that the question is a load and not a call, and nothing of the machine is in the file.
//
// The road not taken: a closure that reads the clock (a call and a context each event), and collecting the events to
// encode them at the end, which a kill would lose and which costs memory for the trace.

import CProbes
import TraceModel

/// A clock of simulated time, as a recorder reads it.
public protocol VirtualTimeSource: Sendable {
    /// How far the run has come, in nanoseconds since it began: 0…2^63 − 1, never less than it was before.
    var virtualNanoseconds: UInt64 { get }
}

/// Records the events of a run in virtual time into a trace file, and fires their USDT probes.
///
/// The same events and description give the same bytes in every process and on every machine: process, start, thread and
/// CPU are 0, and there is one stream. An event is in the file as soon as ``record(_:request:client:value:)`` returns: it
/// survives the death of the process by any signal. A process has one recorder at a time, of whichever kind.
public final class VirtualRecorder<Time: VirtualTimeSource>: EventSink {
    /// What stamps the events.
    public let time: Time
    private let session: RecordingSession

    /// The file that is recorded into.
    public var path: String { session.path }

    /// Creates the file and begins to record.
    ///
    /// - Parameters:
    ///   - path: Where no file is yet: a trace is never written over.
    ///   - description: The program's parameters, a JSON object, at most ``TraceFormat/descriptionBytesMaximum`` bytes.
    ///     For traces to be the same, nothing of the machine or the moment may be in it.
    ///   - maximumBytes: Events that would make the file outgrow this are dropped and counted;
    ///     ``Recorder/maximumBytesLowest`` at least.
    ///   - time: What stamps the events.
    public init(
        path: String, description: String = "", maximumBytes: UInt64 = Recorder.maximumBytesDefault, time: Time
    ) throws(RecorderError) {
        session = try RecordingSession(
            path: path, description: description, maximumBytes: maximumBytes, clock: .virtual)
        self.time = time
    }

    /// Records an event at the present virtual time, and fires its probe. After ``finish()`` it only fires the probe.
    ///
    /// One thread at a time may call it, as the tasks of one executor do; another may finish meanwhile. What cannot be
    /// stored, because the disk is full or the file at its maximum, is counted.
    @inlinable
    public func record(_ kind: EventKind, request: UInt64, client: UInt32, value: Int64) {
        isim_record_at(time.virtualNanoseconds, kind.rawValue, request, client, value)
    }

    /// Events that could not be stored so far; 0 after ``finish()``, whose report has the final number.
    public var eventsDropped: UInt64 { session.eventsDropped }

    /// Closes the trace.
    ///
    /// - Returns: What was recorded; the same again when called again.
    @discardableResult
    public func finish() -> RecorderReport { session.finish() }
}
