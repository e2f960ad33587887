import Pairing

/// A count of pairing results, with its names: one list for the report, the CSV file and the terminal.
struct PairingColumn: Sendable {
    /// As CSV files write it, after `pairing.`.
    let name: String
    let title: String
    let count: any KeyPath<PairingCounts, Int> & Sendable

    static let all = [
        PairingColumn(name: "starts", title: "starts", count: \.starts),
        PairingColumn(name: "dones", title: "dones", count: \.dones),
        PairingColumn(name: "paired", title: "paired", count: \.paired),
        PairingColumn(name: "overwritten-starts", title: "lost starts", count: \.overwrittenStarts),
        PairingColumn(name: "unmatched-dones", title: "unmatched dones", count: \.unmatchedDones),
        PairingColumn(name: "started-before", title: "started before", count: \.startedBefore),
        PairingColumn(name: "open", title: "open", count: \.open),
        PairingColumn(name: "changed-thread", title: "changed thread", count: \.changedThread),
        PairingColumn(name: "mismatched-requests", title: "mismatched", count: \.mismatchedRequests),
        PairingColumn(name: "negative", title: "negative", count: \.negative),
        PairingColumn(name: "shorter-than-drawn", title: "shorter than drawn", count: \.shorterThanDrawn),
    ]

    /// What the columns mean, for the line below a table.
    static let legend = """
        lost starts: overwritten by a later start under the same key before a done came; \
        unmatched dones: no start was marked; started before: begun before the window opened; \
        open: not done when it closed; mismatched: start and done belong to different requests; \
        shorter than drawn: shorter than the delay that the write itself drew, which is impossible.
        """
}
