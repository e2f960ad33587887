import Testing

/// Where the commands on traces write, and how wide.
extension TraceProgramTests {
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
            lines.contains {
                $0.hasPrefix("assay: Results/small: is a folder; name one of its traces: Results/small/runs/")
            })
        #expect(lines.contains { $0.hasSuffix("/trace, and 1 more") }, "\(outcome.output)\(outcome.errors)")
        #expect(lines.contains("assay: empty: is a folder without a stored run; name a trace file"))
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
}
