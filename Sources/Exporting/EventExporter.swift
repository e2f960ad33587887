// Everything here turns the events of a trace into the bytes of another format, one event at a time: what is ready is taken
// away by whoever writes it, so that memory follows what is in flight and not the length of the trace.

import TraceModel

/// Turns events, in the order of time, into bytes of another format.
public protocol EventExporter: ~Copyable {
    /// Takes the next event.
    mutating func add(_ event: Event)

    /// Takes note that there are no more events. Call it once.
    mutating func finish()

    /// What is ready and has not been taken away.
    var bytes: [UInt8] { get set }
}

extension EventExporter where Self: ~Copyable {
    /// Exports all events; the pieces come in order.
    ///
    /// - Parameter write: Called with 64 KiB or a little more at a time, and at the end with the rest.
    public mutating func export<Failure: Error>(
        _ events: some Sequence<Event>, _ write: ([UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        for event in events {
            add(event)
            if bytes.count >= pieceBytes { try flush(write) }
        }
        finish()
        if !bytes.isEmpty { try flush(write) }
    }

    private mutating func flush<Failure: Error>(_ write: ([UInt8]) throws(Failure) -> Void) throws(Failure) {
        try write(bytes)
        bytes.removeAll(keepingCapacity: true)
    }
}

/// From so many bytes on they are taken away.
let pieceBytes = 65_536
