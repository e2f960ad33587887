import SystemPackage

/// What a trace was when it was stored, so that one that was exchanged, cut or damaged since can be told.
public struct TraceSeal: Sendable, Equatable, Codable {
    public var bytes: Int
    /// SHA-256 of the trace's bytes, as 64 hexadecimal digits.
    public var digest: String

    public init(bytes: Int, digest: String) {
        self.bytes = bytes
        self.digest = digest
    }

    /// The seal of the trace as it is now; nil where there is none.
    public init?(of trace: FilePath) throws(ArchiveError) {
        guard let bytes = FileSystem.size(of: trace) else { return nil }
        self.init(bytes: bytes, digest: try SecureHash.hexadecimalDigits(ofFile: trace))
    }
}

extension RunArchive {
    /// Whether the trial's trace is still the one that its record speaks of; a missing one is not. Reads all of it.
    ///
    /// - Parameter record: One of ``completedTrials()`` or ``failedAttempts()``.
    /// - Returns: Nil where the record says nothing of the trace, as one of the first version does.
    public func traceIsAsRecorded(_ record: TrialRecord) throws(ArchiveError) -> Bool? {
        try traceIsAsRecorded(record, in: folder(of: record))
    }

    /// Whether the oracle's trace is still the one that its record speaks of; a missing one is not. Reads all of it.
    ///
    /// - Parameter record: One of ``oracleTrials()``.
    /// - Returns: Nil where the record says nothing of the trace, since there was none.
    public func oracleTraceIsAsRecorded(_ record: TrialRecord) throws(ArchiveError) -> Bool? {
        try traceIsAsRecorded(record, in: folder(ofOracle: record.identifier))
    }

    private func traceIsAsRecorded(_ record: TrialRecord, in folder: TrialFolder) throws(ArchiveError) -> Bool? {
        guard let seal = record.trace else { return nil }
        let trace = folder.trace
        // The size alone tells most, and costs nothing.
        guard FileSystem.size(of: trace) == seal.bytes else { return false }
        return try TraceSeal(of: trace) == seal
    }
}
