/// An audit that could not be applied, to any cell or to some, and why. That it says nothing is then no sign of anything.
public struct UnappliedAudit: Sendable, Equatable, Codable {
    /// As in `oracle`.
    public let audit: String
    /// In a few words, as in `no virtual twin` or `virtual time in 2 of 5 cells`.
    public let reason: String

    public init(audit: String, reason: String) {
        self.audit = audit
        self.reason = reason
    }

    /// Nil without obstacles.
    ///
    /// - Parameters:
    ///   - obstacles: One for each cell that the audit could not be applied to.
    ///   - cellCount: How many cells there are.
    init?(audit: String, obstacles: [String], of cellCount: Int) {
        guard !obstacles.isEmpty else { return nil }
        var reasons: [(text: String, count: Int)] = []
        for obstacle in obstacles {
            if let index = reasons.firstIndex(where: { $0.text == obstacle }) {
                reasons[index].count += 1
            } else {
                reasons.append((obstacle, 1))
            }
        }
        let texts = reasons.map { text, count in
            count == cellCount ? text : "\(text) in \(count.grouped) of \(cellCount.grouped) cells"
        }
        self.init(audit: audit, reason: texts.joined(separator: ", "))
    }
}

/// What keeps several audits from being applied, in the same words.
enum Obstacle {
    static let noTrace = "no trace of events"
    static let virtualTime = "virtual time"
    static let noStage = "no stage with both its events"
    static let noRequest = "no request done"
    static let noDelay = "no write with a known delay"
    static let stalls = "a store that stands still by design"
}
