import Archiving
import Diagnosing
import SystemPackage

extension MachineFiles {
    /// This machine's own.
    static let system = MachineFiles(
        content: { path in
            do {
                return String(decoding: try FileSystem.read(FilePath(path)), as: UTF8.self)
            } catch {
                // Not there, or not for this user: the machine does not tell.
                return nil
            }
        },
        list: { folder in
            do {
                return try FileSystem.names(in: FilePath(folder))
            } catch {
                return []
            }
        })
}
