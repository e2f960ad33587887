import Archiving
import Experiments
import Glibc
import SystemPackage

/// Asks the machine where the numbers of a run come from. What it cannot tell is nil.
public enum ProvenanceCollector {
    /// Collects everything; asked once a run, since it takes some hundred milliseconds.
    public static func collect(program: FilePath) async -> Provenance {
        let revision = await Tool.answer("git", ["rev-parse", "HEAD"])
        // Files that the results are written to say nothing of the program.
        let changes = await Tool.answer(
            "git", ["--no-optional-locks", "status", "--porcelain", "--", ":/", ":(top,exclude)Results"])
        let toolchain = await Tool.answer("swift", ["--version"])
        var system = utsname()
        let knowsSystem = uname(&system) == 0
        let count = sysconf(Int32(_SC_NPROCESSORS_ONLN))
        return Provenance(
            revision: revision,
            revisionIsModified: revision == nil ? nil : changes.map { !$0.isEmpty },
            binaryDigest: await digest(of: program),
            toolchain: toolchain.flatMap { $0.split(separator: "\n").first.map(String.init) },
            host: knowsSystem ? text(&system.nodename) : nil,
            kernel: knowsSystem ? "\(text(&system.sysname)) \(text(&system.release)) \(text(&system.machine))" : nil,
            processorModel: processorModel(),
            processorCount: count > 0 ? count : nil)
    }

    /// The same for a program that may have been built from a revision of its own, which is then the program's.
    public static func collect(program: FilePath, side: SideProgram?) async -> Provenance {
        var provenance = await collect(program: program)
        if let revision = side?.revision {
            provenance.revision = revision
            provenance.revisionIsModified = false
        }
        return provenance
    }

    /// The SHA-256 of a file's bytes in hex, or nil where it cannot be read or `sha256sum` is missing.
    public static func digest(of path: FilePath) async -> String? {
        let file = open(path.string, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        // By standard input, because sha256sum escapes unusual names in what it prints.
        let answer = await Tool.answer("sha256sum", [], input: FileDescriptor(rawValue: file))
        return answer.map { String($0.prefix { $0.isHexDigit }) }.flatMap { $0.count == 64 ? $0 : nil }
    }

    private static func processorModel() -> String? {
        do {
            return model(inCPUInformation: String(decoding: try FileSystem.read("/proc/cpuinfo"), as: UTF8.self))
        } catch {
            // No such file here: unknown.
            return nil
        }
    }

    /// The first `model name` of the text; ARM kernels print none.
    static func model(inCPUInformation text: String) -> String? {
        for line in text.split(separator: "\n") where line.hasPrefix("model name") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let name = line[line.index(after: colon)...].drop(while: \.isWhitespace)
            if !name.isEmpty { return String(name) }
        }
        return nil
    }

    private static func text<Characters>(_ characters: inout Characters) -> String {
        withUnsafeBytes(of: &characters) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}
