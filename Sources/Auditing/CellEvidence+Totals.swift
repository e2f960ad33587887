import Pairing
import Quantities
import TraceModel

/// The two subjects that a finding may have; nil stands for the run as a whole.
enum Subject {
    static let byRequest = "by request"
    static let byThread = "by thread"

    static func of(_ key: PairingKey) -> String {
        switch key {
        case .request: byRequest
        case .thread: byThread
        }
    }
}

extension TrialEvidence {
    func outcome(_ key: PairingKey) -> PairingOutcome? {
        switch key {
        case .request: byRequest
        case .thread: byThread
        }
    }
}

extension CellEvidence {
    /// The counts of all trials together; all zero for a stage that the pairing does not have.
    func counts(_ stage: Stage, _ key: PairingKey) -> PairingCounts {
        trials.reduce(into: PairingCounts()) { sum, trial in
            if let books = trial.outcome(key)?.stages[stage] { sum += books.counts }
        }
    }

    /// A number of each trial's books, added up.
    func total<Number: AdditiveArithmetic>(
        _ stage: Stage, _ key: PairingKey, _ number: (StageOutcome) -> Number
    ) -> Number {
        trials.reduce(.zero) { sum, trial in
            sum + (trial.outcome(key)?.stages[stage].map(number) ?? .zero)
        }
    }

    /// The stages whose both events the program emits, in the order of `Stage`; the others cannot be judged.
    func observedStages(_ key: PairingKey) -> [Stage] {
        Stage.allCases.filter { stage in
            let counts = counts(stage, key)
            return counts.starts > 0 && counts.dones > 0
        }
    }

    /// Whether some trial's trace is one of an open loop, where the load's schedule and not an answer sends a request.
    var isOpenLoop: Bool { trials.contains { $0.byRequest.stages[.response] != nil } }

    /// Whether all trials ran in virtual time, where nothing of the machine can be in the durations.
    var isVirtual: Bool { !trials.isEmpty && trials.allSatisfy { $0.trace.clock == .virtual } }

    /// The windows of all trials together, in nanoseconds.
    var observedNanoseconds: Double {
        trials.reduce(0) { $0 + Double($1.byRequest.window.lengthNanoseconds) }
    }
}

extension Stage {
    /// What the stage's spans are called in a sentence.
    var plural: String {
        switch self {
        case .request: "requests"
        case .response: "responses"
        case .outboundNetwork: "outbound traverses"
        case .queueWait: "waits for a permit"
        case .persist: "writes"
        case .persistAsync: "writes from persist-async-start"
        case .returnNetwork: "return traverses"
        case .think: "think times"
        }
    }
}

extension Int {
    /// With a comma before every three digits, as in `1,962`.
    var grouped: String {
        var digits = String(magnitude)
        var groups: [Substring] = []
        while digits.count > 3 {
            groups.insert(digits.suffix(3), at: 0)
            digits = String(digits.dropLast(3))
        }
        groups.insert(digits[...], at: 0)
        return (self < 0 ? "-" : "") + groups.joined(separator: ",")
    }
}

extension Double {
    /// A share as a percentage a person can read: `31 %`, `3.1 %`, `0.31 %`; never 0 % of something or 100 % of less.
    var percentage: String {
        let percent = self * 100
        if percent != 0, abs(percent) < 0.01 { return "less than 0.01 %" }
        if percent < 100, percent > 99 { return "\(min(percent, 99.99).fixed(2)) %" }
        return "\(percent.fixed(abs(percent) >= 10 || percent == 0 ? 0 : abs(percent) >= 1 ? 1 : 2)) %"
    }

    /// Nanoseconds with the unit that fits, as in `6.51 s`.
    var durationText: String { Scale.fitting(nanoseconds: self).text(nanoseconds: self, decimals: 2) }
}
