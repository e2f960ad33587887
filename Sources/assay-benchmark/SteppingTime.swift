import Recording

/// A clock of simulated time that goes on when it is told to, for a program of one thread.
final class SteppingTime: VirtualTimeSource, @unchecked Sendable {
    // Unchecked: the benchmarks read and step it on one thread.
    private(set) var virtualNanoseconds: UInt64 = 0

    func step() { virtualNanoseconds += 1 }
}
