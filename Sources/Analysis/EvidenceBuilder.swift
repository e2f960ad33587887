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

    /// The evidence of the cell. In an overloaded open loop the percentiles of the audits are those without the open spans:
    /// see ``CensoredSample``.
    ///
    /// - Parameter excludedCount: How many trials a declared rule leaves out besides.
    func evidence(
        _ trials: [TrialMeasurement], _ missing: [MissingTrial], excludedCount: Int = 0
    ) -> CellEvidence {
        func judged(isSteady: Bool) -> CellEvidence {
            CellEvidence(
                label: cell.choices.isEmpty ? nil : cell.title,
                trials: trials.map { self.evidence($0, isSteady: isSteady) }, missing: missing,
                limits: declaration.limits,
                shownStages: declaration.stages, excludedCount: excludedCount)
        }
        let found = judged(isSteady: true)
        return found.isOverloaded ? judged(isSteady: false) : found
    }

    /// The evidence of a cell whose trials have no traces.
    func evidence(
        ofProcesses trials: [ProcessMeasurement], _ missing: [MissingTrial], excludedCount: Int = 0
    ) -> CellEvidence {
        CellEvidence(
            label: cell.choices.isEmpty ? nil : cell.title,
            trials: trials.map { trial in
                TrialEvidence(
                    withoutTrace: trial.record.identifier, block: trial.record.block, cellIndex: cell.index,
                    order: trial.record.order, provenance: provenance(trial.record.provenance),
                    machine: trial.machine, figures: trial.figures)
            }, missing: missing, limits: declaration.limits, shownStages: [], excludedCount: excludedCount)
    }

    private func evidence(_ trial: TrialMeasurement, isSteady: Bool) -> TrialEvidence {
        TrialEvidence(
            identifier: trial.record.identifier, block: trial.record.block, trace: trial.condition,
            byRequest: trial.trace.byRequest,
            byThread: declaration.pairings.contains(.thread) ? trial.trace.byThread : nil,
            overshoot: DurationSummary(trial.trace.overshoot), halves: trial.trace.halves, load: load,
            provenance: provenance(trial.record.provenance), cellIndex: cell.index, order: trial.record.order,
            stages: trial.trace.stageEvidence(isSteady: isSteady), machine: trial.machine,
            oracle: trial.oracle.evidence(isSteady: isSteady))
    }

    /// The cell's parameters as the laws need them; what is not declared, or not of the bundled simulator, is unknown.
    private var load: LoadParameters {
        guard declaration.program == .systemSimulator else { return LoadParameters() }
        return LoadParameters { name in cell.parameters.first { $0.name == name }?.value }
    }

    /// What has to be alike in trials that are pooled, without what this machine cannot tell. The sides of a comparison differ in
    /// their programs, which the runner holds to one for each side.
    private func provenance(_ provenance: Provenance) -> [String: String] {
        var known = [
            "revision": provenance.revision.map { $0 + (provenance.revisionIsModified == true ? ", modified" : "") },
            "binary": provenance.binaryDigest, "toolchain": provenance.toolchain, "host": provenance.host,
            "kernel": provenance.kernel, "processor": provenance.processorModel,
        ].compactMapValues { $0 }
        if cell.program != nil { known.removeAll(named: ["revision", "binary"]) }
        return known
    }
}

extension [String: String] {
    fileprivate mutating func removeAll(named names: [String]) { for name in names { removeValue(forKey: name) } }
}

extension LoadParameters {
    /// What the bundled simulator was told, in the words of its options; what it was not told is unknown.
    ///
    /// - Parameter value: The text of a parameter by its name.
    public init(_ value: (String) -> String?) {
        let clients = value("clients").flatMap { Int($0) }
        func mean(_ name: String) -> Double? {
            guard let text = value(name) else { return nil }
            do {
                return Double(try Delay(text: text).meanDrawn.inNanoseconds)
            } catch {
                // A declaration was checked when it was read; a text that is no delay leaves the law without its mean.
                return nil
            }
        }
        self.init(
            clients: clients, permits: Self.permits(value("permits"), clients),
            writes: value("writes").flatMap(Writes.init(rawValue:)), meanThinkNanoseconds: mean("think-time"),
            meanNetworkNanoseconds: mean("network-delay"), meanWriteNanoseconds: mean("write-delay"),
            hasStalls: value("stall") != nil)
    }

    /// A number, or a number `per client`.
    private static func permits(_ text: String?, _ clients: Int?) -> Int? {
        guard let words = text?.split(separator: " "), let number = words.first.flatMap({ Int($0) }) else {
            return nil
        }
        return words.dropFirst().isEmpty ? number : clients.map { $0 * number }
    }
}
