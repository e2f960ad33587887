import Archiving
import Auditing
import Experiments
import Pairing
import Quantities
import Randomness
import Statistics
import TraceModel

/// Puts together what the audits may look at: the trials of one cell, and what they were asked to do.
struct EvidenceBuilder {
    let declaration: Declaration
    let cell: Cell

    func evidence(_ trials: [TrialMeasurement], _ missing: [MissingTrial]) -> CellEvidence {
        CellEvidence(
            label: cell.choices.isEmpty ? nil : cell.title, trials: trials.map(evidence),
            missing: missing)
    }

    private func evidence(_ trial: TrialMeasurement) -> TrialEvidence {
        TrialEvidence(
            identifier: trial.record.identifier, block: trial.record.block, trace: trial.condition,
            byRequest: trial.trace.byRequest,
            byThread: declaration.pairings.contains(.thread) ? trial.trace.byThread : nil,
            overshoot: DurationSummary(trial.trace.overshoot), halves: trial.trace.halves, load: load,
            provenance: Self.provenance(trial.record.provenance))
    }

    /// The cell's parameters as the laws need them; what is not declared, or not of the bundled simulator, is unknown.
    private var load: LoadParameters {
        guard declaration.program == .systemSimulator else { return LoadParameters() }
        let clients = value("clients").flatMap { Int($0) }
        return LoadParameters(
            clients: clients, permits: permits(clients), writes: value("writes").flatMap(Writes.init(rawValue:)),
            meanThinkNanoseconds: mean("think-time"), meanNetworkNanoseconds: mean("network-delay"),
            meanWriteNanoseconds: mean("write-delay"), hasStalls: value("stall") != nil)
    }

    private func value(_ name: String) -> String? { cell.parameters.first { $0.name == name }?.value }

    /// A number, or a number `per client`.
    private func permits(_ clients: Int?) -> Int? {
        guard let words = value("permits")?.split(separator: " "), let number = words.first.flatMap({ Int($0) }) else {
            return nil
        }
        return words.dropFirst().isEmpty ? number : clients.map { $0 * number }
    }

    private func mean(_ name: String) -> Double? {
        guard let text = value(name) else { return nil }
        do {
            return Double(try Delay(text: text).meanDrawn.inNanoseconds)
        } catch {
            // The declaration was checked when it was read; a text that is no delay leaves the law without its mean.
            return nil
        }
    }

    /// What has to be alike in trials that are pooled, without what this machine cannot tell.
    private static func provenance(_ provenance: Provenance) -> [String: String] {
        [
            "revision": provenance.revision.map { $0 + (provenance.revisionIsModified == true ? ", modified" : "") },
            "binary": provenance.binaryDigest, "toolchain": provenance.toolchain, "host": provenance.host,
            "kernel": provenance.kernel, "processor": provenance.processorModel,
        ].compactMapValues { $0 }
    }
}
