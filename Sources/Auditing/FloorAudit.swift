import Pairing
import TraceModel

/// No write is shorter than the delay it drew.
///
/// A sleep never ends early, in virtual time as little as by the wall clock, so a single exception is *invalid*: the span
/// is not one write, or a unit is wrong.
public struct FloorAudit: Audit {
    public let identifier = "floor"

    public init() {}

    public func findings(in evidence: CellEvidence) -> [Finding] {
        PairingKey.allCases.flatMap { key in
            [Stage.persist, .persistAsync].compactMap { stage in
                let counts = evidence.counts(stage, key)
                guard counts.shorterThanDrawn > 0 else { return nil }
                let verb =
                    counts.shorterThanDrawn == 1
                    ? "is shorter than the delay that it" : "are shorter than the delay that they"
                let share = Double(counts.shorterThanDrawn) / Double(max(1, counts.paired))
                return finding(
                    .invalid, Subject.of(key), of: stage, in: evidence,
                    "\(key == .thread ? "By thread" : "By request"), \(counts.shorterThanDrawn.grouped) of "
                        + "\(counts.paired.grouped) \(stage.plural) "
                        + "(\(share.percentage)) \(verb) drew, which no write can be.",
                    remedy: key == .thread
                        ? "Use the figures by request: these spans join the start of one write with another's done."
                        : "Check that the program reports the delay in nanoseconds and sleeps at least that long.")
            }
        }
    }
}
