import Monitoring
import Testing

private let head = """
    # assay environment, version 1
    monotonic_ns,cpus,busy_ns,idle_ns,steal_ns,runnable,context_switches,cpu_some_us,memory_some_us,io_some_us,\
    swapped_pages,major_faults,program_cpu_ns,program_minor_faults,program_major_faults,core_throttles,group_throttles,\
    group_throttled_us,lowest_frequency_khz,sampling_ns

    """

@Suite("Samples of the environment")
struct EnvironmentSamplesTests {
    @Test("are read row by row, where an empty field is unknown")
    func reads() throws {
        let samples = try EnvironmentSamples(
            text: head + "5,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19\n" + "6,,,,,,,,,,,,,,,,,,,\n"
        ).samples
        var first = EnvironmentSample(nanoseconds: 5)
        first.cpuCount = 1
        first.busyNanoseconds = 2
        first.idleNanoseconds = 3
        first.stealNanoseconds = 4
        first.runnableCount = 5
        first.contextSwitchCount = 6
        first.cpuPressureMicroseconds = 7
        first.memoryPressureMicroseconds = 8
        first.ioPressureMicroseconds = 9
        first.swappedPageCount = 10
        first.majorFaultCount = 11
        first.programNanoseconds = 12
        first.programMinorFaultCount = 13
        first.programMajorFaultCount = 14
        first.coreThrottleCount = 15
        first.groupThrottleCount = 16
        first.groupThrottledMicroseconds = 17
        first.lowestFrequencyKilohertz = 18
        first.samplingNanoseconds = 19
        #expect(samples == [first, EnvironmentSample(nanoseconds: 6)])
    }

    @Test("may be none: the launcher was ended before it could write any")
    func none() throws {
        #expect(try EnvironmentSamples(text: head).samples == [])
    }

    static let rest = ",,,,,,,,,,,,,,,,,,,"
    static let damages: [(text: String, complaint: String)] = [
        ("", "line 1: expected '# assay environment, version 1'"), ("#", "line 1: the file ends in mid-line"),
        ("question: why?\n", "line 1: expected '# assay environment, version 1'"),
        (
            "# assay environment, version 2\n",
            "line 1: expected version 1, found 2; use a release of the same age or newer"
        ),
        (
            "# assay environment, version 1\nmonotonic_ns,cpus\n",
            "line 2: expected the columns \(head.split(separator: "\n")[1])"
        ),
        (head + "5\(rest)\n7,", "line 4: the file ends in mid-line"),
        (head + "5\(rest)\n6,\n", "line 4: expected 20 fields, found 2"),
        (head + "soon\(rest)\n", "line 3: monotonic_ns: 'soon' is no whole number"),
        (head + "5,,,-1\(rest.dropFirst(3))\n", "line 3: idle_ns: '-1' is neither empty nor a whole number from 0"),
        (head + "5\(rest)\n5\(rest)\n", "line 4: expected a time after 5, found 5"),
    ]

    @Test("are refused with the line where a file is something else", arguments: damages.indices)
    func refuses(index: Int) {
        let error = #expect(throws: EnvironmentError.self) { try EnvironmentSamples(text: Self.damages[index].text) }
        #expect(error?.description == Self.damages[index].complaint)
    }
}
