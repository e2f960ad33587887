import Glibc
import SystemPackage

/// Where a peer in Python is: its interpreter with the libraries, and a script of this repository.
struct PythonPeer {
    let interpreter: FilePath
    let script: FilePath

    /// - Throws: The reason, where one of them is not there.
    init(script name: String) throws(BenchmarkFailure) {
        guard let root = Self.repository(holding: name) else {
            throw BenchmarkFailure(
                sentence: "no folder above this program holds scripts/\(name); run it where it was built")
        }
        script = root.appending("scripts/\(name)")
        interpreter = root.appending(".build-python/bin/python3")
        guard access(interpreter.string, X_OK) == 0 else {
            throw BenchmarkFailure(
                sentence:
                    "the peers in Python are not to be had: .build-python is missing; run `scripts/setup benchmark`, "
                    + "which needs python3-venv and PyPI")
        }
    }

    /// The folder of the repository that this program was built in; nil if it was carried elsewhere.
    private static func repository(holding script: String) -> FilePath? {
        guard let executable = realpath("/proc/self/exe", nil) else { return nil }
        defer { free(executable) }
        var folder = FilePath(String(cString: executable)).removingLastComponent()
        while access(folder.appending("scripts/\(script)").string, R_OK) != 0 {
            guard folder.removeLastComponent() else { return nil }
        }
        return folder
    }
}
