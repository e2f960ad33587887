/// All trials of an experiment come from the same program on the same machine.
///
/// Unlike ones are *invalid*: a difference between cells may then be one between programs or machines. What is unknown
/// in some trials and known in others counts as a difference. Where all trials ran in virtual time, another host, kernel or
/// processor is a *note*: no duration can depend on it.
public struct ProvenanceAudit: Audit {
    public let identifier = "provenance"
    public let scope = AuditScope.experiment
    public let needsTrace = false

    /// What a run in virtual time depends on in nothing but its CPU time and memory.
    private static let ofTheMachine: Set = ["host", "kernel", "processor"]

    public init() {}

    public func findings(in evidence: CellEvidence) -> [Finding] {
        let names = Set(evidence.trials.flatMap(\.provenance.keys)).sorted()
        return names.compactMap { name in
            var values: [(value: String, count: Int)] = []
            for trial in evidence.trials {
                let value = trial.provenance[name] ?? "unknown"
                if let index = values.firstIndex(where: { $0.value == value }) {
                    values[index].count += 1
                } else {
                    values.append((value, 1))
                }
            }
            guard values.count > 1 else { return nil }
            let list = values.map { "\($0.value) (\($0.count.grouped) \($0.count == 1 ? "trial" : "trials"))" }
            let isHarmless = evidence.isVirtual && Self.ofTheMachine.contains(name)
            return finding(
                isHarmless ? .note : .invalid, in: evidence,
                "Trials that differ in \(name) are pooled: " + list.joined(separator: ", ") + "."
                    + (isHarmless ? " In virtual time only CPU time and memory depend on it." : ""),
                [.count("distinct-values", values.count)],
                remedy: "Run all trials again under one \(name), in a results folder of their own.")
        }
    }

    public func obstacle(in evidence: CellEvidence) -> String? {
        guard evidence.trials.count > 1 else { return "one trial" }
        return evidence.trials.allSatisfy(\.provenance.isEmpty) ? "origin unknown" : nil
    }
}
