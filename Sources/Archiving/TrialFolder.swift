import SystemPackage

/// Where the files of one attempt at a trial lie: under a temporary name while it runs, under its own afterwards.
public struct TrialFolder: Sendable, Equatable {
    public let path: FilePath

    public init(path: FilePath) { self.path = path }

    /// What the program is told to write its events to, seen from ``work``, which is its working directory: so the
    /// stored command does not speak of a folder that has since been renamed.
    public static let traceName = "trace"

    /// Where the program works: a folder of its own, so that it cannot take a name that the harness needs, and so that
    /// removing or renaming its working directory costs it no more than its own trial.
    public var work: FilePath { path.appending("work") }
    /// Where the program writes its events, until ``RunWriter/collect(_:)`` makes them ``trace``.
    public var unfinishedTrace: FilePath { work.appending(Self.traceName) }

    /// The events, as the program wrote them; never changed afterwards.
    public var trace: FilePath { path.appending(Self.traceName) }
    /// What the program wrote to its standard output.
    public var output: FilePath { path.appending("output.txt") }
    /// What the program wrote to its standard error.
    public var errors: FilePath { path.appending("errors.txt") }
    /// What the machine did meanwhile, as ``EnvironmentSamples``; not there where nobody sampled it.
    public var environment: FilePath { path.appending("environment.csv") }
    /// The script by which an observer watched, as it was run.
    public func observerScript(_ name: String) -> FilePath { path.appending("observer-\(name).bt") }
    /// What an observer said.
    public func observerOutput(_ name: String) -> FilePath { path.appending("observer-\(name).txt") }
    /// What an observer complained of.
    public func observerErrors(_ name: String) -> FilePath { path.appending("observer-\(name)-errors.txt") }
    /// The ``TrialRecord``.
    public var record: FilePath { path.appending("trial.json") }
}
