import Experiments
import Gating
import Quantities
import Statistics

extension CalibrationReport {
    /// The tables, with what they rest on.
    public var markdown: String {
        [conditions, verdictsWithoutChange, rulesWithoutChange, detection, claimList].joined(separator: "\n\n")
    }

    private var conditions: String {
        let spread = spreads.map { "\($0.metric) \(Self.percent($0.deviation, decimals: 2))" }.joined(separator: ", ")
        return """
            The machine: \(calibration.machine.sentence) The deviation of ln(candidate/baseline) from pair to pair is then: \
            \(spread). Each session compares these \(spreads.count) metrics, each with a band of \(bandText), by the default \
            design: looks at \(design.exploringLooks.map(String.init).joined(separator: ", ")) pairs, up to \
            \(design.confirmationPairs) fresh pairs to confirm, seed \(calibration.seed). Shares stand with their exact 95 % \
            intervals.
            """
    }

    private var bandText: String {
        switch calibration.band.size {
        case .relative(let share): Self.percent(share, decimals: 0)
        case .absolute(let size): Scale.fitting(nanoseconds: size).text(nanoseconds: size, decimals: 2)
        }
    }

    private var verdictsWithoutChange: String {
        let rows = [
            ("one look, at \(design.maximumPairs) pairs", fixed), ("the design's looks", sequential),
            ("the design's looks, with a null control", controlled),
        ]
        let lines = rows.map { name, tally in
            Self.row([
                name, "\(tally.sessions)", Self.share(tally.count(.fail), tally), Self.share(tally.suspicions, tally),
                Self.share(tally.count(.pass), tally), Self.share(tally.count(.inconclusive), tally),
                tally.pairMean.fixed(1),
            ])
        }
        let table = Self.table(
            ["no change", "sessions", "*fail*", "suspected before confirmation", "*pass*", "*inconclusive*", "pairs"],
            lines)
        let alarms = Self.share(controlled.controlAlarms, controlled)
        return table + "\n\nThe null control alarmed in \(alarms) of its sessions."
    }

    private var rulesWithoutChange: String {
        let apart = "one after the other, \(self.apartProcesses) processes each"
        let rows = [
            ("Welch on runs", "the gate's pairs", sequential.welchOnRuns, sequential),
            ("Mann–Whitney on runs", "the gate's pairs", sequential.mannWhitneyOnRuns, sequential),
            ("Welch on the processes' means", "the gate's pairs", sequential.welchOnProcesses, sequential),
            (
                "the same, looked at until it says something",
                "at \(design.exploringLooks.count) looks of the same sessions",
                sequential.peeking, sequential
            ),
            ("Welch on runs", apart, self.apart.welchOnRuns, self.apart),
            ("Mann–Whitney on runs", apart, self.apart.mannWhitneyOnRuns, self.apart),
            ("Welch on the processes' means", apart, self.apart.welchOnProcesses, self.apart),
        ]
        let lines = rows.map { name, data, rule, tally in Self.row([name, data, Self.share(rule.different, tally)]) }
        return Self.table(["no change, a rule of 5 %", "data", "says \"different\""], lines)
    }

    private var detection: String {
        let lines = curve.map { effect, tally in
            Self.row([
                Self.percent(effect, decimals: 1), Self.share(tally.count(.fail), tally),
                Self.share(tally.count(.pass), tally), Self.share(tally.count(.inconclusive), tally),
                tally.pairMean.fixed(1), Self.share(tally.welchOnRuns.slower, tally),
                Self.share(tally.mannWhitneyOnRuns.slower, tally),
            ])
        }
        return Self.table(
            [
                "slower by", "*fail*", "*pass*", "*inconclusive*", "pairs", "Welch on runs says \"slower\"",
                "Mann–Whitney on runs",
            ], lines)
    }

    private var claimList: String {
        claims.map { "- \($0.sentence): **\($0.isMet ? "met" : "missed")**" }.joined(separator: "\n")
    }

    private static func share(_ count: Int, _ tally: Tally) -> String {
        let interval = Tally.interval(count, of: tally.sessions)
        return "\((Double(count) / Double(tally.sessions) * 100).fixed(1)) % "
            + "[\((interval.lowerBound * 100).fixed(1)), \((interval.upperBound * 100).fixed(1))]"
    }

    private static func percent(_ share: Double, decimals: Int) -> String { (share * 100).fixed(decimals) + " %" }

    private static func row(_ cells: [String]) -> String { "| \(cells.joined(separator: " | ")) |" }

    private static func table(_ header: [String], _ lines: [String]) -> String {
        let rule = header.indices.map { $0 == 0 ? "---" : "--:" }
        return ([row(header), "|\(rule.joined(separator: "|"))|"] + lines).joined(separator: "\n")
    }
}
