import Auditing
import TraceModel

/// What has a column in the self-test's tables: an audit, and whether it speaks of the figures by thread.
///
/// Findings by thread stand apart: data whose threads are right under one request at a time must not be doubted by thread, and
/// a fault in them must be found by what concerns the figures by request.
public struct AuditColumn: Sendable, Hashable {
    public let audit: String
    public let isByThread: Bool

    public init(audit: String, isByThread: Bool = false) {
        self.audit = audit
        self.isByThread = isByThread
    }

    init(of finding: Finding) {
        self.init(audit: finding.audit, isByThread: finding.subject == "by \(PairingKey.thread.rawValue)")
    }

    /// As in `floor` or `floor by thread`; an audit that speaks of nothing else does not say so.
    public var title: String { isByThread && !Self.onlyByThread.contains(audit) ? "\(audit) by thread" : audit }

    /// Audits that have findings by thread, and among them those that have no others.
    private static let byThread: Set = ["pairing", "floor", "little"]
    private static let onlyByThread: Set = ["pairing"]

    /// All columns, in the catalogue's order.
    public static let all: [AuditColumn] = AuditCatalogue.all.flatMap { audit -> [AuditColumn] in
        let name = audit.identifier
        return (onlyByThread.contains(name) ? [] : [AuditColumn(audit: name)])
            + (byThread.contains(name) ? [AuditColumn(audit: name, isByThread: true)] : [])
    }
}

/// The worst that each audit says of one run.
public struct AuditVerdicts: Sendable, Equatable {
    private var worst: [AuditColumn: Finding.Severity] = [:]

    public init(_ findings: [Finding]) {
        for finding in findings {
            let column = AuditColumn(of: finding)
            worst[column] = max(worst[column] ?? finding.severity, finding.severity)
        }
    }

    /// What all audits say of a specimen.
    init(of specimen: Specimen) { self.init(AuditCatalogue.findings(in: [specimen.evidence])) }

    /// Nil where the audit says nothing.
    public subscript(column: AuditColumn) -> Finding.Severity? { worst[column] }

    /// Whether any audit says this or worse.
    func reach(_ severity: Finding.Severity) -> Bool { worst.values.contains { $0 >= severity } }

    /// What the audits say of both, each the milder of its two verdicts: what does not depend on the sample.
    func milder(_ other: AuditVerdicts) -> AuditVerdicts {
        var both = AuditVerdicts([])
        for (column, severity) in worst { both.worst[column] = other[column].map { min($0, severity) } }
        return both
    }
}
