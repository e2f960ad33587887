// Little's law, L = λW (Little 1961, doi:10.1287/opre.9.3.383), on a finite window (Little 2011,
// doi:10.1287/opre.1110.0940): both sides, times the window's length, are the time in flight. The left side comes from
// counting events, whichever they belong to; the right side from the spans, with the parts of those that cross the
// window's edges. On rightly paired events they are equal to the nanosecond, whatever the system does.
//
// Where a request was due, its response is in flight, also before a client takes it up: the law then holds for the
// backlog and the requests together. In virtual time it holds as exactly, and says nothing of a clock.
//
// By thread nobody knows what was in flight when the window opened; that part is known by request and taken off, so
// that pairing by thread is not blamed for it.

import Experiments
import Pairing
import Quantities
import TraceModel

/// The number in flight, counted, is the rate times the mean duration: L = λW.
///
/// Off by more than the limit (1 %) is *doubtful*, by more than ten times as much *invalid*.
public struct LittleAudit: Audit {
    public let identifier = "little"

    public init() {}

    public func findings(in evidence: CellEvidence) -> [Finding] {
        PairingKey.allCases.flatMap { key in
            evidence.observedStages(key).compactMap { finding(of: $0, key, in: evidence) }
        }
    }

    public func obstacle(in evidence: CellEvidence) -> String? {
        guard evidence.observedNanoseconds > 0 else { return "an empty window" }
        return PairingKey.allCases.allSatisfy { evidence.observedStages($0).isEmpty } ? Obstacle.noStage : nil
    }

    private func finding(of stage: Stage, _ key: PairingKey, in evidence: CellEvidence) -> Finding? {
        let carriedIn = evidence.total(stage, .request) { Double($0.flight.carriedInNanoseconds ?? 0) }
        let counted = evidence.total(stage, .request) { Double($0.flight.countedNanoseconds ?? 0) }
        let spans = evidence.total(stage, key) {
            Double($0.flight.spanNanoseconds) + Double($0.flight.openNanoseconds)
        }
        let (left, right) = key == .request ? (counted, spans + carriedIn) : (counted - carriedIn, spans)
        let length = evidence.observedNanoseconds
        guard left > 0 || right > 0, length > 0 else { return nil }
        // Where so many starts are lost that fewer than none are counted in flight, nothing agrees with anything.
        let difference = left > 0 ? abs(right - left) / left : 1
        let limit = evidence.limits[.little]
        guard difference > limit || left <= 0 else { return nil }
        let inFlight = key == .request ? "are" : "that started in the window are"
        return finding(
            difference > 10 * limit || left <= 0 ? .invalid : .doubtful, Subject.of(key), of: stage, in: evidence,
            "Little's law fails for the \(stage.plural): counting events, \((left / length).fixed(2)) \(inFlight) "
                + "in flight on average; the spans \(Subject.of(key)) account for \((right / length).fixed(2)) "
                + "(\(difference.percentage) off).",
            [
                Finding.Figure("counted-in-flight", left / length, .ratio),
                Finding.Figure("spans-in-flight", right / length, .ratio),
                Finding.Figure("difference", difference, .ratio), Finding.Figure("limit", limit, .ratio),
            ],
            remedy: key == .thread
                ? "Use the figures by request: spans by thread are joined from strangers or missing."
                : "Look for lost or repeated events (audits drops and conservation), then at the clock.")
    }
}
