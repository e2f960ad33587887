import Monitoring

/// What was seen of a machine over a short time in which nothing of this package was measured.
public struct MachineLook: Sendable, Equatable {
    public var seconds: Double
    /// Over those seconds; the program is one that slept.
    public var figures: EnvironmentFigures
    /// The process that used most CPU time meanwhile; nil where none used any, or nobody can tell.
    public var busiest: BusyProcess?

    public init(seconds: Double, figures: EnvironmentFigures, busiest: BusyProcess?) {
        self.seconds = seconds
        self.figures = figures
        self.busiest = busiest
    }
}

/// A process and what it took of a CPU.
public struct BusyProcess: Sendable, Equatable {
    public var identifier: Int32
    public var name: String
    /// Of one CPU; more than 1 where it has several threads.
    public var share: Double

    public init(identifier: Int32, name: String, share: Double) {
        self.identifier = identifier
        self.name = name
        self.share = share
    }
}

/// The CPU time of all processes at one moment.
public struct ProcessTimes: Sendable {
    private var ticks: [Int32: (name: String, start: Substring, ticks: Int)] = [:]

    /// Reads `/proc/PID/stat` of all processes that there are.
    public init(_ files: MachineFiles) {
        for name in files.list("/proc") {
            guard let identifier = Int32(name), let text = files.text("/proc/\(name)/stat") else { continue }
            // `identifier (name) state parent …`; the name may hold spaces and brackets.
            guard let open = text.firstIndex(of: "("), let close = text.lastIndex(of: ")"), open < close else {
                continue
            }
            let fields = text[close...].split(separator: " ")
            guard fields.count > 20, let user = Int(fields[12]), let system = Int(fields[13]) else { continue }
            ticks[identifier] = (String(text[text.index(after: open)..<close]), fields[20], user + system)
        }
    }

    /// Who used most CPU time from this moment to a later one.
    ///
    /// - Parameters:
    ///   - ticksPerSecond: Of the counts in `/proc`, 100 nearly everywhere.
    ///   - own: Processes that do not count.
    public func busiest(
        until later: ProcessTimes, seconds: Double, ticksPerSecond: Int, except own: Set<Int32>
    ) -> BusyProcess? {
        var busiest: BusyProcess?
        // In ascending order, so that among equals the same one is named each time.
        for (identifier, process) in later.ticks.sorted(by: { $0.key < $1.key }) where !own.contains(identifier) {
            // The start tells whether it is the same process; the name does not, kernel threads change theirs.
            let before = ticks[identifier].map { $0.start == process.start ? $0.ticks : 0 } ?? 0
            let share = Double(process.ticks - before) / Double(ticksPerSecond) / seconds
            guard share > 0, share > busiest?.share ?? 0 else { continue }
            busiest = BusyProcess(identifier: identifier, name: process.name, share: share)
        }
        return busiest
    }
}
