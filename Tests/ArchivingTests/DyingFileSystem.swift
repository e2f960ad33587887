import Synchronization
import SystemPackage

@testable import Archiving

/// A file system that is gone from the given change on, as it is for a process that was killed there.
final class DyingFileSystem: Sendable {
    private let count = Mutex(0)
    private let limit: Int

    init(before limit: Int) { self.limit = limit }

    var changes: Int { count.withLock { $0 } }

    var fileSystem: FileSystem {
        FileSystem { (operation, path) throws(ArchiveError) in
            let number = self.count.withLock { count -> Int in
                defer { count += 1 }
                return count
            }
            if number >= self.limit {
                throw .fileSystem(operation: operation, path: path, error: .interrupted)
            }
        }
    }
}
