import Quantities

/// Green threads in virtual time, on the OS thread that calls `run`: the same steps in every process, and as fast as the
/// work itself.
public final class VirtualRuntime: ConcurrencyRuntime {
    @usableFromInline let executor: VirtualExecutor
    private let greenThreads: GreenThreads

    /// - Parameter onProgress: Told the virtual time now and then while the run goes on, on its OS thread; nil for nobody.
    public init(onProgress: (@Sendable (Duration) -> Void)? = nil) {
        let executor = VirtualExecutor(onProgress: onProgress)
        self.executor = executor
        greenThreads = GreenThreads(onClosing: { executor.shutDown() }, onAllEnded: { executor.finish() })
    }

    /// Zero at first; exactly the deadline of the last sleep that ended. For green threads, and for anybody after `run`.
    public var now: Duration { Duration(wholeNanoseconds: executor.nowNanoseconds) }

    /// The same in nanoseconds.
    @inlinable
    public var nowNanoseconds: Int64 { executor.nowNanoseconds }

    // Inlined into the model, these have no frames of their own and save a hop each.

    @inlinable
    @inline(__always)
    public func sleep(for duration: Duration) async throws(Cancellation) {
        let isAwake = await withUnsafeContinuation { executor.resume($0, after: duration) }
        guard isAwake else { throw Cancellation() }
    }

    @inlinable
    @inline(__always)
    public func suspend(_ wait: Wait, _ begin: (Suspension) -> Void) async -> Bool {
        let place = executor.beginWait(wait)
        let result = await withUnsafeContinuation { begin($0) }
        executor.endWait(place)
        return result
    }

    public func spawn(_ body: @escaping @Sendable () async -> Void) { greenThreads.start(on: executor, body) }

    public func run(_ body: @escaping @Sendable () async -> Void) throws(Deadlock) {
        executor.becomeDriver()
        greenThreads.startFirst(on: executor, body)
        try executor.drive { self.greenThreads.count }
    }
}
