/// Up to where a machine counts as quiet. Where the numbers come from, and why there is none for involuntary context
/// switches, is in docs/environment.md.
public struct EnvironmentLimits: Sendable, Equatable {
    /// ``EnvironmentFigures/stealShare``.
    public var stealShare = 0.01
    /// ``EnvironmentFigures/otherLoadShare``.
    public var otherLoadShare = 0.05
    /// ``EnvironmentFigures/cpuPressureShare``.
    public var cpuPressureShare = 0.05
    /// ``EnvironmentFigures/memoryPressureShare``.
    public var memoryPressureShare = 0.001
    /// ``EnvironmentFigures/swappedPages``.
    public var swappedPages = 0.0
    /// ``EnvironmentFigures/throttlings``.
    public var throttlings = 0.0

    public init() {}

    /// The limits that hold unless told otherwise.
    public static let standard = EnvironmentLimits()
}
