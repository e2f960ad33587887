import Glibc

/// Starts an OS thread that no executor knows, and has it run the body.
public func startForeignThread(_ body: @escaping @Sendable () -> Void) {
    final class Box {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    var thread = pthread_t()
    let status = pthread_create(
        &thread, nil,
        { argument in
            guard let argument else { preconditionFailure("a foreign thread was started without its body") }
            Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().body()
            return nil
        }, Unmanaged.passRetained(Box(body)).toOpaque())
    precondition(status == 0, "pthread_create failed with error \(status)")
    pthread_detach(thread)
}

/// Runs what blocks, such as a whole runtime, on such a thread: suites run on the default executor, whose few threads
/// are not to be blocked.
public func onForeignThread<Result: Sendable>(_ body: @escaping @Sendable () -> Result) async -> Result {
    await withCheckedContinuation { continuation in
        startForeignThread { continuation.resume(returning: body()) }
    }
}
