// A load generator that does not make the load it was asked for measures something else, and mostly something faster.
// A closed loop with fewer clients than declared queues less. An open loop whose clients are all busy sends late: the
// requests that had to wait for a client are those that met a slow system, and the time they waited is in no service
// time. That is coordinated omission (Tene 2013, «How NOT to measure latency»).

import Experiments
import Pairing
import Quantities
import Statistics
import TraceModel

/// The load that was asked for was made: all clients run, and requests are sent when they are due.
///
/// A client of a closed loop that made no request is *doubtful*. In an open loop, requests that on average wait longer for
/// a client than 5 % of what they take from then on (and 0.1 ms) are a *note* where the stage `response` is shown, which
/// counts the wait in, and *doubtful* where it is not.
public struct LoadDeliveredAudit: Audit {
    public let identifier = "load-delivered"

    /// Less is the time in which the client's own thread is woken.
    private static let smallestWaitNanoseconds = 100_000.0
    private static let largestWaitShare = 0.05

    public init() {}

    public func findings(in evidence: CellEvidence) -> [Finding] {
        [missingClients(in: evidence), late(in: evidence)].compactMap(\.self)
    }

    public func obstacle(in evidence: CellEvidence) -> String? {
        let isJudged = evidence.trials.contains { trial in
            evidence.isOpenLoop
                ? trial.stages[.request] != nil && trial.stages[.response] != nil
                : trial.load.clients != nil && trial.machine.clientsSeen != nil
        }
        guard !isJudged else { return nil }
        return evidence.isOpenLoop ? Obstacle.noRequest : "number of clients unknown"
    }

    private func missingClients(in evidence: CellEvidence) -> Finding? {
        guard !evidence.isOpenLoop else { return nil }
        let missing = evidence.trials.compactMap { trial -> (seen: Int, asked: Int)? in
            guard let asked = trial.load.clients, let seen = trial.machine.clientsSeen, seen < asked else { return nil }
            return (seen, asked)
        }
        guard let worst = missing.min(by: { $0.seen < $1.seen }) else { return nil }
        return finding(
            .doubtful, in: evidence,
            "Of \(worst.asked.grouped) clients \((worst.asked - worst.seen).grouped) made no request before the window closed "
                + "(worst of \(missing.count.grouped) such trials): the load was less than declared.",
            [.count("clients", worst.asked), .count("clients-seen", worst.seen), .count("trials", missing.count)],
            remedy:
                "Run for longer than a client's cycle, and look in the program's output for clients that failed to start."
        )
    }

    private func late(in evidence: CellEvidence) -> Finding? {
        guard evidence.isOpenLoop else { return nil }
        let means = evidence.trials.compactMap { trial -> (request: Double, response: Double)? in
            guard let request = trial.stages[.request]?.mean, let response = trial.stages[.response]?.mean else {
                return nil
            }
            return (request, response)
        }
        guard !means.isEmpty else { return nil }
        let request = Moments(means.map(\.request)).mean
        let wait = Moments(means.map { $0.response - $0.request }).mean
        guard wait > Self.smallestWaitNanoseconds, wait > Self.largestWaitShare * request else { return nil }
        let isShown = evidence.shownStages.contains(.response)
        return finding(
            isShown ? .note : .doubtful, of: .request, in: evidence,
            "Requests were sent \(wait.durationText) after they were due on average, and take \(request.durationText) from "
                + "then on: 'request' leaves that wait out (coordinated omission)"
                + (isShown ? ", 'response' counts it in." : ", and 'response', which counts it in, is not shown."),
            [
                Finding.Figure("wait-for-a-client", wait, .nanoseconds),
                Finding.Figure("request-mean", request, .nanoseconds),
                Finding.Figure(
                    "limit", max(Self.smallestWaitNanoseconds, Self.largestWaitShare * request), .nanoseconds),
            ],
            remedy: "Read 'response' for what a user waits, or declare more clients.")
    }
}
