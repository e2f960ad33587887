import Archiving
import Glibc
import Monitoring
import Subprocess
import SystemPackage
import Testing

@testable import Running

/// Runs a script under the launcher and returns what it sampled meanwhile.
///
/// - Parameters:
///   - rows: The most rows that are kept.
///   - machine: The folder in which the launcher finds `proc` and `sys`.
private func sample(
    _ script: String, intervalNanoseconds: Int = 10_000_000, rows: Int = 4096, machine: FilePath = "/"
) async throws -> [EnvironmentSample] {
    try await withTemporaryFolder { folder in
        let program = folder.appending("program")
        let file = folder.appending("environment.csv")
        try writeScript(script, to: program)
        let result = try await launch(
            ["--environment", file.string, "--environment-interval-nanoseconds", "\(intervalNanoseconds)"]
                + ["--environment-rows", "\(rows)", "--machine", machine.string, "--", program.string])
        #expect(result.contains("\"end\":\"exited\",\"code\":0,"))
        #expect(result.contains("\"environmentErrno\":0,"))
        return try EnvironmentSamples(text: try text(file)).samples
    }
}

/// Runs the launcher, whose lifeline is held while it runs, and returns what it reports.
private func launch(_ arguments: [String]) async throws -> String {
    let common = [
        "--time-limit-nanoseconds", "60000000000", "--grace-nanoseconds", "100000000", "--output-limit-bytes", "1000",
        "--output", "/dev/null", "--errors", "/dev/null",
    ]
    var ends: [Int32] = [-1, -1]
    try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0)
    defer { close(ends[1]) }
    let result = try await run(
        .path(launcher), arguments: Arguments(common + arguments),
        input: .fileDescriptor(FileDescriptor(rawValue: ends[0]), closeAfterSpawningProcess: true),
        output: .string(limit: 10_000), error: .string(limit: 10_000))
    #expect(result.terminationStatus == .exited(0), "\(result.standardError)")
    return result.standardOutput
}

/// Writes files below a folder that stands for the root of a machine.
private func withMachine<Result>(
    _ files: [String: String], _ body: (FilePath) async throws -> Result
) async throws -> Result {
    try await withTemporaryFolder { folder in
        for (name, content) in files {
            let path = folder.pushing(FilePath(name))
            try FileSystem().createFolders(path.removingLastComponent())
            try FileSystem().write(Array(content.utf8), to: path)
        }
        return try await body(folder)
    }
}

@Suite("Sampling the environment", .timeLimit(.minutes(5)))
struct EnvironmentSamplingTests {
    @Test("begins before the program and ends after it, with counters that never fall")
    func realMachine() async throws {
        let samples = try await sample("i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done; sleep 0.2")
        #expect(samples.count >= 10)
        let (first, last) = (try #require(samples.first), try #require(samples.last))
        #expect(first.programNanoseconds == 0)
        #expect(first.programMinorFaultCount == 0)
        #expect((last.programNanoseconds ?? 0) > 0)
        #expect((last.programMinorFaultCount ?? 0) > 0)
        #expect(last.nanoseconds - first.nanoseconds >= 200_000_000)
        for (before, after) in zip(samples, samples.dropFirst()) {
            #expect(before.programNanoseconds ?? -1 <= after.programNanoseconds ?? -1)
            #expect(before.contextSwitchCount ?? -1 <= after.contextSwitchCount ?? -1)
            #expect(before.stealNanoseconds ?? -1 <= after.stealNanoseconds ?? -1)
        }
        for sample in samples {
            #expect((sample.cpuCount ?? 0) >= 1)
            #expect((sample.runnableCount ?? -1) >= 0)
            #expect((sample.samplingNanoseconds ?? 0) > 0)
        }
        // All of it lies within what the samples span.
        let figures = EnvironmentFigures(
            of: EnvironmentSamples(samples: samples), startNanoseconds: first.nanoseconds,
            endNanoseconds: last.nanoseconds)
        #expect((figures.programShare ?? 0) > 0)
        #expect(figures.otherLoadShare != nil)
    }

    @Test("tells what a machine tells, and leaves empty what it does not")
    func fakeMachine() async throws {
        let files = [
            "proc/stat": """
            cpu  10 20 30 4000 500 6 7 80 9 1
            cpu0 5 10 15 2000 250 3 3 40 4 0
            cpu1 5 10 15 2000 250 3 4 40 5 1
            intr 12 0 0
            ctxt 987654
            btime 1795818228
            procs_running 4

            """,
            "proc/pressure/cpu": "some avg10=1.00 avg60=0.00 avg300=0.00 total=111\nfull avg10=0.00 total=999\n",
            "proc/pressure/io": "some avg10=1.00 avg60=0.00 avg300=0.00 total=333\n",
            "proc/vmstat": "nr_free_pages 1\npswpin 4\npswpout 5\npgfault 100\npgmajfault 6\n",
            "proc/self/cgroup": "3:cpuset:/\n2:cpu,cpuacct:/outer/inner\n0::/\n",
            "sys/fs/cgroup/cpu/cpu.stat": "nr_periods 0\n",
            "sys/fs/cgroup/cpu/outer/cpu.stat": "nr_periods 9\nnr_throttled 3\nthrottled_time 5000000\n",
            "sys/fs/cgroup/cpu/outer/inner/cpu.stat": "nr_periods 9\nnr_throttled 4\nthrottled_time 6000\n",
            "sys/devices/system/cpu/cpu0/thermal_throttle/core_throttle_count": "7\n",
            "sys/devices/system/cpu/cpu0/cpufreq/scaling_cur_freq": "1200000\n",
        ]
        try await withMachine(files) { machine in
            var sample = try #require(try await sample("exit 0", machine: machine).first)
            sample.samplingNanoseconds = nil
            var expected = EnvironmentSample(nanoseconds: sample.nanoseconds)
            let tick = Int64(1_000_000_000 / sysconf(Int32(_SC_CLK_TCK)))
            expected.cpuCount = 2
            expected.busyNanoseconds = 73 * tick
            expected.idleNanoseconds = 4500 * tick
            expected.stealNanoseconds = 80 * tick
            expected.runnableCount = 3
            expected.contextSwitchCount = 987_654
            expected.cpuPressureMicroseconds = 111
            expected.ioPressureMicroseconds = 333
            expected.swappedPageCount = 9
            expected.majorFaultCount = 6
            expected.programNanoseconds = 0
            expected.programMinorFaultCount = 0
            expected.programMajorFaultCount = 0
            expected.coreThrottleCount = 7
            expected.groupThrottleCount = 7
            expected.groupThrottledMicroseconds = 5006
            expected.lowestFrequencyKilohertz = 1_200_000
            #expect(sample == expected)
        }
    }

    @Test("reads the groups of version 2 as well, wherever they are mounted", arguments: ["", "/unified"])
    func groupsOfVersion2(mount: String) async throws {
        let files = [
            "proc/self/cgroup": "0::/a/b\n",
            "sys/fs/cgroup\(mount)/cpu.stat": "usage_usec 1\n",
            "sys/fs/cgroup\(mount)/a/cpu.stat": "usage_usec 1\nnr_throttled 2\nthrottled_usec 30\n",
            "sys/fs/cgroup\(mount)/a/b/cpu.stat": "usage_usec 1\nnr_throttled 5\nthrottled_usec 700\n",
        ]
        try await withMachine(files) { machine in
            let sample = try #require(try await sample("exit 0", machine: machine).first)
            #expect(sample.groupThrottleCount == 7)
            #expect(sample.groupThrottledMicroseconds == 730)
        }
    }

    @Test("of a machine that tells nothing knows the program alone")
    func silentMachine() async throws {
        try await withMachine([:]) { machine in
            let samples = try await sample("exit 0", machine: machine)
            for var sample in samples {
                sample.samplingNanoseconds = nil
                var expected = EnvironmentSample(nanoseconds: sample.nanoseconds)
                expected.programNanoseconds = sample.programNanoseconds
                expected.programMinorFaultCount = sample.programMinorFaultCount
                expected.programMajorFaultCount = sample.programMajorFaultCount
                #expect(sample == expected)
            }
            #expect(samples.last?.programMinorFaultCount != nil)
        }
    }

    @Test("keeps no more rows than it may, from first to last, ever further apart")
    func bounded() async throws {
        let samples = try await sample("sleep 0.5", intervalNanoseconds: 1_000_000, rows: 16)
        #expect(samples.count <= 16)
        #expect(samples.count >= 8)
        let (first, last) = (try #require(samples.first), try #require(samples.last))
        #expect(first.programNanoseconds == 0)
        #expect(last.nanoseconds - first.nanoseconds >= 500_000_000)
        // A millisecond apart sixteen rows would have ended after sixteen.
        let gaps = zip(samples, samples.dropFirst()).map { $1.nanoseconds - $0.nanoseconds }.dropLast()
        #expect((gaps.max() ?? 0) >= 16_000_000)
    }

    @Test("samples further apart where a sample costs more than a hundredth of the interval")
    func costly() async throws {
        // No kernel prints eight files in the 10 µs that a hundredth of a millisecond is.
        let samples = try await sample("sleep 0.5", intervalNanoseconds: 1_000_000)
        let cheapest = try #require(samples.compactMap(\.samplingNanoseconds).min())
        try #require(cheapest > 10_000)
        let gaps = zip(samples, samples.dropFirst()).map { $1.nanoseconds - $0.nanoseconds }
        // Of the second half, when the interval has been found; a launcher that waits for a CPU comes late, not early.
        let typical = gaps.dropLast().suffix(gaps.count / 2).sorted()
        #expect(typical[typical.count / 2] >= 2_000_000)
        #expect(samples.count < 250)
    }

    @Test("says so in the report when the samples cannot be written")
    func diskFull() async throws {
        let result = try await launch(
            ["--environment", "/dev/full", "--environment-interval-nanoseconds", "10000000"]
                + ["--environment-rows", "16", "--machine", "/", "--", "/bin/true"])
        #expect(result.contains("\"environmentErrno\":28,"))
    }

    @Test("ends the attempt when the samples cannot be written, as with any other file")
    func diskFullForExecutor() async throws {
        try await withAttempt { folder in
            try #require(symlink("/dev/full", TrialFolder(path: folder).environment.string) == 0)
            var request = TrialRequest(
                program: "/bin/true", arguments: [], folder: TrialFolder(path: folder), timeLimit: .seconds(60))
            await #expect(throws: ExecutionError.outputNotStored(.noSpace)) {
                try await ProcessExecutor(launcher: launcher).execute(request)
            }
            request.samplesEnvironment = false
            #expect(try await ProcessExecutor(launcher: launcher).execute(request).end == .exited(status: 0))
        }
    }

    @Test("of an attempt whose launcher was killed leaves a file without samples")
    func launcherIsKilled() async throws {
        try await withAttempt { folder in
            let program = folder.appending("program")
            try writeScript("kill -KILL $PPID; sleep 1000", to: program)
            let files = TrialFolder(path: folder)
            let execution = try await ProcessExecutor(launcher: launcher).execute(
                TrialRequest(program: program, arguments: [], folder: files, timeLimit: .seconds(60)))
            #expect(execution.end == .watcherKilled(signal: SIGKILL))
            #expect(try EnvironmentSamples(text: try text(files.environment)).samples == [])
        }
    }
}
