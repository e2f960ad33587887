import Randomness

// Every cell runs once in each block, and each block is shuffled anew: what drifts while an experiment runs (heat, a
// neighbour, a nightly job) then falls on all cells alike, where trials sorted by cell would put it down to a factor.
//
// All cells of a block share the trial seed: client 7 then draws the same delays in every cell ("common random
// numbers", e.g. Law 2015, Simulation Modeling and Analysis, chapter 11.2), so that cells differ by their factors and
// not by luck, and a comparison within blocks is sharper. Blocks differ, so one block's luck is not in the next. The
// road not taken, a seed of its own for each trial, would only add noise to every comparison.

/// Makes plans: the same declaration, profile and seed always give the same plan.
public enum Planner {
    /// Plans the trials of one experiment.
    ///
    /// - Parameters:
    ///   - profile: `full` or a profile that the declaration names.
    ///   - seed: What the order and the trials' seeds are drawn from.
    ///   - digest: SHA-256 of the declaration's file, in hex.
    /// - Throws: ``UnknownProfile`` if the declaration has no such profile.
    public static func plan(
        _ declaration: Declaration, profile: String, seed: UInt64, digest: String
    ) throws(UnknownProfile) -> Plan {
        guard let schedule = declaration.schedules[profile] else {
            throw UnknownProfile(
                experiment: declaration.name, profile: profile, known: declaration.schedules.keys.sorted())
        }
        let cells = declaration.cells
        var trials: [PlannedTrial] = []
        trials.reserveCapacity(schedule.trials * cells.count)
        for block in 0..<schedule.trials {
            var orderStream = RandomStream(seed: seed, name: "\(declaration.name)/block/\(block)/order")
            var seedStream = RandomStream(seed: seed, name: "\(declaration.name)/block/\(block)/seed")
            let trialSeed = trialSeed(from: &seedStream)
            for cellIndex in shuffled(cells.indices, with: &orderStream) {
                trials.append(
                    PlannedTrial(
                        identifier: identifier(block: block, cellIndex: cellIndex), order: trials.count, block: block,
                        cellIndex: cellIndex, seed: trialSeed))
            }
        }
        return Plan(
            experiment: declaration.name, profile: profile, seed: seed, declarationDigest: digest,
            program: declaration.program.text, schedule: schedule, cells: cells, trials: trials,
            command: declaration.program.command, observers: declaration.observers)
    }

    /// 53 bits, so that the seed survives programs and readers that keep a JSON number in a double.
    static func trialSeed(from stream: inout RandomStream) -> UInt64 { stream.next(below: 1 << 53) }

    static func identifier(block: Int, cellIndex: Int) -> String {
        "block-\(padded(block, to: 2))-cell-\(padded(cellIndex, to: 3))"
    }

    /// A random permutation, each equally likely (Durstenfeld 1964, doi:10.1145/364520.364540). Not the standard
    /// library's shuffle, whose order for a given generator is not promised from release to release.
    static func shuffled(_ range: Range<Int>, with stream: inout RandomStream) -> [Int] {
        var order = Array(range)
        for last in order.indices.reversed() {
            order.swapAt(last, Int(stream.next(below: UInt64(last) + 1)))
        }
        return order
    }

    private static func padded(_ number: Int, to width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

/// A profile was asked for that the declaration does not name.
public struct UnknownProfile: Error, Equatable, Sendable, CustomStringConvertible {
    public var experiment: String
    public var profile: String
    /// The profiles that there are, sorted.
    public var known: [String]

    public init(experiment: String, profile: String, known: [String]) {
        self.experiment = experiment
        self.profile = profile
        self.known = known
    }

    public var description: String {
        "experiment '\(experiment)' has no profile \(profile.quoted)"
            + NearestName.advice(for: profile, among: known)
    }
}
