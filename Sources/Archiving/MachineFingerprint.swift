/// What wall-clock figures depend on besides the program: the machine that they were measured on, and what built for it.
///
/// A field that the machine could not tell is nil. Figures in virtual time depend on none of it.
public struct MachineFingerprint: Sendable, Equatable, Codable {
    public var host: String?
    /// The system's name, release and architecture.
    public var kernel: String?
    public var processorModel: String?
    /// Processors that are online.
    public var processorCount: Int?
    /// The first line of `swift --version`.
    public var toolchain: String?

    public init(
        host: String?, kernel: String?, processorModel: String?, processorCount: Int?, toolchain: String?
    ) {
        self.host = host
        self.kernel = kernel
        self.processorModel = processorModel
        self.processorCount = processorCount
        self.toolchain = toolchain
    }

    /// The part of a trial's provenance that is not about the program.
    public init(_ provenance: Provenance) {
        self.init(
            host: provenance.host, kernel: provenance.kernel, processorModel: provenance.processorModel,
            processorCount: provenance.processorCount, toolchain: provenance.toolchain)
    }

    /// A field in which two machines, or two baselines, are not alike.
    public struct Difference: Sendable, Equatable {
        /// What differs, as prose calls it, as in `kernel`.
        public var field: String
        /// As it was stored.
        public var stored: String
        /// As it is now.
        public var current: String

        public init(field: String, stored: String, current: String) {
            self.field = field
            self.stored = stored
            self.current = current
        }

        /// As in `kernel (Linux 6.1, now Linux 6.18)`.
        public var text: String { "\(field) (\(stored), now \(current))" }
    }

    /// Whether two fingerprints are of one machine.
    public enum Match: Sendable, Equatable {
        /// Every field is known on both sides and equal.
        case same
        /// In these fields; what else is unknown changes nothing.
        case differs([Difference])
        /// What is known on both sides is equal, but these fields are not known on both.
        case unknown(fields: [String])
    }

    /// Compares the stored machine with another one, field by field.
    public func match(_ current: MachineFingerprint) -> Match {
        var differences: [Difference] = []
        var unknown: [String] = []
        for (stored, now) in zip(fields, current.fields) {
            guard let then = stored.value, let now = now.value else {
                unknown.append(stored.name)
                continue
            }
            if then != now { differences.append(Difference(field: stored.name, stored: then, current: now)) }
        }
        if !differences.isEmpty { return .differs(differences) }
        return unknown.isEmpty ? .same : .unknown(fields: unknown)
    }

    /// Every field with its name and its text, nil where it is not known; always the same fields in the same order.
    public var fields: [(name: String, value: String?)] {
        [
            ("host", host), ("kernel", kernel), ("processor", processorModel),
            ("number of processors", processorCount.map(String.init)), ("toolchain", toolchain),
        ]
    }
}
