// An open loop that asks for more than is answered has no steady state: its queue grows for as long as one looks, so that
// a longer warm-up or window only shows longer responses. What the audits find there is true, and what they advise of
// other cells would mislead.

import Pairing
import Quantities
import TraceModel

extension CellEvidence {
    /// Whether the open loop asks for more than can be answered, so that there is no steady state.
    public var isOverloaded: Bool { overload != nil }

    /// Requests due and requests done a second, where the open loop asks for more than can be answered; nil elsewhere.
    ///
    /// What can be answered is known from the load: the permits' rate, or that of the clients when each of them is always
    /// busy. Where it is not, less than nine tenths of what was due being done counts as overload, if the responses took
    /// longer and longer too: either alone is also seen where a window is short or has just begun.
    var overload: (dueRate: Double, doneRate: Double)? {
        let seconds = observedNanoseconds / 1e9
        guard isOpenLoop, seconds > 0 else { return nil }
        // By when they were due, not by when a client took them up.
        let due = Double(counts(.response, .request).starts)
        let done = Double(counts(.response, .request).dones)
        let isOverloaded =
            if let bound = answeredRateMaximum { due / seconds > bound && due > 1.02 * done } else {
                done < 0.9 * due && responsesRise
            }
        return isOverloaded ? (due / seconds, done / seconds) : nil
    }

    /// As in `The schedule asks 200/s and 133/s are answered.`; with a remedy that fits; nil without an overload.
    var overloadText: (sentence: String, remedy: String)? {
        overload.map { rates in
            let (due, done) = (Self.text(rates.dueRate), Self.text(rates.doneRate))
            return (
                "The schedule asks \(due) and \(done) are answered.",
                "The queue grows for ever and no window is long enough: lower the rate or raise the permits."
            )
        }
    }

    private static func text(_ rate: Double) -> String { "\(rate.fixed(rate >= 100 ? 0 : 1))/s" }

    /// The lowest of the rates that the permits and the clients can reach, a second; nil where the load is not known or
    /// the store stands still from time to time.
    private var answeredRateMaximum: Double? {
        guard let load = trials.first?.load, trials.allSatisfy({ $0.load == load }), !load.hasStalls,
            let permits = load.permits, let write = load.meanWriteNanoseconds, write > 0
        else { return nil }
        let permitRate = Double(permits) / write * 1e9
        guard let clients = load.clients, let network = load.meanNetworkNanoseconds, let writes = load.writes else {
            return permitRate
        }
        let busy = writes == .asynchronous ? 2 * network : 2 * network + write
        return busy > 0 ? min(permitRate, Double(clients) / busy * 1e9) : permitRate
    }

    /// Whether the responses of each trial's second half took at least a fifth longer than those of its first.
    private var responsesRise: Bool {
        trials.allSatisfy { trial in
            trial.halves.contains { $0.stage == .response && $0.secondMean > 1.2 * $0.firstMean }
        }
    }
}
