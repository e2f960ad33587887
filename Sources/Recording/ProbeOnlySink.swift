import CProbes
import TraceModel

/// Fires the events' USDT probes and records nothing: for runs that an outside tracer watches.
public struct ProbeOnlySink: EventSink {
    public init() {}

    @inlinable
    public func record(_ kind: EventKind, request: UInt64, client: UInt32, value: Int64) {
        isim_fire(kind.rawValue, request, client, value)
    }
}
