import Archiving
import Experiments
import Gating
import Quantities
import TraceModel

/// Stored baselines, for a terminal.
public enum BaselineReport {
    /// All baselines of a folder, one a row, then those that cannot be read.
    ///
    /// - Parameter folder: As it was given, for the sentence where there is none.
    public static func list(_ entries: [BaselineStore.Entry], folder: String) -> String {
        guard !entries.isEmpty else {
            return "\(PlainText.singleLine(folder)): no baseline yet; save one with `assay baseline save`\n"
        }
        var table = TextTable(
            header: ["baseline", "experiment", "profile", "clock", "trust", "newest session", "sessions", "series"],
            textColumnCount: 6)
        var unreadable: [String] = []
        for entry in entries {
            switch entry.content {
            case .success(let baseline):
                let newest = baseline.sessions.last
                table.append([
                    entry.name, cut(baseline.experiment), cut(baseline.profile),
                    baseline.isVirtual ? "virtual" : "wall",
                    worstTrust(baseline), cut(newest?.startedAt ?? FigureColumn.absent), "\(baseline.sessions.count)",
                    "\(newest?.series.count ?? 0)",
                ])
            case .failure(let error): unreadable.append(PlainText.singleLine(error.description))
            }
        }
        let rows = unreadable.count < entries.count ? table.lines(indent: 0) : []
        return (rows + unreadable).joined(separator: "\n") + "\n"
    }

    /// The most sessions whose figures are shown, the newest ones.
    static let mostSessions = 20

    /// One baseline: what it is of, where it was measured, its sessions, and the figures of each series in each of them.
    public static func show(_ baseline: StoredBaseline, name: String) -> String {
        var lines = [
            "\(PlainText.singleLine(name)): \(cut(baseline.experiment)), profile \(cut(baseline.profile))", "",
        ]
        var facts = TextTable(header: ["", ""], textColumnCount: 2)
        facts.append(["program", cut(baseline.program)])
        facts.append(["declaration", cut(baseline.declarationDigest)])
        facts.append(["clock", baseline.isVirtual ? "virtual: the same on every machine" : "wall"])
        for (field, value) in baseline.machine.fields { facts.append([field, cut(value ?? "unknown")]) }
        lines += facts.lines().drop { $0.isEmpty }

        var sessions = TextTable(
            header: ["session", "trust", "revision", "program (SHA-256)", "seed", "series"], textColumnCount: 4)
        for session in baseline.sessions {
            sessions.append([
                cut(session.startedAt), session.trust.rawValue, short(session.revision), short(session.binaryDigest),
                "\(session.seed)", "\(session.series.count)",
            ])
        }
        lines += [""] + sessions.lines() + ["", "  " + sessionCount(of: baseline), ""] + figures(of: baseline)
        return lines.joined(separator: "\n") + "\n"
    }

    /// How many sessions there are, and how many a gate takes.
    private static func sessionCount(of baseline: StoredBaseline) -> String {
        let count = baseline.sessions.count
        let (there, fewest) = (count.counted("session"), StoredComparison.fewestSessions)
        if baseline.isVirtual { return "\(there), which is what a gate in virtual time takes" }
        guard count < fewest else { return "\(there); a gate on the wall clock takes \(fewest) or more" }
        return
            "\(there) of the \(fewest) or more that a gate on the wall clock takes; save \(fewest - count) more, at other times"
    }

    private static func figures(of baseline: StoredBaseline) -> [String] {
        let sessions = baseline.sessions.suffix(mostSessions)
        let kinds = baseline.sessions.last?.series ?? []
        let hasCells = kinds.contains { !$0.cell.isEmpty }
        let hasPairings = kinds.contains { $0.pairing != nil }
        let names = ["metric"] + (hasPairings ? ["pairing"] : []) + (hasCells ? ["cell"] : []) + ["session"]
        var table = TextTable(header: names + ["mean", "lowest", "highest", "processes"], textColumnCount: names.count)
        for kind in kinds {
            let found = sessions.compactMap { session in
                session.series.first { ($0.cell, $0.metric, $0.pairing) == (kind.cell, kind.metric, kind.pairing) }
                    .map { (session.startedAt, $0.values.compactMap(\.self)) }
            }
            let dimension = kind.dimension ?? Metric(text: kind.metric)?.dimension ?? .count
            // One format for all sessions of a series, which are compared down the column.
            let format = FigureFormat(dimension, values: found.flatMap(\.1))
            for (startedAt, values) in found {
                let mean = values.isEmpty ? nil : values.reduce(0) { $0 + $1 / Double(values.count) }
                let figures = [mean, values.min(), values.max()].map { $0.map(format.text) ?? FigureColumn.absent }
                table.append(
                    [cut(kind.metric)] + (hasPairings ? [kind.pairing?.rawValue ?? FigureColumn.absent] : [])
                        + (hasCells ? [cut(kind.cell)] : []) + [cut(startedAt)] + figures + ["\(values.count)"])
            }
        }
        let older = baseline.sessions.count - sessions.count
        return table.lines() + (older > 0 ? ["  … and \(older.counted("older session"))"] : [])
    }

    private static func worstTrust(_ baseline: StoredBaseline) -> String {
        let worst = [StoredBaseline.Trust.invalid, .doubtful, .trusted].first { trust in
            baseline.sessions.contains { $0.trust == trust }
        }
        return worst?.rawValue ?? FigureColumn.absent
    }

    private static func cut(_ text: String) -> String { PlainText.singleLine(text, atMost: 80) }

    /// As many digits of a digest as tell it apart.
    private static func short(_ digest: String?) -> String {
        digest.map { String(PlainText.singleLine($0).prefix(12)) } ?? "unknown"
    }
}
