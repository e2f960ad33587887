import SystemPackage

/// Where an experiment's report lies: the files that people read, beside the runs that they are made from.
public struct ReportFolder: Sendable {
    /// As in `Results/client-counts`.
    public let path: FilePath
    private let fileSystem: FileSystem

    public init(experiment: String, in results: FilePath) throws(ArchiveError) {
        path = try RunArchive.experimentFolder(experiment, in: results)
        fileSystem = FileSystem()
    }

    /// Puts the files of a new report in place of the old one's, each whole or not at all, and then removes what the old one
    /// had and the new one does not: plots, and tables and verdict where nothing was run. Processes that publish at once do so
    /// one after the other, so that all files are those of one of them.
    ///
    /// - Parameter files: Paths relative to the folder, at most one folder deep, with their bytes.
    public func publish(_ files: [(path: String, bytes: [UInt8])]) throws(ArchiveError) {
        try fileSystem.createFolders(path)
        let lock = try FolderLock(path, patience: .seconds(60))
        defer { withExtendedLifetime(lock) {} }
        var plots: Set<String> = []
        for file in files {
            let target = path.pushing(FilePath(file.path))
            let folder = target.removingLastComponent()
            try fileSystem.createFolders(folder)
            try fileSystem.write(file.bytes, to: target)
            if folder.lastComponent?.string == Self.plots, let name = target.lastComponent { plots.insert(name.string) }
        }
        for name in Self.names where !files.contains(where: { $0.path == name }) {
            try fileSystem.remove(path.appending(name))
        }
        let folder = path.appending(Self.plots)
        guard FileSystem.isFolder(folder) else { return }
        for name in try FileSystem.names(in: folder) where name.hasSuffix(".svg") && !plots.contains(name) {
            try fileSystem.remove(folder.appending(name))
        }
    }

    private static let plots = "plots"
    /// What a report may be made of, besides its plots.
    private static let names = [
        "report.md", "verdict.json", "summary.csv", "histograms.csv", "slowest.md", "comparison.json", "junit.xml",
        "bencher.json", "smaller-is-better.json", "bigger-is-better.json",
    ]
}
