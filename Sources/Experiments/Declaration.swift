import Quantities
import TraceModel

/// One experiment as its file declares it: a question, what to run, what to vary, and what is expected beforehand.
///
/// Values here are checked: names resolve, parameters fit the program, every hypothesis speaks of a declared factor.
public struct Declaration: Sendable, Equatable {
    /// The experiment's name: the file's name without `.yaml`, and the name of its folder under `Results`.
    public var name: String
    public var question: String
    public var program: Program
    /// Parameters that all trials share, in the order declared.
    public var fixed: [Parameter]
    /// What is varied. The cells are the cross product, less the exclusions.
    public var factors: [Factor]
    /// Combinations that are left out; a combination matches when all of its levels do.
    public var exclusions: [[LevelChoice]]
    /// How often and how long, for each profile; always holds `full`.
    public var schedules: [String: Schedule]
    /// The stages that the report shows, in its order.
    public var stages: [Stage]
    /// The pairings that the report sets side by side, in its order.
    public var pairings: [PairingKey]
    public var hypotheses: [Hypothesis]
    public var reference: Reference?

    public init(
        name: String, question: String, program: Program, fixed: [Parameter], factors: [Factor],
        exclusions: [[LevelChoice]] = [], schedules: [String: Schedule], stages: [Stage], pairings: [PairingKey],
        hypotheses: [Hypothesis] = [], reference: Reference? = nil
    ) {
        self.name = name
        self.question = question
        self.program = program
        self.fixed = fixed
        self.factors = factors
        self.exclusions = exclusions
        self.schedules = schedules
        self.stages = stages
        self.pairings = pairings
        self.hypotheses = hypotheses
        self.reference = reference
    }
}

/// The program under test. It takes `--NAME VALUE` for each parameter, besides `--warm-up`, `--measure`, `--seed`
/// and `--trace FILE`, and writes the trace format.
public enum Program: Sendable, Equatable {
    /// The bundled simulator, whose parameters are known and checked.
    case systemSimulator
    /// Any other program, by its path; its parameters are passed on unchecked.
    case path(String)

    /// As it is written in a declaration.
    public var text: String {
        switch self {
        case .systemSimulator: "system-simulator"
        case .path(let path): path
        }
    }
}

/// A named value that is handed to the program as `--name value`.
public struct Parameter: Sendable, Equatable, Codable {
    public var name: String
    public var value: String

    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

/// A parameter that is varied, with the levels it takes, in the order declared.
public struct Factor: Sendable, Equatable, Codable {
    public var name: String
    public var levels: [Level]

    public init(name: String, levels: [Level]) {
        self.name = name
        self.levels = levels
    }
}

/// One value of a factor: what the program is told and how reports call it.
public struct Level: Sendable, Equatable, Codable {
    public var value: String
    /// The name in reports; the value itself unless the declaration gives a label.
    public var label: String

    public init(value: String, label: String? = nil) {
        self.value = value
        self.label = label ?? value
    }
}

/// A factor held at one of its levels.
public struct LevelChoice: Sendable, Equatable, Hashable, Codable {
    public var factor: String
    /// The level's label.
    public var label: String

    public init(factor: String, label: String) {
        self.factor = factor
        self.label = label
    }
}

/// How often each cell runs and for how long.
public struct Schedule: Sendable, Equatable, Codable {
    /// Trials a cell: each in a process of its own, one in each block. 1…1000.
    public var trials: Int
    public var warmUpNanoseconds: Int64
    public var measureNanoseconds: Int64
    /// The longest a trial may take before it is ended and counts as failed.
    public var timeLimitNanoseconds: Int64
    /// How often a failed trial is tried again before it is reported as failed. 0…10.
    public var retries: Int

    public init(
        trials: Int, warmUpNanoseconds: Int64, measureNanoseconds: Int64, timeLimitNanoseconds: Int64, retries: Int
    ) {
        self.trials = trials
        self.warmUpNanoseconds = warmUpNanoseconds
        self.measureNanoseconds = measureNanoseconds
        self.timeLimitNanoseconds = timeLimitNanoseconds
        self.retries = retries
    }
}

/// Figures from elsewhere that reports set beside the measured ones.
public struct Reference: Sendable, Equatable {
    /// Where the figures come from, as a reader should see it.
    public var source: String
    /// The figures, one a row of the CSV file that the declaration names; see `docs/experiments.md` for its columns.
    public var figures: [ReferenceFigure]
    /// A power-of-two histogram by thread, as (lower bound in nanoseconds, count), if one is given.
    public var histogram: [ReferenceBucket]

    public init(source: String, figures: [ReferenceFigure], histogram: [ReferenceBucket]) {
        self.source = source
        self.figures = figures
        self.histogram = histogram
    }
}

/// One figure of a reference: a metric under a pairing, where the named parameters have the named values.
public struct ReferenceFigure: Sendable, Equatable {
    public var metric: Metric
    /// Nil for metrics that do not depend on a pairing.
    public var pairing: PairingKey?
    /// The parameters that must match, by name.
    public var parameters: [String: String]
    /// Nanoseconds for durations, per second for rates, 0…1 for shares, else a plain number.
    public var value: Double

    public init(metric: Metric, pairing: PairingKey?, parameters: [String: String], value: Double) {
        self.metric = metric
        self.pairing = pairing
        self.parameters = parameters
        self.value = value
    }
}

/// One bucket of a reference histogram.
public struct ReferenceBucket: Sendable, Equatable {
    public var lowerBoundNanoseconds: Int64
    public var count: Int

    public init(lowerBoundNanoseconds: Int64, count: Int) {
        self.lowerBoundNanoseconds = lowerBoundNanoseconds
        self.count = count
    }
}
