import Glibc
import Testing

@testable import Running

@Suite("What a trial leaves behind", .timeLimit(.minutes(5)))
struct LeftoversTests {
    @Test("counts processes that fork anew faster than they can be looked at, and leaves none of them")
    func shedding() async throws {
        // 20 chains; each link lives 2 ms, starts the next one in a session of its own and ends.
        let attempt = try await execute(
            """
            exec python3 -c "
            import os, time
            for chain in range(20):
                if os.fork() == 0:
                    end = time.monotonic() + 1
                    while time.monotonic() < end:
                        if os.fork(): os._exit(0)
                        os.setsid()
                        time.sleep(0.002)
                    open('pids%d' % chain, 'w').write(str(os.getpid()))
                    time.sleep(1000)
            "
            """)
        #expect(attempt.execution.end == .exited(status: 0))
        #expect(attempt.execution.leftBehind > 0)
        #expect(attempt.execution.survivors == 0)
        #expect(alive(attempt.identifiers) == [])
    }

    @Test("does not count what had ended before the program did, even by SIGKILL")
    func endedBefore() async throws {
        let attempt = try await execute(
            "sleep 1000 & kill -KILL $!; while [ -d /proc/$! ] && ! grep -q 'State:.Z' /proc/$!/status; do :; done")
        #expect(attempt.execution.end == .exited(status: 0))
        #expect(attempt.execution.leftBehind == 0)
    }

    @Test(
        "a program that kills or stops its launcher has failed, and nothing of it is left", arguments: ["KILL", "STOP"])
    func launcherIsAttacked(signal: String) async throws {
        let attempt = try await execute(
            """
            (setsid sh -c 'echo $$ > pids1; while :; do sleep 1; done') &
            sh -c 'echo $$ > pids2; exec sleep 1000' &
            while ! [ -s pids1 ] || ! [ -s pids2 ]; do sleep 0.01; done
            echo $PPID > pids3; echo $$ > pids4
            kill -\(signal) $PPID
            sleep 1000
            """, timeLimit: signal == "KILL" ? .seconds(60) : .seconds(3), patience: .milliseconds(500))
        #expect(
            attempt.execution.end == (signal == "KILL" ? .watcherKilled(signal: SIGKILL) : .watcherHung))
        #expect(attempt.execution.elapsedNanoseconds > 0)
        #expect(attempt.execution.resources == nil)
        #expect(attempt.identifiers.count == 4)
        #expect(try await eventually { alive(attempt.identifiers).isEmpty })
    }
}
