/// The program under test.
public enum Program: Sendable, Equatable {
    /// The bundled simulator, whose parameters are known and checked.
    case systemSimulator
    /// Any other program that takes `--NAME VALUE` for each parameter, besides `--warm-up`, `--measure`, `--seed` and
    /// `--trace FILE`, and writes the trace format, by its path; its parameters are passed on unchecked.
    case path(String)
    /// Any command, told in words of its own.
    case command(ProgramCommand)

    /// As it is written in a declaration: a name, a path, or the words of a command in brackets.
    public var text: String {
        switch self {
        case .systemSimulator: "system-simulator"
        case .path(let path): path
        case .command(let command): command.text
        }
    }

    /// The command, where the program is one.
    public var command: ProgramCommand? {
        if case .command(let command) = self { command } else { nil }
    }

    /// Where the figures of a trial come from.
    public var source: FigureSource { command?.source ?? .trace }

    /// The metrics that a trial of the program can give, in the order that reports and errors list them.
    public var metrics: [Metric] {
        switch source {
        case .trace: Metric.ofTrace
        case .jsonLines: (command?.reported ?? []).map(Metric.reported) + Metric.ofProcess
        case .process: Metric.ofProcess
        }
    }
}

/// Where the figures of a trial come from.
public enum FigureSource: String, Sendable, Equatable, Codable, CaseIterable {
    /// From the process as a whole: its wall time, CPU time and peak memory.
    case process
    /// From JSON objects that the program prints, each on a line of its own; and from the process as a whole.
    case jsonLines = "json-lines"
    /// From the events that the program writes into a trace.
    case trace
}
