import Auditing

/// What the audits said of one fault at each of its sizes.
public struct FaultOutcome: Sendable {
    public let fault: any Fault
    /// For each of the fault's sizes, in their order: what the audits say of every specimen that it was put into.
    public let verdicts: [AuditVerdicts]

    /// - Parameter verdicts: One for each of its sizes.
    public init(fault: any Fault, verdicts: [AuditVerdicts]) {
        precondition(verdicts.count == fault.sizes.count, "\(fault.identifier): a verdict for each size")
        self.fault = fault
        self.verdicts = verdicts
    }

    /// From what size on an audit says this or worse.
    public enum Reach: Sendable, Equatable {
        case never
        /// At this place of the fault's sizes and at all larger ones.
        case from(Int)
        /// At these places, the largest not among them.
        case some([Int])
    }

    public func reach(_ column: AuditColumn, _ severity: Finding.Severity) -> Reach {
        let places = verdicts.indices.filter { verdicts[$0][column].map { $0 >= severity } ?? false }
        guard let last = places.last else { return .never }
        guard last == verdicts.count - 1 else { return .some(places) }
        let first = verdicts.indices.first { place in verdicts.indices[place...].allSatisfy(places.contains) }
        return .from(first ?? last)
    }

    /// Places at which an audit says this or worse although it does not at a larger size.
    public func scattered(_ column: AuditColumn, _ severity: Finding.Severity) -> [Int] {
        let places = verdicts.indices.filter { verdicts[$0][column].map { $0 >= severity } ?? false }
        switch reach(column, severity) {
        case .never: return []
        case .from(let first): return places.filter { $0 < first }
        case .some: return places
        }
    }

    /// The audits that catch the fault, from some size on, in the order of the sizes and then of the catalogue.
    public var catchers: [AuditColumn] {
        let found = AuditColumn.all.enumerated().compactMap { place, column -> (Int, Int, AuditColumn)? in
            guard column.isByThread == fault.isOfThreads, case .from(let first) = reach(column, .doubtful) else {
                return nil
            }
            return (first, place, column)
        }
        return found.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
    }

    /// The places of the sizes at which no audit says *doubtful* or worse of the figures that the fault spoils, ascending.
    public var missedPlaces: [Int] { verdicts.indices.filter { !isSeen(at: $0) } }

    /// The place of the smallest size at which any audit does, whether or not it should and whatever it says of larger ones.
    public var smallestSeenPlace: Int? { verdicts.indices.first(where: isSeen) }

    private func isSeen(at place: Int) -> Bool {
        AuditColumn.all.contains { column in
            column.isByThread == fault.isOfThreads && verdicts[place][column].map { $0 >= .doubtful } ?? false
        }
    }

    /// Whether one of the audits that should catch it does, at its largest size at least.
    public var isCaught: Bool { catchers.contains { fault.expectedAudits.contains($0.audit) } }
}
