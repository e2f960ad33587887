import Testing
import TraceModel

@testable import Experiments

@Suite("Reference figures")
struct ReferenceReaderTests {
    /// The reference of a good declaration whose files hold the given texts, or the errors as printed.
    private static func outcome(figures: String, histogram: String? = nil) -> (reference: Reference?, errors: String) {
        let files = ["f.csv": figures, "h.csv": histogram ?? ""]
        let name = histogram == nil ? "figures: f.csv" : "figures: f.csv, histogram: h.csv"
        let text = BadDeclaration.good + "reference: {source: A book, \(name)}\n"
        do {
            let declaration = try DeclarationReader.read(bytes: Array(text.utf8), path: "e/x.yaml") {
                path throws(FileFailure) in
                Array((files[path] ?? "").utf8)
            }
            return (declaration.reference, "")
        } catch {
            return (nil, error.description)
        }
    }

    @Test("a row is a metric under a pairing where the parameters that are not empty have these values")
    func reads() throws {
        let (reference, errors) = Self.outcome(
            figures: """
                metric,pairing,clients,write-delay,value,unit
                persist.mean,thread,15,"50ms + normal(10ms, 5ms)",95680837,ns
                blocked-share,,125,,37.7422,%
                throughput,,1,,1,/s\r
                persist.count,request,,50ms,1976,

                """,
            histogram: """
                pairing,stage,write-delay,count,lower_bound_nanoseconds
                thread,persist,50ms,4,16384
                request,persist,,9,16384
                thread,persist,50ms,0,32768

                """)
        #expect(errors == "")
        let found = try #require(reference)
        #expect(found.source == "A book")
        #expect(
            found.figures.prefix(1) == [
                ReferenceFigure(
                    metric: .stage(.persist, .all, .mean), pairing: .thread,
                    parameters: ["clients": "15", "write-delay": "50ms + normal(10ms, 5ms)"], value: 95_680_837)
            ])
        #expect(found.figures[1].parameters == ["clients": "125"])
        #expect(abs(found.figures[1].value - 0.377422) < 1e-12)
        #expect(found.figures[1].pairing == nil)
        #expect(found.figures[2].value == 1)
        #expect(found.figures[3].value == 1976)
        #expect(
            found.histograms == [
                ReferenceHistogram(
                    stage: .persist, pairing: .thread, parameters: ["write-delay": "50ms"],
                    buckets: [
                        ReferenceBucket(lowerBoundNanoseconds: 16384, count: 4),
                        ReferenceBucket(lowerBoundNanoseconds: 32768, count: 0),
                    ]),
                ReferenceHistogram(
                    stage: .persist, pairing: .request, parameters: [:],
                    buckets: [ReferenceBucket(lowerBoundNanoseconds: 16384, count: 9)]),
            ])
    }

    @Test(
        "a table that does not fit is refused at its place",
        arguments: [
            ("", "e/f.csv:1:1: the file is empty; its first line names the columns"),
            (
                "metric,value,unit\n",
                "e/f.csv:1:1: the column 'pairing' is missing"
            ),
            (
                "metric,pairing,value,unit,client\n",
                "e/f.csv:1:27: the column 'client' is no parameter of system-simulator; did you mean 'clients'? "
                    + "allowed: metric, pairing, value, unit, clients, permits, queue, writes, write-delay, network-delay, "
                    + "arrivals, think-time, start, stall, clock, runtime, workers, spin"
            ),
            ("metric,pairing,value,unit,unit\n", "e/f.csv:1:27: the column 'unit' stands twice"),
            ("metric,pairing,value,unit\nthroughput,,1\n", "e/f.csv:2:1: 3 fields, but the header has 4"),
            (
                "metric,pairing,value,unit\ntroughput,,1,/s\n",
                "e/f.csv:2:1: unknown metric 'troughput'; did you mean 'throughput'?"
            ),
            (
                "metric,pairing,value,unit\npersist.mean,,1,ns\n",
                "e/f.csv:2:14: 'persist.mean' needs the pairing request or thread, found ''"
            ),
            (
                "metric,pairing,value,unit\nthroughput,thread,1,/s\n",
                "e/f.csv:2:12: 'throughput' has no pairing: leave it empty, found 'thread'"
            ),
            (
                "metric,pairing,value,unit\nthroughput,,1,ns\n",
                "e/f.csv:2:13: '1 ns' is a duration, but 'throughput' is compared with a rate, as in 133.24/s"
            ),
            (
                "metric,pairing,value,unit\nthroughput,,1,/s\nthroughput,,2,/s\n",
                "e/f.csv:3:1: a second figure for the same metric, pairing and parameters"
            ),
            (
                "metric,pairing,value,unit\nthroughput,,\"1,/s\n",
                "e/f.csv:2:13: a quote out of place; a quoted field stands between commas and is closed"
            ),
        ])
    func refuses(figures: String, errors: String) {
        #expect(Self.outcome(figures: figures).errors == errors)
    }

    @Test(
        "a histogram that does not fit is refused at its place",
        arguments: [
            (
                "stage,pairing,lower_bound_nanoseconds,count\npersist,thread,2,1\npersist,thread,2,1\n",
                "e/h.csv:3:1: the bounds do not rise: 2 after 2"
            ),
            (
                "stage,pairing,lower_bound_nanoseconds,count\npersist,thread,2,-1\n",
                "e/h.csv:2:18: count is 0 to 9223372036854775807, found -1"
            ),
            (
                "stage,pairing,lower_bound_nanoseconds,count\npersit,thread,2,1\n",
                "e/h.csv:2:1: unknown stage 'persit'; did you mean 'persist'? allowed: request, response, outbound-network, "
                    + "queue-wait, persist, persist-async, return-network, think"
            ),
            (
                "stage,pairing,lower_bound,count\npersist,thread,2,1\n",
                "e/h.csv:1:1: the column 'lower_bound_nanoseconds' is missing\n"
                    + "e/h.csv:1:15: the column 'lower_bound' is no parameter of system-simulator; allowed: stage, "
                    + "pairing, lower_bound_nanoseconds, count, clients, permits, queue, writes, write-delay, network-delay, "
                    + "arrivals, think-time, start, stall, clock, runtime, workers, spin"
            ),
        ])
    func refusesHistogram(histogram: String, errors: String) {
        #expect(Self.outcome(figures: "metric,pairing,value,unit\n", histogram: histogram).errors == errors)
    }
}
