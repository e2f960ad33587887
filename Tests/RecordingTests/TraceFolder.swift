import Foundation
import Recording
import TraceModel

/// A folder of its own for a test's traces, removed with all it holds when the test is over.
final class TraceFolder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "recording-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        do { try FileManager.default.removeItem(atPath: path) } catch { print("left behind: \(path): \(error)") }
    }

    func file(_ name: String) -> String { path + "/" + name }
}

/// The calling OS thread's identifier, as the kernel names it.
func currentThread() -> UInt32 {
    do {
        let link = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/thread-self")
        return UInt32(link.split(separator: "/").last ?? "") ?? 0
    } catch {
        return 0  // No thread's identifier: the test that compares it fails.
    }
}

/// Runs the body on so many OS threads at once and waits for all of them.
func onThreads(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
    let group = DispatchGroup()
    for index in 0..<count {
        group.enter()
        Thread.detachNewThread {
            body(index)
            group.leave()
        }
    }
    group.wait()
}

/// Runs the body on an OS thread of its own, and returns when the thread has ended, its exit handlers included.
func onThreadThatEnds(_ body: @escaping @Sendable () -> Void) {
    var thread = pthread_t()
    let box = Unmanaged.passRetained(Work(body))
    let status = pthread_create(
        &thread, nil,
        { argument in
            Unmanaged<Work>.fromOpaque(argument!).takeRetainedValue().body()
            return nil
        }, box.toOpaque())
    precondition(status == 0, "pthread_create failed with \(status)")
    pthread_join(thread, nil)
}

private final class Work: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}
