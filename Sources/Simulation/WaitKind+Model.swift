import Timekeeping

/// What green threads of the model wait for.
extension WaitKind {
    static let clientForPermit = WaitKind("client", for: "a permit")
    static let clientForWrite = WaitKind("client", for: "its write")
    static let writerForWrite = WaitKind("writer", for: "a write")
    static let runForEnd = WaitKind("run", for: "its end")
}
