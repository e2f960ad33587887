import Quantities

/// Progress as text: on a terminal one line that is rewritten in place, elsewhere a line for each thing that happened.
public struct ProgressPrinter: Sendable {
    private let isTerminal: Bool
    private let columns: Int
    private let mayEndEarly: Bool
    private let continuation: String

    /// - Parameters:
    ///   - columns: The terminal's width; without meaning elsewhere.
    ///   - mayEndEarly: Whether the trials that are planned are the most that there can be.
    ///   - continuation: Said of a run that was stopped: how what it lacks is run.
    public init(
        isTerminal: Bool, columns: Int = 80, mayEndEarly: Bool = false,
        continuation: String = "`assay run --resume` runs the rest"
    ) {
        self.isTerminal = isTerminal
        self.columns = columns
        self.mayEndEarly = mayEndEarly
        self.continuation = continuation
    }

    /// What to print for an event, with its line break or without, as it must be; empty where there is nothing to say.
    public func text(for event: RunProgress) -> String {
        guard let line = line(for: event) else {
            return isTerminal ? Self.clear + bar(for: event) : ""
        }
        return (isTerminal ? Self.clear : "") + line + "\n"
    }

    /// Back to the start of the line, and erase it (ECMA-48: CR, EL).
    private static let clear = "\r\u{1B}[K"

    /// The line that stays; nil for what only moves the bar.
    private func line(for event: RunProgress) -> String? {
        switch event {
        case .runStarted(let status):
            let (noun, place) = (Self.noun(status), status.phase == .oracles ? " in virtual time" : "")
            let trials =
                status.done == 0
                ? "\(most)\(status.total) \(noun)\(place)"
                : "\(most)\(status.total - status.done) of \(status.total) \(noun)\(place) left"
            return "\(status.experiment): \(trials)" + (status.timeLeft.map { ", about \($0.spoken)" } ?? "")
        case .trialStarted, .trialRunning, .burstStarted: return nil
        case .burstFinished(let count, let elapsed, let status):
            guard !isTerminal else { return nil }
            let timeLeft = status.done < status.total ? status.timeLeft : nil
            let left = timeLeft.map { ", about \($0.spoken) left" } ?? ""
            let trials = count == 1 ? "1 trial" : "\(count) trials"
            return "[\(status.done)/\(status.total)] \(trials) finished in \(elapsed.spoken)\(left)"
        case .trialFinished(let trial, let elapsed, let status):
            guard !isTerminal else { return nil }
            let timeLeft = status.done < status.total ? status.timeLeft : nil
            let left = timeLeft.map { ", about \($0.spoken) left" } ?? ""
            return "[\(status.done)/\(status.total)] \(Self.name(trial, status)) finished in \(elapsed.spoken)\(left)"
        case .trialFailed(let trial, let attempt, let reason, let willRetry, let status):
            let last =
                status.phase == .oracles
                ? "failed, so that this trial has none" : "failed for good at attempt \(attempt)"
            let fate = willRetry ? "attempt \(attempt) failed, trying again" : last
            return "[\(status.done)/\(status.total)] \(Self.name(trial, status)) \(fate): \(reason)"
        case .runFinished(let status):
            let failed = status.failed > 0 ? ", \(status.failed) failed" : ""
            return "\(status.experiment): \(status.finished) of \(most)\(status.total) \(Self.noun(status)) finished"
                + "\(failed), in \(status.elapsed.spoken)"
        case .runInterrupted(let status):
            return "\(status.experiment): stopped after \(status.done) of \(most)\(status.total) \(Self.noun(status)), "
                + "which are kept; \(continuation)"
        }
    }

    /// What stands before a number of trials that is a limit.
    private var most: String { mayEndEarly ? "at most " : "" }

    private static func noun(_ status: RunStatus) -> String {
        (status.phase == .oracles ? "oracle" : "trial") + (status.total == 1 ? "" : "s")
    }

    private static func name(_ trial: String, _ status: RunStatus) -> String {
        status.phase == .oracles ? "oracle of \(trial)" : trial
    }

    private func bar(for event: RunProgress) -> String {
        switch event {
        case .trialStarted(let trial, let attempt, let status), .trialRunning(let trial, let attempt, let status):
            return bar(status, trial + (attempt > 1 ? " attempt \(attempt)" : ""))
        case .trialFinished(let trial, _, let status): return bar(status, trial)
        case .burstStarted(let count, let first, let status):
            return bar(status, count == 1 ? first : "\(count) trials from \(first)")
        case .burstFinished(let count, _, let status): return bar(status, count == 1 ? "1 trial" : "\(count) trials")
        case .runStarted, .trialFailed, .runFinished, .runInterrupted: return ""
        }
    }

    private func bar(_ status: RunStatus, _ trial: String) -> String {
        let width = 20
        let filled = status.total == 0 ? width : status.done * width / status.total
        let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled)
        let failed = status.failed > 0 ? ", \(status.failed) failed" : ""
        let text =
            "[\(bar)] \(status.done)/\(status.total)\(failed), "
            + "\(status.timeLeft.map(\.spoken) ?? "\(status.elapsed.spoken) so far, —") left, "
            + "\(status.experiment) \(Self.name(trial, status))"
        // A line that wraps could not be rewritten; some terminals wrap at the last column already.
        return String(text.prefix(max(0, columns - 1)))
    }
}
