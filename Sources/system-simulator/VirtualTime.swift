import Recording
import Timekeeping

/// The clock of a run in virtual time, as the recorder reads it.
struct VirtualTime: VirtualTimeSource {
    let runtime: VirtualRuntime

    var virtualNanoseconds: UInt64 { UInt64(runtime.nowNanoseconds) }
}
