// The file's form is that of a table: a line that names the form and its version, a line that names the columns, a line
// a sample. It is written by assay-launcher (environment.c), which has no Swift in it, so the columns stand there too; a
// test runs the launcher and reads what it wrote.

/// The samples of one trial's environment, in the order in which they were taken.
public struct EnvironmentSamples: Sendable, Equatable {
    public var samples: [EnvironmentSample]

    /// The file's version. 1: first.
    static let currentVersion = 1
    private static let form = "# assay environment, version "

    public init(samples: [EnvironmentSample]) { self.samples = samples }

    /// Reads the text of a file.
    ///
    /// No sample at all is no error: the launcher was ended before it could write any.
    ///
    /// - Throws: ``EnvironmentError`` with the line where the text is something else.
    /// - Complexity: Linear in the text's length.
    public init(text: String) throws(EnvironmentError) {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        // The last line ends in a line break too, or was cut off.
        guard lines.popLast() == "" else {
            throw EnvironmentError(line: lines.count + 1, complaint: "the file ends in mid-line")
        }
        try Self.checkVersion(lines.first)
        guard lines.count > 1, lines[1] == Self.header else {
            throw EnvironmentError(line: 2, complaint: "expected the columns \(Self.header)")
        }
        samples = []
        samples.reserveCapacity(lines.count - 2)
        for (index, line) in lines.enumerated().dropFirst(2) {
            let sample = try Self.sample(line, number: index + 1)
            if let last = samples.last, last.nanoseconds >= sample.nanoseconds {
                throw EnvironmentError(
                    line: index + 1,
                    complaint: "expected a time after \(last.nanoseconds), found \(sample.nanoseconds)")
            }
            samples.append(sample)
        }
    }

    private static func checkVersion(_ line: Substring?) throws(EnvironmentError) {
        guard let line, line.hasPrefix(form), let version = Int(line.dropFirst(form.count)) else {
            throw EnvironmentError(line: 1, complaint: "expected '\(form)\(currentVersion)'")
        }
        guard version == currentVersion else {
            throw EnvironmentError(
                line: 1,
                complaint: "expected version \(currentVersion), found \(version); "
                    + "use a release of the same age or newer")
        }
    }

    private static func sample(_ line: Substring, number: Int) throws(EnvironmentError) -> EnvironmentSample {
        let fields = line.split(separator: ",", omittingEmptySubsequences: false)
        guard fields.count == counters.count + 1 else {
            throw EnvironmentError(
                line: number, complaint: "expected \(counters.count + 1) fields, found \(fields.count)")
        }
        guard let time = Int64(fields[0]) else {
            throw EnvironmentError(line: number, complaint: "\(timeName): '\(fields[0])' is no whole number")
        }
        var sample = EnvironmentSample(nanoseconds: time)
        for (field, counter) in zip(fields.dropFirst(), counters) where !field.isEmpty {
            guard let value = Int64(field), value >= 0 else {
                throw EnvironmentError(
                    line: number, complaint: "\(counter.name): '\(field)' is neither empty nor a whole number from 0")
            }
            sample[keyPath: counter.path] = value
        }
        return sample
    }

    private static let timeName = "monotonic_ns"

    private struct Counter: Sendable {
        let name: String
        let path: any WritableKeyPath<EnvironmentSample, Int64?> & Sendable

        init(_ name: String, _ path: any WritableKeyPath<EnvironmentSample, Int64?> & Sendable) {
            self.name = name
            self.path = path
        }
    }

    /// The columns after the time, in the file's order.
    private static let counters: [Counter] = [
        Counter("cpus", \.cpuCount), Counter("busy_ns", \.busyNanoseconds), Counter("idle_ns", \.idleNanoseconds),
        Counter("steal_ns", \.stealNanoseconds), Counter("runnable", \.runnableCount),
        Counter("context_switches", \.contextSwitchCount), Counter("cpu_some_us", \.cpuPressureMicroseconds),
        Counter("memory_some_us", \.memoryPressureMicroseconds), Counter("io_some_us", \.ioPressureMicroseconds),
        Counter("swapped_pages", \.swappedPageCount), Counter("major_faults", \.majorFaultCount),
        Counter("program_cpu_ns", \.programNanoseconds), Counter("program_minor_faults", \.programMinorFaultCount),
        Counter("program_major_faults", \.programMajorFaultCount), Counter("core_throttles", \.coreThrottleCount),
        Counter("group_throttles", \.groupThrottleCount),
        Counter("group_throttled_us", \.groupThrottledMicroseconds),
        Counter("lowest_frequency_khz", \.lowestFrequencyKilohertz), Counter("sampling_ns", \.samplingNanoseconds),
    ]

    private static var header: String { ([timeName] + counters.map(\.name)).joined(separator: ",") }
}

/// What is wrong with a file of samples, and where in it.
public struct EnvironmentError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The line, from 1.
    public var line: Int
    /// What was expected and what was found.
    public var complaint: String

    public init(line: Int, complaint: String) {
        self.line = line
        self.complaint = complaint
    }

    public var description: String { "line \(line): \(complaint)" }
}
