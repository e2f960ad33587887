import Foundation
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// `assay trace` and `assay import` as a user meets them, on a trace of green threads that change OS threads.
@Suite("assay trace and assay import", .timeLimit(.minutes(5)))
struct TraceProgramTests {
    private let record =
        "system-simulator --clients 30 --workers 4 --think-time 20ms --warm-up 100ms --measure 700ms --trace t >/dev/null"
    private let simulate =
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

    @Test("what is printed of a trace fits into 80 columns, or into as many as there are")
    func widths() async throws {
        let commands = "for c in summary head 'follow --slowest 2'; do assay trace $c t; done; assay audit t"
        func widest(_ columns: String) async throws -> Int {
            let outcome = try await Shell.run("\(record) && export \(columns) && { \(commands); }; true")
            return outcome.output.split(separator: "\n").map(\.count).max() ?? 0
        }
        let usual = try await widest("TERM=dumb; unset COLUMNS")
        #expect(usual > 60 && usual <= 80)
        #expect(try await widest("COLUMNS=120") > 80)
    }

    @Test("who names a folder of results is told which traces its newest run has")
    func folder() async throws {
        let outcome = try await Shell.run(
            """
            cat >small.yaml <<'END'
            question: Where are the traces?
            program: system-simulator
            fixed: { clock: virtual }
            factors: { clients: [1, 2, 3, 4] }
            trials: 1
            warm-up: 1s
            measure: 20s
            stages: [request]
            pairings: [request]
            END
            assay run small.yaml >/dev/null 2>&1; mkdir empty
            assay trace follow Results/small --slowest 1 2>told; echo "status $?"; cat told
            assay trace summary empty 2>&1; echo "status $?"
            trace=$(grep -o 'Results/small/runs/[^ ,]*/trace' told | head -n 1)
            assay trace follow "$trace" --slowest 1 >/dev/null; echo "status $?"
            $(grep -m 1 -o 'assay trace follow Results/.*' Results/small/slowest.md) >/dev/null; echo "status $?"
            """)
        let lines = outcome.output.split(separator: "\n")
        #expect(lines.filter { $0.hasPrefix("status") } == ["status 66", "status 66", "status 0", "status 0"])
        #expect(
            lines.contains { $0.hasPrefix("assay: Results/small: is a folder; name one of its traces: Results/small/runs/") })
        #expect(lines.contains { $0.hasSuffix("/trace, and 1 more") }, "\(outcome.output)\(outcome.errors)")
        #expect(lines.contains("assay: empty: is a folder without a stored run; name a trace file"))
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

    @Test("the file that is read is not written over, by whatever name, and no name is refused")
    func ownInput() async throws {
        let outcome = try await Shell.run(
            """
            \(simulate); assay trace export t --format json -o t.jsonl; ln t hard; ln -s t.jsonl soft; cksum t t.jsonl >before
            for target in t ./t hard; do assay trace export t --format json -o $target; echo "status $?"; done
            for target in t.jsonl soft; do assay import t.jsonl --from json-lines -o $target; echo "status $?"; done
            assay import - --from json-lines -o t.jsonl <t.jsonl; echo "status $?"
            assay trace export t --format csv -o ''; echo "status $?"
            cksum t t.jsonl | cmp - before && ls
            """)
        #expect(
            outcome.output == String(repeating: "status 64\n", count: 7) + "before\nhard\nsoft\nt\nt.jsonl\n",
            "\(outcome.output)\(outcome.errors)")
        #expect(outcome.errors.contains("assay: ./t: is the file that is read; name another one with -o\n"))
        #expect(outcome.errors.contains("assay: -o is empty; name a file"))
    }

    @Test("standard output that cannot be written is said, with status 73")
    func fullOutput() async throws {
        let outcome = try await Shell.run(
            """
            \(simulate)
            for command in "trace list t" "trace summary t" "trace export t --format csv" "--help" "trace --help" "--version"; do
                assay $command >/dev/full; echo "status $?"
            done
            """)
        #expect(outcome.output == String(repeating: "status 73\n", count: 6), "\(outcome.output)")
        let sentence = "assay: standard output cannot be written: no space left on device"
        #expect(outcome.errors.split(separator: "\n").map(String.init) == Array(repeating: sentence, count: 6))
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
