// What a trial left behind when its launcher could not do its work. The launcher, the program and nearly all that it
// starts work in the attempt's folder, or stay below one that does; so that is how they are known. What was detached,
// changed its directory and lost its launcher is not found: only a namespace would hold it, which needs privileges.

import Archiving
import Glibc
import SystemPackage

/// The processes that work in a folder, and their descendants.
struct Leftovers: Sendable {
    private let folder: String

    private struct Relative {
        var parent: Int32
        var isRoot: Bool
    }

    /// - Parameter folder: One that exists now; its processes are found even after it was removed.
    init(workingIn folder: FilePath) {
        let real = realpath(folder.string, nil)
        defer { free(real) }
        self.folder = real.map { String(cString: $0) } ?? folder.string
    }

    /// Kills them until there are none, for ten seconds at the most. Blocks meanwhile, also in a cancelled task.
    func end() {
        for _ in 0..<500 {
            let found = living()
            if found.isEmpty { return }
            for identifier in found { kill(identifier, SIGKILL) }
            usleep(20_000)
        }
    }

    /// Those that are alive now.
    func living() -> Set<Int32> {
        let all = Self.processes(in: folder)
        var found = Set(all.filter(\.value.isRoot).keys)
        var count = -1
        while count != found.count {
            count = found.count
            found.formUnion(all.filter { found.contains($0.value.parent) }.keys)
        }
        return found
    }

    private static func processes(in folder: String) -> [Int32: Relative] {
        var all: [Int32: Relative] = [:]
        do {
            for name in try FileSystem.names(in: "/proc") {
                guard let identifier = Int32(name), identifier != getpid() else { continue }
                all[identifier] = relative(identifier, in: folder)
            }
        } catch {
            // Without /proc there is no launcher either, and nothing was started.
            return [:]
        }
        return all
    }

    /// Nil where the process is gone or a zombie.
    private static func relative(_ identifier: Int32, in folder: String) -> Relative? {
        let text: String
        do {
            text = String(decoding: try FileSystem.read(FilePath("/proc/\(identifier)/stat")), as: UTF8.self)
        } catch {
            return nil
        }
        // `identifier (name) state parent group session terminal …`; the name may hold spaces and brackets.
        let fields = text[(text.lastIndex(of: ")") ?? text.startIndex)...].split(separator: " ")
        guard fields.count > 5, fields[1] != "Z", fields[1] != "X", let parent = Int32(fields[2]) else { return nil }
        // One with a terminal is a person's shell, who looks at what the trial writes.
        let isRoot = fields[5] == "0" && isWorking(identifier, in: folder)
        return Relative(parent: parent, isRoot: isRoot)
    }

    private static func isWorking(_ identifier: Int32, in folder: String) -> Bool {
        let bytes = [UInt8](unsafeUninitializedCapacity: Int(PATH_MAX)) { buffer, count in
            count = buffer.withMemoryRebound(to: CChar.self) { characters in
                guard let start = characters.baseAddress else { return 0 }
                return max(0, readlink("/proc/\(identifier)/cwd", start, characters.count))
            }
        }
        if bytes.isEmpty { return false }
        let path = String(decoding: bytes, as: UTF8.self)
        return path == folder || path.hasPrefix(folder + "/") || path == folder + " (deleted)"
    }
}
