import Glibc
import Synchronization

/// An open trace file. It is read with `pread`, not mapped: a file that shrinks while it is read then gives fewer
/// bytes, not SIGBUS.
final class TraceFile: Sendable {
    let path: String
    /// The size when it was opened.
    let byteCount: UInt64
    private let descriptor: Int32
    private let changed = Mutex<TraceProblem?>(nil)

    /// What went wrong when events were read, after the file had been examined.
    var problemWhileReading: TraceProblem? { changed.withLock { $0 } }

    init(path: String) throws(TraceError) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw TraceError(path: path, byteOffset: nil, reason: .cannotOpen(systemMessage(errno)))
        }
        self.path = path
        var status = stat()
        let isStatusKnown = fstat(descriptor, &status) == 0
        byteCount = UInt64(clamping: status.st_size)
        guard isStatusKnown, status.st_mode & S_IFMT == S_IFREG else {
            throw TraceError(path: path, byteOffset: nil, reason: .notAFile)
        }
    }

    deinit { close(descriptor) }

    /// Reads up to the buffer's size from the offset.
    ///
    /// - Returns: The number of bytes read: fewer than asked for only at the end of the file.
    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: UInt64) throws(TraceError) -> Int {
        var count = 0
        while count < buffer.count {
            let place = off_t(clamping: offset + UInt64(count))
            let result = pread(descriptor, buffer.baseAddress! + count, buffer.count - count, place)
            if result == 0 { break }
            if result > 0 {
                count += result
            } else if errno != EINTR {
                throw TraceError(path: path, byteOffset: offset, reason: .cannotRead(systemMessage(errno)))
            }
        }
        return count
    }

    /// Keeps the first thing that went wrong while events were read.
    func report(changeAt offset: UInt64, _ sentence: String) {
        changed.withLock { problem in
            guard problem == nil else { return }
            problem = TraceProblem(path: path, byteOffset: offset, kind: .changedWhileReading, sentence: sentence)
        }
    }
}

private func systemMessage(_ code: Int32) -> String { String(cString: strerror(code)) }
