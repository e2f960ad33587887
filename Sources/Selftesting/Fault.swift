import Randomness

/// One thing that can go wrong with a measurement, in growing size. It changes plain values and draws from what it is given
/// alone, so that the same seed spoils the same data in the same way.
public protocol Fault: Sendable {
    /// As in `drop-events`: its name in tables and in `docs/selftest.md`.
    var identifier: String { get }
    /// What happens in the world that it imitates, with `#` where the size stands.
    var imitates: String { get }
    var unit: FaultUnit { get }
    /// Growing, each of them more than nothing.
    var sizes: [Double] { get }
    /// The audits one of which has to catch it, by identifier.
    var expectedAudits: [String] { get }
    /// What it is put into.
    var system: CleanSystem { get }
    /// Whether it spoils the figures by thread alone; others have to be caught by what concerns the figures by request.
    var isOfThreads: Bool { get }

    /// Puts the fault into clean data; nothing changes at the size that its unit calls nothing.
    ///
    /// - Parameter streams: The same for every size, so that a larger fault holds the smaller one.
    func inject(_ size: Double, into specimen: inout Specimen, _ streams: StreamName)
}

extension Fault {
    public var system: CleanSystem { .closedLoop }
    public var isOfThreads: Bool { false }

    /// The size as a reader sees it.
    public func text(of size: Double) -> String { unit.text(of: size) }
}
