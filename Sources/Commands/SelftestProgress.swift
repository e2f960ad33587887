import Quantities

/// How far a self-test is: on a terminal one line that is rewritten in place, elsewhere a line for each tenth of the work.
struct SelftestProgress {
    private let name: String
    private let total: Int
    private let isTerminal: Bool
    private var tenthsShown = 0

    init(name: String, total: Int, isTerminal: Bool) {
        self.name = name
        self.total = total
        self.isTerminal = isTerminal
    }

    /// What to write after another piece is done; empty where there is nothing to say.
    mutating func text(done: Int, after elapsed: Duration) -> String {
        let left = elapsed * (total - done) / done
        let rest = done < total ? ", about \(left.spoken) left" : ", in \(elapsed.spoken)"
        let line = "\(name): \(done) of \(total)\(rest)"
        if isTerminal { return done < total ? "\r\u{1B}[K\(line)" : "\r\u{1B}[K" }
        let tenths = 10 * done / total
        guard tenths > tenthsShown else { return "" }
        tenthsShown = tenths
        return line + "\n"
    }
}
