import Glibc
import SystemPackage

/// The outside tracer, and how long it may take to attach.
public struct Tracer: Sendable, Equatable {
    /// The path of `bpftrace`; nil where there is none.
    public var path: FilePath?
    /// How long all observers of a trial may take to attach: some two seconds is usual on a machine that is idle.
    public var attachLimit: Duration

    public init(path: FilePath?, attachLimit: Duration = .seconds(60)) {
        self.path = path
        self.attachLimit = attachLimit
    }

    /// The first `bpftrace` on this process's PATH.
    public static var installed: Tracer {
        let folders = getenv("PATH").map { String(cString: $0) }?.split(separator: ":") ?? []
        let paths = folders.map { FilePath(String($0)).appending("bpftrace") }
        return Tracer(path: paths.first { $0.isAbsolute && access($0.string, X_OK) == 0 })
    }

    static let absence = "there is no bpftrace on the PATH; `scripts/setup tracers` installs it."
}
