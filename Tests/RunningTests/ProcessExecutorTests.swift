import Archiving
import Foundation
import Glibc
import SystemPackage
import Testing

@testable import Running

@Suite("Running a process", .timeLimit(.minutes(5)))
struct ProcessExecutorTests {
    @Test("keeps output and errors, and reports status, time and resources")
    func success() async throws {
        let attempt = try await execute("echo out $1; echo err >&2", arguments: ["a  b"])
        let execution = attempt.execution
        #expect(execution.end == .exited(status: 0))
        #expect(execution.elapsedNanoseconds > 0)
        let resources = try #require(execution.resources)
        #expect(resources.peakResidentBytes > 100_000)
        #expect(resources.userNanoseconds + resources.systemNanoseconds > 0)
        #expect(resources.minorFaults > 0)
        #expect(execution.leftBehind == 0)
        #expect(attempt.output == "out a b\n")
        #expect(attempt.errors == "err\n")
    }

    @Test(
        "tells statuses from signals",
        arguments: [
            ("exit 3", TrialExecution.End.exited(status: 3)), ("exit 127", .exited(status: 127)),
            ("kill -SEGV $$", .killed(signal: SIGSEGV)), ("kill -KILL $$", .killed(signal: SIGKILL)),
            // A program that ends itself by the signal that we would send is not taken for one that we ended.
            ("kill -TERM $$", .killed(signal: SIGTERM)),
        ])
    func ends(script: String, end: TrialExecution.End) async throws {
        #expect(try await execute(script).execution.end == end)
    }

    @Test("gives the program a scrubbed environment, no standard input, default signals and three descriptors")
    func environment() async throws {
        let attempt = try await execute(
            """
            env | grep -v -e ^PWD= -e ^SHLVL= -e ^_= -e ^OLDPWD= | sort
            cat
            grep -e SigBlk -e SigIgn /proc/self/status | tr -d '\\t'
            # Three, and the folder that ls reads.
            ls /proc/self/fd | wc -l
            """)
        #expect(
            attempt.output == """
                LC_ALL=C
                PATH=/usr/bin:/bin
                TZ=UTC
                SigBlk:0000000000000000
                SigIgn:0000000000000000
                4

                """)
    }

    @Test("starts a program that was built by SwiftPM, without LD_LIBRARY_PATH")
    func swiftProgram() async throws {
        let attempt = try await execute("exec \(launcher.removingLastComponent())/system-simulator --help")
        #expect(attempt.execution.end == .exited(status: 0), "\(attempt.errors)")
    }

    @Test("ends a program that hangs, at its time limit, with SIGTERM")
    func timeLimit() async throws {
        let attempt = try await execute(
            "trap 'echo asked; exit 0' TERM; while :; do sleep 0.01; done", timeLimit: .milliseconds(300),
            grace: .seconds(20))
        #expect(attempt.execution.end == .overTimeLimit)
        #expect(attempt.execution.elapsedNanoseconds >= 300_000_000)
        #expect(attempt.output == "asked\n")
    }

    @Test("kills a program that ignores SIGTERM, with all that it started, whatever it ignores or detaches")
    func stubbornTree() async throws {
        let attempt = try await execute(
            """
            trap '' TERM HUP INT
            (setsid sh -c 'echo $$ > pids1; while :; do sleep 1; done') &
            sh -c 'echo $$ > pids2; while :; do sleep 1; done' &
            setsid setsid sh -c 'setsid sleep 1000 & echo $! > pids3; exit' &
            echo $$ > pids4
            while :; do sleep 1; done
            """, timeLimit: .seconds(2))
        #expect(attempt.execution.end == .overTimeLimit)
        #expect(attempt.identifiers.count == 4)
        #expect(alive(attempt.identifiers) == [])
    }

    @Test("kills and counts what a program leaves behind")
    func leftBehind() async throws {
        let attempt = try await execute(
            """
            setsid sh -c 'echo $$ > pids1; exec sleep 1000' &
            sh -c 'trap "" TERM HUP; echo $$ > pids2; while :; do sleep 1000; done' &
            while ! [ -s pids1 ] || ! [ -s pids2 ]; do sleep 0.01; done
            """)
        #expect(attempt.execution.end == .exited(status: 0))
        #expect(attempt.execution.leftBehind >= 2)
        #expect(attempt.identifiers.count == 2)
        #expect(alive(attempt.identifiers) == [])
    }

    @Test("ends a program that writes without end, and keeps the first bytes", arguments: ["", ">&2"])
    func hugeOutput(redirection: String) async throws {
        let attempt = try await execute("exec yes \(redirection)", outputLimitBytes: 100_000)
        #expect(attempt.execution.end == .outputTooLong(limitBytes: 100_000))
        #expect(attempt.output.utf8.count + attempt.errors.utf8.count == 100_000)
    }

    @Test("keeps output of just the allowed size, to the last byte")
    func fullOutput() async throws {
        let attempt = try await execute("head -c 99999 /dev/zero; echo", outputLimitBytes: 100_000)
        #expect(attempt.execution.end == .exited(status: 0))
        #expect(attempt.output.utf8.count == 100_000)
        #expect(attempt.output.hasSuffix("\n"))
    }

    @Test(
        "tells a program that cannot be started from one that fails",
        arguments: [
            ("/nonexistent/program", Errno.noSuchFileOrDirectory), ("/etc/passwd", .permissionDenied),
        ])
    func cannotStart(program: String, error: Errno) async throws {
        try await withAttempt { folder in
            let request = TrialRequest(
                program: FilePath(program), arguments: [], folder: TrialFolder(path: folder), timeLimit: .seconds(60))
            await #expect(throws: ExecutionError.cannotStart(step: "exec", error: error)) {
                try await ProcessExecutor(launcher: launcher).execute(request)
            }
        }
    }

    @Test("says so when output cannot be stored")
    func diskFull() async throws {
        try await withAttempt { folder in
            try #require(symlink("/dev/full", folder.appending("output.txt").string) == 0)
            let request = TrialRequest(
                program: "/bin/echo", arguments: ["text"], folder: TrialFolder(path: folder), timeLimit: .seconds(60))
            await #expect(throws: ExecutionError.outputNotStored(.noSpace)) {
                try await ProcessExecutor(launcher: launcher).execute(request)
            }
        }
    }

    @Test("says so when the launcher is missing or fails")
    func launcherFails() async throws {
        try await withAttempt { folder in
            let request = TrialRequest(
                program: "/bin/true", arguments: [], folder: TrialFolder(path: folder), timeLimit: .seconds(60))
            for launcher in ["/nonexistent/launcher", "/bin/false"] as [FilePath] {
                let error = await #expect(throws: ExecutionError.self) {
                    try await ProcessExecutor(launcher: launcher).execute(request)
                }
                guard case .launcher = error else {
                    Issue.record("\(launcher): \(String(describing: error))")
                    continue
                }
            }
        }
    }

    @Test("ends the program's tree when the task is cancelled")
    func cancellation() async throws {
        try await withAttempt { folder in
            let program = folder.appending("program")
            let pids = TrialFolder(path: folder).work.appending("pids")
            try writeScript(
                """
                setsid sh -c 'echo $$ >> pids; exec sleep 1000' &
                while ! [ -s pids ]; do sleep 0.01; done
                echo $$ >> pids
                exec sleep 1000
                """, to: program)
            let request = TrialRequest(
                program: program, arguments: [], folder: TrialFolder(path: folder), timeLimit: .seconds(60))
            let task = Task { () async -> ExecutionError? in
                do throws(ExecutionError) {
                    _ = try await ProcessExecutor(launcher: launcher, grace: .seconds(5)).execute(request)
                    return nil
                } catch {
                    return error
                }
            }
            #expect(try await eventually { try identifiers(in: pids).count == 2 })

            task.cancel()

            #expect(await task.value == .cancelled)
            #expect(try alive(identifiers(in: pids)) == [])
        }
    }

    @Test("leaves nothing when the harness is killed by SIGKILL in mid-trial")
    func harnessIsKilled() async throws {
        try await withAttempt { folder in
            let program = folder.appending("program")
            let pids = TrialFolder(path: folder).work.appending("pids")
            try writeScript(
                """
                trap '' TERM
                (trap '' TERM; setsid sh -c 'echo $$ >> pids; while :; do sleep 1; done') &
                echo $PPID >> pids
                echo $$ >> pids
                while :; do sleep 1; done
                """, to: program)
            await #expect(processExitsWith: .signal(SIGKILL)) { [place = folder.string as String] in
                let folder = FilePath(place)
                let request = TrialRequest(
                    program: folder.appending("program"), arguments: [], folder: TrialFolder(path: folder),
                    timeLimit: .seconds(60))
                async let execution = ProcessExecutor(launcher: launcher, grace: .milliseconds(100)).execute(request)
                if try await eventually({
                    try identifiers(in: TrialFolder(path: folder).work.appending("pids")).count == 3
                }) {
                    kill(getpid(), SIGKILL)
                }
                _ = try await execution
            }
            // The launcher is one of the three.
            let started = try identifiers(in: pids)
            #expect(started.count == 3)
            #expect(try await eventually { alive(started).isEmpty })
        }
    }
}
