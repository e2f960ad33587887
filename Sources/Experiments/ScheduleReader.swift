import Quantities

/// Reads how often and how long: the top level's own schedule and those of the profiles.
struct ScheduleReader {
    let nodes: NodeReader
    /// Whether every cell runs in virtual time. Warm-up and window then take no time of their own: a warm-up may be as
    /// long as a window, and a time limit shorter than both.
    var isVirtual = false
    /// What warm-up and window are where nobody gives them; nil where they must be given.
    var unnamed: Int64?

    private static let secondNanoseconds: Int64 = 1_000_000_000
    private static let hourNanoseconds = 3600 * secondNanoseconds

    /// The values that one mapping gives; what it leaves out is nil.
    struct Part {
        var trials: Int?
        var warmUp: Int64?
        var measure: Int64?
        var timeLimit: Int64?
        var retries: Int?
        var positions: [String: SourcePosition] = [:]
        var isWhole = true
    }

    /// The schedules by profile, `full` being the top level's own.
    ///
    /// - Parameter cellCount: How many cells each trial is of, to bound the number of trials; nil if unknown.
    func schedules(
        of fields: NodeReader.Fields, cellCount: Int?
    ) -> [String: Schedule] {
        let full = part(of: fields)
        var schedules: [String: Schedule] = [:]
        schedules["full"] = schedule(full, or: nil, at: fields.position, cellCount: cellCount)
        guard let node = fields["profiles"], let profiles = nodes.entries(of: node, what: "'profiles'") else {
            return schedules
        }
        for (key, value) in profiles {
            guard key.text != "full" else {
                nodes.problems.add("the profile 'full' is the top level itself; give another name", at: key.position)
                continue
            }
            guard key.text.isKebabCase else {
                nodes.problems.add(
                    "\(key.text.quoted) is no profile name: small letters and digits in words joined by '-'",
                    at: key.position)
                continue
            }
            guard let fields = nodes.fields(of: value, as: DeclarationKeys.profile) else { continue }
            guard !fields.values.isEmpty || !nodes.problems.isEmpty else {
                nodes.problems.add(
                    "profile '\(key.text)' changes nothing; give one of "
                        + DeclarationKeys.schedule.joined(separator: ", "), at: value.position)
                continue
            }
            schedules[key.text] = schedule(
                part(of: fields), or: full, at: value.position, cellCount: cellCount)
        }
        return schedules
    }

    private func part(of fields: NodeReader.Fields) -> Part {
        var part = Part()
        func read<Value>(_ key: String, _ body: (SourceNode) -> Value?) -> Value? {
            guard let node = fields[key] else { return nil }
            part.positions[key] = node.position
            let value = body(node)
            part.isWhole = part.isWhole && value != nil
            return value
        }
        part.trials = read("trials") { nodes.count($0, what: "'trials'", in: 1...1000) }
        let warmUpMaximum = (isVirtual ? 24 : 1) * Self.hourNanoseconds
        part.warmUp = read("warm-up") { duration($0, key: "warm-up", in: 0...warmUpMaximum) }
        part.measure = read("measure") { duration($0, key: "measure", in: 1_000_000...(24 * Self.hourNanoseconds)) }
        part.timeLimit = read("time-limit") { duration($0, key: "time-limit", in: 1...(48 * Self.hourNanoseconds)) }
        part.retries = read("retries") { nodes.count($0, what: "'retries'", in: 0...10) }
        return part
    }

    private func duration(_ node: SourceNode, key: String, in range: ClosedRange<Int64>) -> Int64? {
        guard let text = nodes.line(node, what: "'\(key)'") else { return nil }
        do {
            let nanoseconds = try Duration(text: text).inNanoseconds
            guard range.contains(nanoseconds) else {
                let lower = Duration.nanoseconds(range.lowerBound).text
                let upper = Duration.nanoseconds(range.upperBound / Self.hourNanoseconds * Self.hourNanoseconds)
                nodes.problems.add(
                    "'\(key)' is \(lower) to \(upper.components.seconds / 3600)h, found \(text.quoted)",
                    at: node.position)
                return nil
            }
            return nanoseconds
        } catch {
            nodes.problems.add("'\(key)': \(error)", at: node.position)
            return nil
        }
    }

    /// One profile's schedule: its own values, then the top level's, then the defaults.
    private func schedule(_ part: Part, or full: Part?, at position: SourcePosition, cellCount: Int?) -> Schedule? {
        guard part.isWhole, let trials = part.trials ?? full?.trials,
            let warmUp = part.warmUp ?? full?.warmUp ?? unnamed,
            let measure = part.measure ?? full?.measure ?? unnamed
        else { return nil }
        let defaultLimit = warmUp + measure + 30 * Self.secondNanoseconds
        let limit = part.timeLimit ?? full?.timeLimit ?? defaultLimit
        // A profile that inherits all three has the top level's fault, which is reported there.
        let isOwn = full == nil || part.timeLimit != nil || part.warmUp != nil || part.measure != nil
        if isOwn, !isVirtual, limit <= warmUp + measure {
            nodes.problems.add(
                "the time limit of \(Duration.nanoseconds(limit).text) is not above warm-up and measure together, "
                    + "\(Duration.nanoseconds(warmUp + measure).text); no trial could end in time",
                at: part.positions["time-limit"] ?? part.positions["measure"] ?? position)
        }
        if let cellCount, cellCount * trials > Declaration.trialMaximum {
            nodes.problems.add(
                "\(trials) trials of \(cellCount) cells are \(cellCount * trials) trials; "
                    + "at most \(Declaration.trialMaximum) are allowed", at: part.positions["trials"] ?? position)
        }
        return Schedule(
            trials: trials, warmUpNanoseconds: warmUp, measureNanoseconds: measure, timeLimitNanoseconds: limit,
            retries: part.retries ?? full?.retries ?? 1)
    }
}
