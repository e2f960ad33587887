// A table for a terminal: name, state, finding; under a finding what could be done. It says what it found and not how
// good that is in all, because what disturbs one measurement is nothing to another.

/// What `assay doctor` prints.
public struct DoctorReport: Sendable, Equatable {
    /// Lines that end in a line feed.
    public let text: String

    public init(of diagnoses: [Diagnosis]) {
        let nameWidth = diagnoses.map(\.name.count).max() ?? 0
        let stateWidth = Diagnosis.State.allCases.map(\.rawValue.count).max() ?? 0
        let indent = String(repeating: " ", count: nameWidth + stateWidth + 4)
        var lines: [String] = []
        for diagnosis in diagnoses {
            lines.append(
                Self.padded(diagnosis.name, nameWidth) + "  " + Self.padded(diagnosis.state.rawValue, stateWidth) + "  "
                    + diagnosis.finding)
            if let remedy = diagnosis.remedy { lines.append("\(indent)→ \(remedy)") }
        }
        text = (lines + ["", Self.sum(of: diagnoses)]).map { $0 + "\n" }.joined()
    }

    private static func sum(of diagnoses: [Diagnosis]) -> String {
        let counts = Diagnosis.State.allCases.map { state in diagnoses.count { $0.state == state } }
        return
            "\(counts[1]) of \(diagnoses.count) will disturb, \(counts[2]) cannot be known here, \(counts[0]) are fine. "
            + "Nothing was changed."
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
