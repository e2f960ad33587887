/// What a gate says of a change, or of one metric in one cell of it.
public enum GateVerdict: String, Sendable, Equatable, Codable, CaseIterable {
    /// The whole interval lies inside the declared band: no change that matters.
    case pass
    /// The whole interval lies beyond the band on the bad side, and fresh pairs have confirmed it.
    case fail
    /// Neither: not enough pairs, a measurement that cannot be trusted, or a null control that alarmed.
    case inconclusive

    /// The verdict over several: one failure fails all; one that is undecided leaves the rest undecided.
    public static func over(_ verdicts: some Sequence<GateVerdict>) -> GateVerdict {
        var isEmpty = true
        var worst = GateVerdict.pass
        for verdict in verdicts {
            isEmpty = false
            if verdict == .fail { return .fail }
            if verdict == .inconclusive { worst = .inconclusive }
        }
        return isEmpty ? .inconclusive : worst
    }
}
