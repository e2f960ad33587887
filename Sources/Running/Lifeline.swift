import Glibc
import SystemPackage

/// What ties a launcher to this process: a pair of sockets, one end being the launcher's standard input and the other held here
/// alone. When this end closes, be it by the death of this process, the launcher ends its program.
struct Lifeline: Sendable {
    /// The launcher's end, which is its to close.
    let theirs: FileDescriptor
    private let ours: FileDescriptor

    init() throws(ExecutionError) {
        var ends: [Int32] = [-1, -1]
        // Close-on-exec from birth, or another process started from here would hold the lifeline as well; a pair of
        // sockets, since Swift does not see pipe2.
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
            throw .launcher(complaint: "no lifeline for the launcher: \(Errno(rawValue: errno))")
        }
        theirs = FileDescriptor(rawValue: ends[0])
        ours = FileDescriptor(rawValue: ends[1])
    }

    /// Lets go; once.
    func cut() { close(ours.rawValue) }
}
