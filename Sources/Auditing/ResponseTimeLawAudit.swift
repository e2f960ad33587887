// The operational laws of a closed system (Denning & Buzen 1978, doi:10.1145/356733.356735; Lazowska et al. 1984,
// Quantitative System Performance, chapters 3 and 5): N = X·(R + Z), and X ≤ min(N/(D + Z), m/S).
//
// R here is the time in flight over the requests done, with the parts of requests that cross the window's edges: the
// mean of finished spans alone would be too low wherever requests are long compared with the window.
//
// In an open loop neither the law nor the bound by the clients' cycles says anything: the schedule sends requests, the
// number of clients is a limit and not a load, and a client idles for as long as nothing is due. The bound by the permits
// stays, and Little's law is the audit `little`'s concern.
//
// Of another program nobody says how many clients it has and how long they think. But each client of a closed loop either
// waits or thinks, so that the time in flight of both together is the number of clients seen times the window's length: the same
// law with Z as it was measured. A program that does not tell its clients apart is not judged by it.
//
// Tolerance: 1 %, and what counting alone leaves open: two standard errors of a count of independent events, 2/√n, or
// one request a client, N/n, where clients run in step; the larger of the two.

import Pairing
import Quantities
import TraceModel

/// Response time, throughput and think time fit the number of clients, and the throughput is possible.
///
/// R ≠ N/X − Z is *doubtful*: a client stalls, fails to start, or thinks for another time than declared. A throughput
/// above the bound is *invalid*: no system can be faster.
public struct ResponseTimeLawAudit: Audit {
    public let identifier = "response-time-law"

    public init() {}

    public func findings(in evidence: CellEvidence) -> [Finding] {
        guard let load = evidence.trials.first?.load, evidence.trials.allSatisfy({ $0.load == load }) else { return [] }
        let dones = evidence.counts(.request, .request).dones
        let seconds = evidence.observedNanoseconds / 1e9
        guard dones > 0, seconds > 0 else { return [] }
        guard let clients = load.clients, clients > 0 else {
            return [populationFinding(in: evidence)].compactMap(\.self)
        }
        let rate = Double(dones) / seconds
        let tolerance =
            0.01 + max(2 / Double(dones).squareRoot(), Double(clients * evidence.trials.count) / Double(dones))
        return [
            evidence.isOpenLoop ? nil : lawFinding(load, clients, rate, dones, tolerance, in: evidence),
            boundFinding(load, clients, rate, tolerance, in: evidence),
        ].compactMap { $0 }
    }

    public func obstacle(in evidence: CellEvidence) -> String? {
        guard let load = evidence.trials.first?.load, evidence.trials.allSatisfy({ $0.load == load }) else {
            return "trials of unlike loads"
        }
        guard evidence.counts(.request, .request).dones > 0, evidence.observedNanoseconds > 0 else {
            return Obstacle.noRequest
        }
        guard let clients = load.clients, clients > 0 else {
            if evidence.isOpenLoop { return "number of clients unknown" }
            return population(in: evidence) == nil ? "clients that cannot be told apart" : nil
        }
        let hasLaw = !evidence.isOpenLoop && load.meanThinkNanoseconds != nil
        return hasLaw || !bounds(load, clients, in: evidence).isEmpty ? nil : "unknown delays"
    }

    private func lawFinding(
        _ load: LoadParameters, _ clients: Int, _ rate: Double, _ dones: Int, _ tolerance: Double,
        in evidence: CellEvidence
    ) -> Finding? {
        guard let think = load.meanThinkNanoseconds else { return nil }
        let response = evidence.total(.request, .request) { Double($0.flight.countedNanoseconds ?? 0) } / Double(dones)
        let cycle = Double(clients) / rate * 1e9
        guard abs(response + think - cycle) > tolerance * cycle else { return nil }
        return finding(
            .doubtful, in: evidence,
            "R = N/X − Z fails: \(clients.grouped) clients at \(rate.fixed(2)) requests/s that think for "
                + "\(think.durationText) leave \((cycle - think).durationText) a request, and "
                + "\(response.durationText) was measured (tolerance \(tolerance.percentage) of the cycle).",
            [
                Finding.Figure("measured", response, .nanoseconds),
                Finding.Figure("by-law", cycle - think, .nanoseconds),
                Finding.Figure("throughput", rate, .perSecond), Finding.Figure("tolerance", tolerance, .ratio),
            ],
            remedy: "Check that all clients run, that they think as long as declared, and that the window is steady.")
    }

    /// The clients seen in a closed loop, and how many of them waited and thought on average; nil where the program does
    /// not tell its clients apart.
    private func population(
        in evidence: CellEvidence
    ) -> (clients: Int, waiting: Double, thinking: Double, tolerance: Double)? {
        guard !evidence.isOpenLoop, let clients = evidence.trials.first?.machine.clientsSeen,
            evidence.trials.allSatisfy({ $0.machine.clientsSeen == clients })
        else { return nil }
        let length = evidence.observedNanoseconds
        func inFlight(_ stage: Stage) -> Double {
            evidence.total(stage, .request) { Double($0.flight.countedNanoseconds ?? 0) } / length
        }
        let waiting = inFlight(.request)
        let dones = evidence.counts(.request, .request).dones
        let tolerance = 0.01 + Double(clients * evidence.trials.count) / Double(dones)
        // One client with more than one request at a time is a program that does not tell its clients apart.
        guard clients > 1 || waiting <= 1 + tolerance else { return nil }
        return (clients, waiting, inFlight(.think), tolerance)
    }

    /// That the clients seen are the clients that wait or think.
    private func populationFinding(in evidence: CellEvidence) -> Finding? {
        guard let (clients, waiting, thinking, tolerance) = population(in: evidence),
            abs(waiting + thinking - Double(clients)) > tolerance * Double(clients)
        else { return nil }
        return finding(
            .doubtful, in: evidence,
            "N = X·(R + Z) fails: \(clients.grouped) clients were seen, and on average \(waiting.fixed(2)) waited and "
                + "\(thinking.fixed(2)) thought (tolerance \(tolerance.percentage)).",
            [
                .count("clients-seen", clients), Finding.Figure("waiting", waiting, .ratio),
                Finding.Figure("thinking", thinking, .ratio), Finding.Figure("tolerance", tolerance, .ratio),
            ],
            remedy:
                "Look for clients that stopped or joined while the window was open, and for lost events (audit drops).")
    }

    /// What throughput the clients' cycles and the permits allow, as far as the parameters are known.
    private func bounds(
        _ load: LoadParameters, _ clients: Int, in evidence: CellEvidence
    ) -> [(rate: Double, name: String)] {
        var bounds: [(rate: Double, name: String)] = []
        if !evidence.isOpenLoop, let think = load.meanThinkNanoseconds, let network = load.meanNetworkNanoseconds,
            let writes = load.writes
        {
            let demand = writes == .asynchronous ? 2 * network : load.meanWriteNanoseconds.map { 2 * network + $0 }
            if let demand, demand + think > 0 {
                bounds.append((Double(clients) / (demand + think) * 1e9, "the clients' own cycles"))
            }
        }
        if let permits = load.permits, let write = load.meanWriteNanoseconds, write > 0 {
            bounds.append((Double(permits) / write * 1e9, "the permits"))
        }
        return bounds
    }

    private func boundFinding(
        _ load: LoadParameters, _ clients: Int, _ rate: Double, _ tolerance: Double, in evidence: CellEvidence
    ) -> Finding? {
        guard let bound = bounds(load, clients, in: evidence).min(by: { $0.rate < $1.rate }),
            rate > bound.rate * (1 + tolerance)
        else { return nil }
        return finding(
            .invalid, in: evidence,
            "\(rate.fixed(2)) requests/s were done, and \(bound.name) allow at most \(bound.rate.fixed(2)) "
                + "(tolerance \(tolerance.percentage)).",
            [
                Finding.Figure("throughput", rate, .perSecond), Finding.Figure("bound", bound.rate, .perSecond),
                Finding.Figure("tolerance", tolerance, .ratio),
            ],
            remedy: "Check the declared delays and their units, and that the program applies its limits.")
    }
}
