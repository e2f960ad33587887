import Experiments
import Running
import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A declaration with the file that it was read from.
struct DeclaredExperiment {
    var path: String
    var bytes: [UInt8]
    /// SHA-256 of the bytes, in hex.
    var digest: String
    var declaration: Declaration

    /// Reads and checks all files before anything is done with any of them.
    ///
    /// - Throws: All that is wrong with all of them, or ``Failure`` for two experiments of one name.
    static func read(_ paths: [String]) async throws -> [DeclaredExperiment] {
        var experiments: [DeclaredExperiment] = []
        var errors: [DeclarationError] = []
        for path in paths {
            do {
                experiments.append(try await read(path))
            } catch let found as DeclarationErrors {
                // What is not there is another trouble than what is wrong, and scripts can tell them apart.
                guard access(path, F_OK) == 0 else { throw Failure(.noInput, found.description) }
                errors += found.errors
            }
        }
        if !errors.isEmpty { throw DeclarationErrors(errors: errors) }
        for (index, experiment) in experiments.enumerated() {
            let name = experiment.declaration.name
            if let other = experiments[..<index].first(where: { $0.declaration.name == name }) {
                throw Failure(
                    .usage,
                    "\(other.path) and \(experiment.path) are both named '\(name)' and would write the same results; "
                        + "rename one, or run them one after the other with different --results")
            }
        }
        return experiments
    }

    private static func read(_ path: String) async throws -> DeclaredExperiment {
        let bytes = try DeclarationReader.bytes(path: path)
        let declaration = try DeclarationReader.read(bytes: bytes, path: path)
        guard let digest = await ProvenanceCollector.digest(of: FilePath(path)) else {
            throw Failure(.unavailable, "\(path): its SHA-256 cannot be taken; install sha256sum (package coreutils)")
        }
        return DeclaredExperiment(path: path, bytes: bytes, digest: digest, declaration: declaration)
    }
}
