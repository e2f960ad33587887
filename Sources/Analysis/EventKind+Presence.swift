import TraceModel

extension [EventKind: Int] {
    /// Zero of every kind.
    static var zeros: [EventKind: Int] { Dictionary(uniqueKeysWithValues: EventKind.allCases.map { ($0, 0) }) }

    /// The counts without `request-due` where there is none: a closed loop does not have it, which is not the same as
    /// having none of them.
    var withoutAbsentKinds: [EventKind: Int] { filter { $0.key != .requestDue || $0.value > 0 } }
}
