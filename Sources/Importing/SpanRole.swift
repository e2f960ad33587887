/// Which events a span of another system stands for, by the stage that it is.
public enum SpanRole: String, Sendable, CaseIterable {
    /// `request-start` and `request-done`.
    case request
    /// `request-block`, or `request-nonblock` where it took no time or says that it was not blocked; its end is the `persist-start`
    /// of the same request.
    case queueWait = "queue-wait"
    /// `persist-start` and `persist-done`.
    case persist
    /// `persist-async-start`; its end is the `persist-done` of the same request.
    case persistAsync = "persist-async"
}

/// Why a mapping of names cannot be.
public struct SpanRoleError: Error, Equatable, CustomStringConvertible {
    public let text: String

    public var description: String {
        let roles = SpanRole.allCases.map(\.rawValue).joined(separator: ", ")
        return "'\(text)' maps no span: write STAGE=NAME with a stage of \(roles), as in persist=db.insert"
    }
}

/// The names of the spans that stand for stages.
public struct SpanNames: Sendable, Equatable {
    private var roles: [String: SpanRole]

    /// Spans that are named as the stages are, and those that are given.
    ///
    /// - Parameter mappings: Each as in `persist=db.insert`; a stage may have several names.
    public init(_ mappings: [String] = []) throws(SpanRoleError) {
        roles = Dictionary(uniqueKeysWithValues: SpanRole.allCases.map { ($0.rawValue, $0) })
        for mapping in mappings {
            let parts = mapping.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, let role = SpanRole(rawValue: parts[0]) else { throw SpanRoleError(text: mapping) }
            roles[parts[1]] = role
        }
    }

    /// What the span stands for; nil where it stands for nothing.
    public subscript(name: String) -> SpanRole? { roles[name] }
}
