import Analysis
import Experiments
import TestSupport
import Testing

@testable import Reporting

@Suite("summary.csv and histograms.csv")
struct SummaryCSVTests {
    static let hostile = "<script>\"a\",|\r\n`x`"

    @Test(
        "an independent reader finds every row complete and every number a number",
        .enabled(if: Python.path != nil, Comment(rawValue: Python.whyNeeded)),
        arguments: ["puzzle", "hostile", "large"])
    func readable(name: String) throws {
        let summary =
            switch name {
            case "puzzle": SummaryBuilder.puzzle
            case "large": SummaryBuilder.large
            default: SummaryBuilder.hostile(Self.hostile)
            }
        let script = """
            import csv, io, sys
            text = sys.stdin.buffer.read().decode('utf-8')
            rows = list(csv.DictReader(io.StringIO(text, newline='')))
            assert rows, 'no rows'
            for row in rows:
                assert None not in row and None not in row.values(), row
                for key in ('value', 'interval_lower', 'interval_upper', 'count', 'lower_bound_ns', 'upper_bound_ns'):
                    if row.get(key): float(row[key])
                assert row['verdict'] in ('trusted', 'doubtful', 'invalid'), row
                for key in ('value', 'count'):
                    assert row.get(key, '1') not in ('', '0' if key == 'count' else ''), row
            print(rows[0]['cell'], end='')
            """
        for text in [SummaryCSV(of: summary).text, HistogramsCSV(of: summary).text] {
            #expect(try Python.run(script, input: Array(text.utf8)) == "0")
        }
    }

    @Test("the verdict on a pairing stands in each of its rows")
    func verdict() {
        let rows = SummaryCSV(of: SummaryBuilder.puzzle).text.split(separator: "\n").dropFirst()
        let byThread = rows.filter { $0.contains(",all,thread,") }
        #expect(!byThread.isEmpty)
        #expect(byThread.allSatisfy { $0.contains(",thread,invalid,") })
        #expect(rows.filter { $0.contains(",all,request,") }.allSatisfy { $0.contains(",request,trusted,") })
    }

    @Test("pooled figures, those of the processes and the reference's have rows of their own")
    func estimators() {
        let text = SummaryCSV(of: SummaryBuilder.puzzle).text
        #expect(text.contains(",persist,all,request,trusted,,p99,pooled,50420000,ns,,,\n"))
        #expect(text.contains(",persist,all,request,trusted,,p99,process-mean,50420000,ns,50399832,50440168,5\n"))
        #expect(text.contains(",persist,all,request,trusted,,count,pooled,11976,count,,,\n"))
        #expect(text.contains(",persist,all,thread,invalid,1 2,maximum,reference,17229761375,ns,,,\n"))
        #expect(text.contains(",persist,all,thread,invalid,1 2,pairing.overwritten-starts,sum,5119,count,,,\n"))
        #expect(text.contains(",peak-resident-bytes,process-mean,14680064,bytes,14548992,14811136,5\n"))
    }

    @Test("a factor named like another column gets a name of its own")
    func clash() {
        var declaration = SummaryBuilder.puzzle.declaration
        declaration.factors = [Factor(name: "stage", levels: []), Factor(name: "clients", levels: [])]
        #expect(SummaryCSV.factorColumns(of: declaration) == ["factor.stage", "clients"])
    }

    @Test("the reference's histogram is marked as such")
    func reference() {
        let text = HistogramsCSV(of: SummaryBuilder.puzzle).text
        #expect(text.contains(",thread,invalid,reference,power-of-two,33554432,67108864,1878\n"))
        #expect(text.contains(",thread,invalid,measured,power-of-two,33554432,67108864,2204\n"))
    }

    @Test("an experiment without trials has a header and no invented numbers")
    func empty() {
        let rows = SummaryCSV(of: SummaryBuilder.empty).text.split(separator: "\n")
        #expect(rows.count == 5)
        #expect(rows.dropFirst().allSatisfy { $0.contains(",sum,0,count,") })
        #expect(HistogramsCSV(of: SummaryBuilder.empty).text.split(separator: "\n").count == 1)
    }
}
