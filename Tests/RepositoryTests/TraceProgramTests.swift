import Foundation
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// `assay trace` and `assay import` as a user meets them, on a trace of green threads that change OS threads.
@Suite("assay trace and assay import", .timeLimit(.minutes(5)))
struct TraceProgramTests {
    let record =
        "system-simulator --clients 30 --workers 4 --think-time 20ms --warm-up 100ms --measure 700ms --trace t >/dev/null"
    let simulate =
        "system-simulator --clock virtual --clients 15 --warm-up 1s --measure 9s --trace t >/dev/null"

    @Test("a followed write starts on one OS thread and ends on another, and outlives its request")
    func changesThread() async throws {
        let outcome = try await Shell.run("\(record) && COLUMNS=500 assay trace follow t --slowest 100 --stage persist")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let write =
            /Its write outlived it by [0-9.]+ ms; it began on OS thread ([0-9]+) and ended on OS thread ([0-9]+)\./
        let found = outcome.output.matches(of: write)
        #expect(!found.isEmpty)
        #expect(found.allSatisfy { $0.output.1 != $0.output.2 })
        let stage = /[ ]{2}persist[ ]{2,}([0-9]+) → ([0-9]+)[ ]+/
        #expect(!outcome.output.matches(of: stage).isEmpty)
    }

    @Test("a trace that went through JSON lines is the same trace to summary, audit and a second export")
    func roundTrip() async throws {
        for make in [record, simulate] {
            let outcome = try await Shell.run(
                """
                \(make) && assay trace export t --format json -o t.jsonl && assay import t.jsonl --from json-lines -o u &&
                assay trace export u --format json -o u.jsonl && cmp t.jsonl u.jsonl &&
                assay trace summary t | sed '1d; 2s/;.*//' >t.txt && assay trace summary u | sed '1d; 2s/;.*//' >u.txt &&
                cmp t.txt u.txt &&
                assay audit t | tail -n +2 >t.audit; assay audit u | tail -n +2 >u.audit; cmp t.audit u.audit && wc -l <t.txt
                """)
            #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
            #expect(Int(outcome.output.split(separator: "\n").last ?? "") ?? 0 > 50, "\(outcome.output)")
        }
    }

    @Test("events in any order come back in order")
    func disorder() async throws {
        let outcome = try await Shell.run(
            """
            \(simulate) && assay trace export t --format json | tail -n +2 | sort -t: -k3 >shuffled &&
            assay import shuffled --from json-lines -o u && assay trace export u --format csv | sort -s -n -c -t, -k1,1 &&
            assay trace list t --csv | sort | cksum >a && assay trace list u --csv | sort | cksum >b && cmp a b
            """)
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
        #expect(outcome.output.contains("of them put into order"))
    }

    @Test("lines that are no events are counted, said, and dropped events to the audits")
    func unreadable() async throws {
        let outcome = try await Shell.run(
            """
            \(simulate) && (assay trace export t --format json; echo nonsense; echo '{"kind":"request-strat"}') >lines
            assay import lines --from json-lines -o u; echo "status $?"; assay trace summary u
            """)
        #expect(outcome.output.contains("status 1\n"))
        #expect(outcome.output.contains("; 2 events missing from the import\n"))
        #expect(outcome.errors.contains("assay: lines: 2 could not be read: line "))
        #expect(outcome.errors.contains("did you mean 'request-start'?"))
    }

    @Test(
        "what is asked for and not there is answered with what is there, what to ask instead, and status 66",
        arguments: [
            ("follow t --request 4000000000", "there is no request 4000000000; the trace holds requests 1 to "),
            ("follow t --above 1h", "none of the "),
            ("follow t --stage response --slowest 1", "no response was finished"),
            ("filter t --client 99", "no event passes the filter; it holds "),
            ("filter t --from 1h", "no event passes the filter; it holds "),
            ("filter t --longer-than 1h", "none of the "),
            ("export t --format percentiles --stage response", "no response"),
        ])
    func notThere(arguments: String, sentence: String) async throws {
        let outcome = try await Shell.run("\(simulate) && assay trace \(arguments)")
        #expect(outcome.status == 66, "\(outcome.errors)")
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.hasPrefix("assay: t: \(sentence)"), "\(outcome.errors)")
        #expect(outcome.errors.contains("ask for") || outcome.errors.contains("see with"), "\(outcome.errors)")
    }

    @Test(
        "a trace that cannot be read is refused with its place and status",
        arguments: [
            ("follow absent --slowest 1", 66), ("head absent", 66), ("export absent --format csv", 66),
            ("follow text --slowest 1", 65), ("list text", 65), ("head empty", 65), ("export empty --format json", 65),
            ("follow newer --slowest 1", 65), ("follow none --slowest 1", 65), ("filter none --client 1", 65),
        ] as [(String, Int32)])
    func unfit(arguments: String, status: Int32) async throws {
        let outcome = try await Shell.run(
            """
            \(simulate)
            echo nonsense >text; : >empty
            cp t newer && printf '\\011' | dd of=newer bs=1 seek=8 conv=notrunc 2>/dev/null
            head -c 4096 t >none
            assay trace \(arguments)
            """)
        #expect(outcome.status == status, "\(outcome.output)\(outcome.errors)")
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
        if arguments.contains("newer") { #expect(outcome.errors.contains("expected version 1 to 2, found 9")) }
    }

    @Test(
        "of a damaged trace what can be read is shown, and the status is 65",
        arguments: ["follow t --slowest 1", "list t"])
    func damaged(arguments: String) async throws {
        let outcome = try await Shell.run("\(simulate) && truncate -s 60000 t && assay trace \(arguments)")
        #expect(outcome.status == 65)
        #expect(outcome.output.count > 100)
        #expect(outcome.errors.contains("found the end of the file"))
    }

    @Test(
        "a command line that cannot be is refused with status 64 and a sentence",
        arguments: [
            "trace follow t", "trace follow t --slowest 1 --request 2", "trace follow t --slowest 1 --at-most 3",
            "trace follow t --slowest 0",
            "trace follow t --above fast", "trace follow t --above p100", "trace follow t --request 1 --stage persist",
            "trace follow t --slowest 1 --stage think", "trace head t -n 0", "trace filter t --stage persist",
            "trace filter t --kind request-strat", "trace filter t --from 2s --to 1s", "trace filter t --from 5",
            "trace list t --csv --json", "trace export t", "trace export t --format xml",
            "trace export t --format csv --stage persist", "trace export t --format csv --interval 1s",
            "trace export t --format hdrhistogram --interval 1us", "import t", "import t --from json-lines",
            "import t --from xml -o u", "import t --from json-lines --span a=b -o u", "import t --from json-lines -o -",
            "import t --from opentelemetry --span think=x -o u",
        ])
    func usage(arguments: String) async throws {
        let outcome = try await Shell.run(
            "\(simulate) && assay \(arguments); status=$?; [ ! -e u ] || exit 99; exit $status")
        #expect(outcome.status == 64, "\(outcome.output)\(outcome.errors)")
        #expect(!outcome.errors.isEmpty)
    }

    @Test("what cannot be written leaves one sentence, status 73, and what was there before")
    func unwritable() async throws {
        let outcome = try await Shell.run(
            """
            \(simulate); echo kept >file; mkdir folder; ln -s /dev/full link
            for target in folder link no/such/folder; do
                assay trace export t --format csv -o $target; echo "status $?"
            done
            assay import file --from json-lines -o u; echo "status $?"
            assay import t --from json-lines -o file; echo "status $?"
            cat file; ls
            """)
        #expect(
            outcome.output == "status 73\nstatus 73\nstatus 73\nstatus 65\nstatus 65\nkept\nfile\nfolder\nlink\nt\n",
            "\(outcome.output)\(outcome.errors)")
        #expect(outcome.errors.split(separator: "\n").count == 5, "\(outcome.errors)")
    }

    @Test(
        "a disk that fills up while a file is exported leaves nothing on it",
        .enabled(if: geteuid() == 0, "only root can mount a small disk to fill"))
    func fullDisk() async throws {
        let outcome = try await Shell.run(
            """
            \(simulate); mkdir disk; mount -t tmpfs -o size=16k tmpfs disk || exit 0
            assay trace export t --format json -o disk/x; echo "status $?"
            assay import disk/../t.jsonl --from json-lines -o disk/y 2>/dev/null
            assay trace export t --format json -o t.jsonl; assay import t.jsonl --from json-lines -o disk/y; echo "status $?"
            ls disk; umount disk
            """)
        try #require(!outcome.output.isEmpty, "tmpfs cannot be mounted: \(outcome.errors)")
        #expect(outcome.output == "status 73\nstatus 73\n", "\(outcome.output)\(outcome.errors)")
        #expect(outcome.errors.contains("disk/x: cannot write it: no space left on device; free some space"))
    }

    @Test(
        "the official readers take what the program exported of a real run",
        .enabled(if: Python.withReaders != nil, Comment(rawValue: Python.whyReadersNeeded)))
    func readers() async throws {
        let python = try #require(Python.withReaders)
        let script = """
            import sys
            import perfetto.protos.perfetto.trace.perfetto_trace_pb2 as pb
            from hdrh.histogram import HdrHistogram
            from hdrh.log import HistogramLogReader
            trace = pb.Trace()
            trace.ParseFromString(open('p', 'rb').read())
            threads = {p.track_descriptor.uuid: p.track_descriptor.thread.tid for p in trace.packet
                if p.HasField('track_descriptor') and p.track_descriptor.HasField('thread')}
            instants = [p.track_event for p in trace.packet
                if p.HasField('track_event') and p.track_event.type == pb.TrackEvent.TYPE_INSTANT]
            flows = {}
            for event in instants:
                for flow in event.flow_ids: flows.setdefault(flow, set()).add(threads[event.track_uuid])
            assert any(len(on) > 1 for on in flows.values()), 'no arrow leads to another thread'
            lines = open('c').read().splitlines()[1:]
            assert len(instants) == len(lines), (len(instants), len(lines))
            log, counts = HistogramLogReader('h', HdrHistogram(1, 3600000000000, 3)), {}
            while (histogram := log.get_next_interval_histogram()) is not None:
                counts[histogram.get_tag()] = histogram.get_total_count()
            print('request', counts['request'], 'persist', counts['persist'])
            """
        let outcome = try await Shell.run(
            """
            \(record) && assay trace export t --format perfetto >p && assay trace export t --format hdrhistogram -o h &&
            assay trace export t --format csv -o c && \(python) - <<'END' && assay trace summary t
            \(script)
            END
            """)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let counts = try #require(outcome.output.split(separator: "\n").first?.split(separator: " "))
        // The same counts as in the summary's table of stages.
        for (stage, count) in [("request", counts[1]), ("persist", counts[3])] {
            let row = outcome.output.split(separator: "\n").first {
                $0.split(separator: " ").starts(with: [Substring(stage), "all", "by", "request"])
            }
            #expect(row?.split(separator: " ")[4] == count, "\(stage): \(outcome.output)")
        }
    }
}
