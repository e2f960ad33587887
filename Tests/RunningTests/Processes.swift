import Archiving
import SystemPackage

/// The text of a file.
func text(_ path: FilePath) throws -> String { String(decoding: try FileSystem.read(path), as: UTF8.self) }

/// Those of the processes that are still there.
func alive(_ identifiers: [Int32]) -> [Int32] { identifiers.filter(isAlive) }

/// Whether a process is there and is no zombie.
func isAlive(_ identifier: Int32) -> Bool {
    let status: String
    do {
        status = try text(FilePath("/proc/\(identifier)/stat"))
    } catch {
        // It is gone, perhaps while it was looked at.
        return false
    }
    let fields = status[(status.lastIndex(of: ")") ?? status.startIndex)...].split(separator: " ")
    return fields.count > 1 && fields[1] != "Z" && fields[1] != "X"
}

/// The process identifiers that a script wrote, one a line.
func identifiers(in path: FilePath) throws -> [Int32] {
    guard FileSystem.isFile(path) else { return [] }
    return try text(path).split(separator: "\n").compactMap { Int32($0) }
}
