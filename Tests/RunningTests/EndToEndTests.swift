import Archiving
import Experiments
import Running
import SystemPackage
import Testing

@Suite("A run with real processes", .timeLimit(.minutes(5)))
struct EndToEndTests {
    @Test("stores traces, output and figures of trials that finish, and the output of those that fail")
    func wholeRun() async throws {
        try await withTemporaryFolder { folder in
            let program = folder.appending("program")
            let results = folder.appending("Results")
            // Trial 1 fails at its first attempt, trial 2 at each.
            try writeScript(
                """
                echo "starting $*"
                case "$1" in
                1) [ -e "$2/tried" ] || { touch "$2/tried"; echo "not yet" >&2; exit 3; } ;;
                2) echo "never" >&2; kill -ABRT $$ ;;
                esac
                echo "events of $1" > trace
                echo '{"requestsDone": 12}'
                """, to: program)
            let plan = Samples.plan(trials: 4, retries: 1, program: program.string)
            let writer = try RunArchive.create(plan: plan, declaration: [], in: results, secondsSinceEpoch: 0)
            let provenance = await ProvenanceCollector.collect(program: program)
            let progress = Collector<RunProgress>()

            let status = try await ExperimentRunner(
                writer: writer, program: program, arguments: { trial, _ in ["\(trial.order)", folder.string] },
                provenance: provenance, executor: ProcessExecutor(launcher: launcher), report: { progress.append($0) }
            ).run()

            #expect(status.finished == 3)
            #expect(status.failed == 1)
            #expect(progress.values.count == 1 + 2 * 6 + 1)
            let archive = try RunArchive.openNewest(experiment: "sample", in: results)
            let records = try archive.completedTrials()
            #expect(records.map(\.order) == [0, 1, 3])
            #expect(records.map(\.attempt) == [1, 2, 1])
            for record in records {
                let files = archive.folder(ofTrial: record.identifier)
                #expect(record.command == [program.string, "\(record.order)", folder.string])
                #expect(record.reported == ["requestsDone": 12])
                #expect(record.elapsedNanoseconds > 0)
                #expect((record.resources?.peakResidentBytes ?? 0) > 100_000)
                #expect(record.provenance == provenance)
                #expect(try FileSystem.read(files.trace) == Array("events of \(record.order)\n".utf8))
                #expect(
                    try FileSystem.names(in: files.path) == [
                        "environment.csv", "errors.txt", "output.txt", "trace", "trial.json",
                    ])
            }
            let failed = try archive.failedAttempts()
            #expect(failed.map(\.order) == [1, 2, 2])
            #expect(
                failed.map(\.outcome) == [
                    .failed(reason: "It ended with status 3. The end of its standard error: not yet"),
                    .failed(reason: "It was killed by signal 6 (SIGABRT). The end of its standard error: never"),
                    .failed(reason: "It was killed by signal 6 (SIGABRT). The end of its standard error: never"),
                ])
            let kept = archive.folder(ofTrial: failed[0].identifier, failedAttempt: 1)
            #expect(try FileSystem.read(kept.output) == Array("starting 1 \(folder)\n".utf8))
        }
    }

    @Test(
        "a program that misbehaves in its folder loses its own trial, and the run goes on",
        arguments: [
            ("rm -rf \"$PWD\"", "It ended with status 0 but left no trace."),
            ("mv \"$PWD\" ../../elsewhere", "It ended with status 0 but left no trace."),
            ("rm -rf ../../block*", "It ended with status 0 but left no trace."),
            ("rm trace; mkdir trace", "It ended with status 0 but left no trace."),
            ("mkdir trial.json.partial trial.json output.txt; mkfifo fifo; ln -s / root", nil),
        ])
    func misbehaviour(deed: String, reason: String?) async throws {
        try await withTemporaryFolder { folder in
            let program = folder.appending("program")
            try writeScript(
                "echo events > trace; [ $1 = 0 ] && { \(deed); }; echo '{}'; exit 0", to: program)
            let plan = Samples.plan(trials: 2, retries: 0, program: program.string)
            let writer = try RunArchive.create(
                plan: plan, declaration: [], in: folder.appending("Results"), secondsSinceEpoch: 0)

            let status = try await ExperimentRunner(
                writer: writer, program: program, arguments: { trial, _ in ["\(trial.order)"] },
                provenance: Samples.provenance(binaryDigest: nil), executor: ProcessExecutor(launcher: launcher),
                report: { _ in }
            ).run()

            #expect(status.finished == (reason == nil ? 2 : 1))
            let nothing = " It wrote nothing to standard error."
            #expect(
                try writer.archive.failedAttempts().map(\.outcome) == reason.map { [.failed(reason: $0 + nothing)] }
                    ?? [])
        }
    }
}
