import Monitoring

extension RunArchive {
    /// What the machine did while a trial ran, from just before its start to just after its end.
    ///
    /// - Parameter record: One of ``completedTrials()`` or ``failedAttempts()``.
    /// - Returns: Nil where nobody sampled it: in a run of an older release, and in virtual time.
    /// - Throws: ``ArchiveError/unreadable(path:complaint:)`` with the file and the line where it holds something else.
    public func environment(of record: TrialRecord) throws(ArchiveError) -> EnvironmentSamples? {
        let path = folder(of: record).environment
        guard FileSystem.isFile(path) else { return nil }
        let text = String(decoding: try FileSystem.read(path), as: UTF8.self)
        do {
            return try EnvironmentSamples(text: text)
        } catch {
            throw .unreadable(path: path, complaint: "\(error)")
        }
    }
}
