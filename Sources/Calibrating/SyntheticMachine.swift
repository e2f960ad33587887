import Quantities

/// A machine and a program with what makes measurements hard, in known sizes.
///
/// Inside a process the logarithms of durations follow each other (first-order autoregression); now and then a request stalls
/// for a time with a heavy tail (Pareto). Processes differ, the machine wanders from one to the next, and over the session it
/// gets slower.
public struct SyntheticMachine: Sendable, Equatable {
    /// The median of a request's stage, in nanoseconds.
    public var medianNanoseconds = 50e6
    public var requestsPerProcess = 700
    /// Of one request and the next, 0…1.
    public var correlation = 0.7
    /// The standard deviation of a request's logarithm inside its process.
    public var requestDeviation = 0.05
    /// How many requests stall.
    public var stallShare = 0.005
    /// A stalled request takes U^(−1/shape) times as long, U uniform; above 2, where the variance ends to exist.
    public var stallShape = 2.5
    /// The standard deviation of the logarithm from process to process.
    public var processDeviation = 0.008
    /// The standard deviation of the machine's steps from one process to the next.
    public var wanderStep = 0.003
    /// How much slower the machine gets over a hundred processes, on the logarithm.
    public var driftPerHundred = 0.05

    public init() {}

    /// What there is, in one sentence for a document.
    public var sentence: String {
        func percent(_ share: Double) -> String { (share * 100).fixed(1) + " %" }
        return
            "\(requestsPerProcess) requests a process, the deviation of their logarithm \(percent(requestDeviation)), "
            + "the correlation of one and the next \(correlation.fixed(1)); \(percent(stallShare)) of them stall with a Pareto "
            + "tail of shape \(stallShape.fixed(1)); processes differ by \(percent(processDeviation)); the machine wanders by "
            + "\(percent(wanderStep)) from one process to the next and gets slower by \(percent(driftPerHundred)) over a "
            + "hundred."
    }
}
