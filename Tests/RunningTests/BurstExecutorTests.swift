import Archiving
import Foundation
import Glibc
import SystemPackage
import Testing

@testable import Running

@Suite("Running a burst", .timeLimit(.minutes(5)))
struct BurstExecutorTests {
    /// Runs shell scripts as a burst in a folder of its own.
    private func burst(
        _ scripts: [String], order: [Int], timeLimit: Duration = .seconds(60), samplesEnvironment: Bool = false,
        outputLimitBytes: Int = 1 << 16, _ body: (TrialFolder, BurstExecution) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { path in
            let folder = TrialFolder(path: path)
            try FileSystem().createFolder(folder.work)
            let executor = BurstExecutor(
                launcher: launcher, grace: .milliseconds(200), outputLimitBytes: outputLimitBytes)
            let execution = try await executor.execute(
                BurstRequest(
                    commands: scripts.map { Command(program: "/bin/sh", arguments: ["-c", $0, "shell", "a  b", ""]) },
                    order: order, folder: folder, timeLimit: timeLimit, samplesEnvironment: samplesEnvironment))
            try await body(folder, execution)
        }
    }

    private func lines(_ folder: TrialFolder, _ name: String) throws -> [String] {
        String(decoding: try FileSystem.read(folder.work.appending(name)), as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    }

    @Test("runs each command as often and in the order as asked, one after the other, and measures each")
    func order() async throws {
        let scripts = ["echo first >>log; echo out", "printf 'second %s|%s\\n' \"$1\" \"$2\" >>log; echo err >&2"]
        try await burst(scripts, order: [1, 0, 0, 1]) { folder, execution in
            #expect(execution.failure == nil)
            let log = try lines(folder, "log")
            #expect(log == ["second a  b|", "first", "first", "second a  b|"])
            let measurements = execution.measurements
            #expect(measurements.count == 4)
            for (earlier, later) in zip(measurements, measurements.dropFirst()) {
                #expect(earlier.startNanoseconds + earlier.elapsedNanoseconds <= later.startNanoseconds)
            }
            for measurement in measurements {
                #expect(measurement.elapsedNanoseconds > 0)
                #expect(measurement.resources.minorFaults > 0)
            }
        }
    }

    @Test("the peak memory is the program's own: unknown, as 0, where it is hidden behind that of the launcher")
    func peak() async throws {
        let scripts = [":", "x=$(head -c 8000000 /dev/zero | tr '\\0' x); :"]
        try await burst(scripts, order: [0, 1]) { _, execution in
            #expect(execution.failure == nil)
            #expect(execution.measurements.first?.resources.peakResidentBytes == 0)
            #expect((execution.measurements.last?.resources.peakResidentBytes ?? 0) > 8_000_000)
        }
    }

    @Test("stops at the first run that fails, and says what happened and what it wrote")
    func stops() async throws {
        let scripts = ["echo x >>log; echo fine >&2", "echo y >>log; echo no bread >&2; exit 3"]
        try await burst(scripts, order: [0, 0, 1, 0]) { folder, execution in
            let log = try lines(folder, "log")
            #expect(log == ["x", "x", "y"])
            #expect(execution.measurements.count == 2)
            let failure = try #require(execution.failure)
            #expect(failure.place == 2)
            #expect(failure.execution.end == .exited(status: 3))
            #expect(failure.execution.elapsedNanoseconds > 0)
            #expect(failure.errors == "no bread\n")
        }
    }

    @Test(
        "tells how a run ended",
        arguments: [
            ("kill -SEGV $$", TrialExecution.End.killed(signal: SIGSEGV)), ("exec sleep 100", .overTimeLimit),
            ("trap '' TERM; while :; do :; done", .overTimeLimit),
            ("yes >&2", .outputTooLong(limitBytes: 1 << 16)),
            ("kill -KILL $PPID; sleep 1", .watcherKilled(signal: SIGKILL)),
        ])
    func ends(script: String, end: TrialExecution.End) async throws {
        try await burst([":", script], order: [0, 1, 0], timeLimit: .milliseconds(500)) { _, execution in
            #expect(execution.measurements.count == 1)
            #expect(execution.failure?.place == 1)
            #expect(execution.failure?.execution.end == end)
        }
    }

    @Test("what a run leaves behind is killed, and the run does not count")
    func leftBehind() async throws {
        try await burst(["setsid sleep 1000 & echo $! >pid; :"], order: [0, 0]) { folder, execution in
            #expect(execution.measurements.isEmpty)
            #expect(execution.failure?.execution.end == .exited(status: 0))
            #expect((execution.failure?.execution.leftBehind ?? 0) >= 1)
            let identifier = try #require(Int32(try lines(folder, "pid")[0]))
            #expect(kill(identifier, 0) != 0 && errno == ESRCH)
        }
    }

    @Test(
        "gives each run a scrubbed environment, no input, default signals, a session of its own and three descriptors")
    func environment() async throws {
        let script = """
            { env | grep -v -e ^PWD= -e ^SHLVL= -e ^_= -e ^OLDPWD= | sort; cat
            grep -e SigBlk -e SigIgn /proc/self/status | tr -d '\\t'; ls /proc/self/fd | wc -l
            cut -d' ' -f6 /proc/$$/stat | grep -cx $$; } >log
            """
        try await burst([script], order: [0]) { folder, execution in
            #expect(execution.failure == nil, "\(String(describing: execution.failure))")
            let log = try lines(folder, "log")
            #expect(
                log == [
                    "LC_ALL=C", "PATH=/usr/bin:/bin", "TZ=UTC", "SigBlk:0000000000000000", "SigIgn:0000000000000000",
                    "4",
                    "1",
                ])
        }
    }

    @Test("watches the machine from before the first run to after the last, the runs' CPU time among it")
    func samples() async throws {
        try await burst(
            ["i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done"], order: [0, 0, 0], samplesEnvironment: true
        ) {
            folder, execution in
            let text = String(decoding: try FileSystem.read(folder.environment), as: UTF8.self)
            let rows = text.split(separator: "\n").dropFirst(2).map {
                $0.split(separator: ",", omittingEmptySubsequences: false)
            }
            let (first, last) = (try #require(rows.first), try #require(rows.last))
            #expect(try #require(Int64(first[0])) <= execution.measurements[0].startNanoseconds)
            let end = execution.measurements[2].startNanoseconds + execution.measurements[2].elapsedNanoseconds
            #expect(try #require(Int64(last[0])) >= end)
            #expect(try #require(Int64(last[12])) > (try #require(Int64(first[12]))))
        }
    }

    @Test("a command that cannot be started is an error with the step and the reason")
    func cannotStart() async throws {
        let executor = BurstExecutor(launcher: launcher)
        await #expect(throws: BurstError.execution(.cannotStart(step: "exec", error: .noSuchFileOrDirectory))) {
            try await executor.run(
                [Command(program: "/nowhere", arguments: [])], order: [0], timeLimit: .seconds(1))
        }
    }

    @Test("a failure is one sentence with the command, the run and the reason")
    func sentence() async throws {
        let executor = BurstExecutor(launcher: launcher)
        let error = await #expect(throws: BurstError.self) {
            try await executor.run(
                [Command(program: "/bin/sh", arguments: ["-c", "echo why >&2; exit 4"])], order: [0],
                timeLimit: .seconds(5))
        }
        #expect(
            error?.description
                == "/bin/sh -c echo why >&2; exit 4 failed in run 1: It ended with status 4. The end of its standard error: why"
        )
    }

    @Test("cancelled, it ends what runs and leaves nothing")
    func cancels() async throws {
        try await withTemporaryFolder { path in
            let mark = path.appending("pid")
            let task = Task {
                try await BurstExecutor(launcher: launcher, grace: .milliseconds(200)).run(
                    [Command(program: "/bin/sh", arguments: ["-c", "echo $$ >\(mark); exec sleep 1000"])],
                    order: [0, 0], timeLimit: .seconds(600))
            }
            #expect(try await eventually { FileSystem.size(of: mark).map { $0 > 1 } ?? false })
            let text = String(decoding: try FileSystem.read(mark), as: UTF8.self)
            let identifier = try #require(Int32(text.dropLast()))
            task.cancel()
            await #expect(throws: BurstError.execution(.cancelled)) { try await task.value }
            #expect(kill(identifier, 0) != 0 && errno == ESRCH)
        }
    }

    @Test("nothing to run is nothing measured")
    func empty() async throws {
        let executor = BurstExecutor(launcher: "/nowhere")
        #expect(
            try await executor.run([Command(program: "/bin/true", arguments: [])], order: [], timeLimit: .seconds(1))
                == [])
    }

    @Test("the records are read up to the last whole line")
    func records() throws {
        let line = "0,5,100,1,2,4096,0,0,7,0\n"
        #expect(try BurstRecords.read("") == [])
        #expect(try BurstRecords.read(String(BurstRecords.head.dropLast(4))) == [])
        #expect(try BurstRecords.read(BurstRecords.head + line + "1,7,1").map(\.elapsedNanoseconds) == [100])
        for text in [
            "x", BurstRecords.head + "1" + line, BurstRecords.head + "0,5\n",
            BurstRecords.head + "0,-5,1,1,2,4,0,0,7,0\n",
        ] {
            #expect(throws: ExecutionError.self) { try BurstRecords.read(text) }
        }
    }

    @Test("the file of a burst counts commands, words and runs, and ends each field with a NUL")
    func file() {
        let commands = [Command(program: "/a", arguments: ["", "x y"]), Command(program: "/b", arguments: [])]
        #expect(
            BurstFile(commands, order: [1, 0]).bytes
                == Array("2\u{0}3\u{0}/a\u{0}\u{0}x y\u{0}1\u{0}/b\u{0}2\u{0}1\u{0}0\u{0}".utf8))
    }
}
