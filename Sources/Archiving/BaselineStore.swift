// What is on the disk: `Baselines/<name>.json`, one file a baseline, made to be committed and read in a diff (RowJSON).
// A file is replaced whole under a temporary name, and only by one process at a time, so that two that save at once do not
// lose each other's session.

import Foundation
import SystemPackage

/// The stored baselines of a folder.
public struct BaselineStore: Sendable {
    /// Where baselines lie unless somebody says otherwise, relative to the working directory.
    public static let usualFolder: FilePath = "Baselines"
    /// The most sessions that one baseline may have.
    public static let mostSessions = 100
    /// The most bytes that a baseline's file may have: 64 MiB.
    public static let mostBytes = 64 << 20
    /// The longest name, in characters.
    static let longestName = 100

    public let folder: FilePath
    private let fileSystem: FileSystem

    public init(folder: FilePath = BaselineStore.usualFolder) {
        self.init(folder: folder, fileSystem: FileSystem())
    }

    init(folder: FilePath, fileSystem: FileSystem) {
        self.folder = folder
        self.fileSystem = fileSystem
    }

    /// A file of the folder: its baseline, or why it cannot be read.
    public struct Entry: Sendable, Equatable {
        public var name: String
        public var content: Result<StoredBaseline, BaselineError>

        public init(name: String, content: Result<StoredBaseline, BaselineError>) {
            self.name = name
            self.content = content
        }
    }

    /// Where the baseline of that name lies, or would lie.
    ///
    /// - Throws: ``BaselineError/unfitName(_:)``.
    public func path(of name: String) throws(BaselineError) -> FilePath {
        guard Self.isFit(name) else { throw .unfitName(name) }
        return folder.appending("\(name).json")
    }

    /// The names of all baselines, in ascending order; none where there is no such folder.
    public func names() throws(BaselineError) -> [String] {
        guard FileSystem.isFolder(folder) else {
            guard !FileSystem.exists(folder) else { throw .notAFolder(path: folder) }
            return []
        }
        do {
            return try FileSystem.names(in: folder).filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }
                .filter(Self.isFit)
        } catch {
            throw BaselineError(error)
        }
    }

    /// Every baseline with its name, in ascending order; one that cannot be read hides no other.
    public func entries() throws(BaselineError) -> [Entry] {
        try names().map { name in
            do throws(BaselineError) {
                return Entry(name: name, content: .success(try read(name)))
            } catch {
                return Entry(name: name, content: .failure(error))
            }
        }
    }

    /// The baseline of that name.
    ///
    /// - Throws: ``BaselineError/missing(name:path:known:)`` where there is none; what is wrong with its file otherwise.
    public func read(_ name: String) throws(BaselineError) -> StoredBaseline {
        let path = try path(of: name)
        guard let size = FileSystem.size(of: path) else { throw try absence(of: name, path) }
        guard size <= Self.mostBytes else {
            throw .damaged(
                path: path, complaint: "has \(size) bytes, more than the \(Self.mostBytes) that a baseline may have")
        }
        let baseline: StoredBaseline
        do {
            baseline = try StoredJSON.read(
                StoredBaseline.self, from: path, supportedVersion: StoredBaseline.currentVersion)
        } catch {
            throw BaselineError(error)
        }
        if let contradiction = baseline.contradiction {
            throw .damaged(path: path, complaint: "is no baseline that can be compared with: it \(contradiction)")
        }
        return baseline
    }

    /// Stores a baseline under the name. Where there is one already, its sessions come first and the new ones after them.
    ///
    /// - Parameters:
    ///   - baseline: With at least one session; its values are finite.
    ///   - isReplacing: Whether what is stored gives way instead.
    /// - Returns: What is stored now.
    /// - Throws: ``BaselineError/unlike(path:differences:)`` where the stored sessions are of another experiment,
    ///   declaration, clock or, for the wall clock, machine; ``BaselineError/oneSession(path:)`` where there is one of virtual
    ///   time; ``BaselineError/locked(folder:)`` while another process saves.
    @discardableResult
    public func save(
        _ baseline: StoredBaseline, as name: String, isReplacing: Bool = false
    ) throws(BaselineError) -> StoredBaseline {
        let path = try path(of: name)
        if let contradiction = baseline.contradiction { preconditionFailure("the baseline \(name) \(contradiction)") }
        let lock: FolderLock
        do {
            try fileSystem.createFolders(folder)
            lock = try FolderLock(folder)
        } catch {
            throw BaselineError(error)
        }
        defer { withExtendedLifetime(lock) {} }
        let isNew = isReplacing || FileSystem.size(of: path) == nil
        let whole = try isNew ? baseline : read(name).joined(with: baseline, at: path)
        guard whole.sessions.count <= Self.mostSessions else {
            throw .tooManySessions(path: path, most: Self.mostSessions)
        }
        do {
            try fileSystem.write(try StoredJSON.rows(whole, for: path), to: path)
        } catch {
            throw BaselineError(error)
        }
        return whole
    }

    /// Removes the baseline of that name for good, whatever its file holds.
    public func remove(_ name: String) throws(BaselineError) {
        let path = try path(of: name)
        guard FileSystem.isFile(path) else { throw try absence(of: name, path) }
        do {
            let lock = try FolderLock(folder)
            defer { withExtendedLifetime(lock) {} }
            try fileSystem.remove(path)
            try fileSystem.syncFolder(folder)
        } catch {
            throw BaselineError(error)
        }
    }

    /// Why there is no baseline's file at the path.
    private func absence(of name: String, _ path: FilePath) throws(BaselineError) -> BaselineError {
        if FileSystem.exists(path) { return .notAFile(path: path) }
        return .missing(name: name, path: path, known: try names())
    }

    /// Whether a name is safe as a file's on every system, and cannot lead out of the folder.
    private static func isFit(_ name: String) -> Bool {
        guard name.count <= longestName, let first = name.unicodeScalars.first, isAlphanumeric(first) else {
            return false
        }
        return name.unicodeScalars.allSatisfy { isAlphanumeric($0) || "._-".unicodeScalars.contains($0) }
    }

    private static func isAlphanumeric(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9": true
        default: false
        }
    }
}

extension StoredBaseline {
    /// The stored sessions and then the new ones.
    fileprivate func joined(with new: StoredBaseline, at path: FilePath) throws(BaselineError) -> StoredBaseline {
        let differences = self.differences(from: new)
        guard differences.isEmpty else { throw .unlike(path: path, differences: differences) }
        guard !isVirtual else { throw .oneSession(path: path) }
        for session in new.sessions
        where sessions.contains(where: { $0.startedAt == session.startedAt && $0.seed == session.seed }) {
            throw .alreadyStored(path: path, startedAt: session.startedAt)
        }
        var whole = self
        whole.version = StoredBaseline.currentVersion
        whole.sessions += new.sessions
        return whole
    }
}

extension StoredJSON {
    /// The bytes of a value as ``RowJSON`` lays them out, ending in a line break.
    static func rows(_ value: some Encodable, for path: FilePath) throws(ArchiveError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return RowJSON.laidOut([UInt8](try encoder.encode(value))) + [UInt8(ascii: "\n")]
        } catch {
            throw .unreadable(path: path, complaint: "the value cannot be written as JSON (\(error))")
        }
    }
}
