import Foundation
import SystemPackage

/// Stored values as JSON: keys in ascending order, one a line, so that the same value is always the same bytes.
enum StoredJSON {
    /// The bytes of a value, ending in a line break.
    static func bytes(_ value: some Encodable, for path: FilePath) throws(ArchiveError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            return [UInt8](try encoder.encode(value)) + [UInt8(ascii: "\n")]
        } catch {
            throw .unreadable(path: path, complaint: "the value cannot be written as JSON (\(error))")
        }
    }

    /// Reads a value of a stored form with a version, which is looked at before anything else.
    ///
    /// - Throws: ``ArchiveError/newerVersion(path:found:supported:)`` or ``ArchiveError/unreadable(path:complaint:)``,
    ///   or what the file system refused.
    static func read<Value: Decodable>(
        _ type: Value.Type, from path: FilePath, supportedVersion: Int
    ) throws(ArchiveError) -> Value {
        let bytes = Data(try FileSystem.read(path))
        let decoder = JSONDecoder()
        do {
            let version = try decoder.decode(Version.self, from: bytes).version
            if version > supportedVersion {
                throw ArchiveError.newerVersion(path: path, found: version, supported: supportedVersion)
            }
            guard version >= 1 else {
                throw ArchiveError.unreadable(
                    path: path, complaint: "is no stored \(type): it has version \(version), and the first was 1")
            }
            return try decoder.decode(type, from: bytes)
        } catch let error as ArchiveError {
            throw error
        } catch let error as DecodingError {
            throw .unreadable(path: path, complaint: "is no stored \(type): \(sentence(for: error))")
        } catch {
            throw .unreadable(path: path, complaint: "is no stored \(type) (\(error))")
        }
    }

    private struct Version: Decodable { var version: Int }

    private static func sentence(for error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, let context): "\(place(context))the key '\(key.stringValue)' is missing"
        case .typeMismatch(_, let context): "\(place(context))the value has the wrong type"
        case .valueNotFound(_, let context): "\(place(context))a value is missing"
        case .dataCorrupted(let context):
            context.codingPath.isEmpty ? "it is no JSON" : "\(place(context))the value cannot be read"
        @unknown default: "it cannot be read"
        }
    }

    private static func place(_ context: DecodingError.Context) -> String {
        let keys = context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }
        return keys.isEmpty ? "" : "at \(keys.joined(separator: ".")) "
    }
}
