import SystemPackage

extension RunArchive {
    /// What an observer said of a trial, byte for byte.
    ///
    /// - Parameters:
    ///   - name: One of the plan's observers.
    ///   - record: One of ``completedTrials()`` or ``failedAttempts()``.
    /// - Returns: Nil where it did not watch the trial, or its file is gone.
    public func observerOutput(_ name: String, of record: TrialRecord) throws(ArchiveError) -> [UInt8]? {
        let path = folder(of: record).observerOutput(name)
        return FileSystem.isFile(path) ? try FileSystem.read(path) : nil
    }
}
