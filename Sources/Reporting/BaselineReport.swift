import Archiving
import Experiments
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

    /// One baseline: what it is of, where it was measured, its sessions, and the mean of each series in the newest one.
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
        lines += [""] + sessions.lines()
        if let newest = baseline.sessions.last { lines += [""] + figures(of: newest) }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func figures(of session: StoredBaseline.Session) -> [String] {
        let hasCells = session.series.contains { !$0.cell.isEmpty }
        let hasPairings = session.series.contains { $0.pairing != nil }
        let names = ["metric"] + (hasPairings ? ["pairing"] : []) + (hasCells ? ["cell"] : [])
        var table = TextTable(header: names + ["mean", "lowest", "highest", "processes"], textColumnCount: names.count)
        for series in session.series {
            let values = series.values.compactMap(\.self)
            // A metric that this release does not know, as one of another program's, has no unit here.
            let format = FigureFormat(Metric(text: series.metric)?.dimension ?? .count, values: values)
            let mean = values.isEmpty ? nil : values.reduce(0) { $0 + $1 / Double(values.count) }
            let figures = [mean, values.min(), values.max()].map { $0.map(format.text) ?? FigureColumn.absent }
            table.append(
                [cut(series.metric)] + (hasPairings ? [series.pairing?.rawValue ?? FigureColumn.absent] : [])
                    + (hasCells ? [cut(series.cell)] : []) + figures + ["\(values.count)"])
        }
        return table.lines()
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
