import Gating
import Statistics
import TestSupport
import Testing

@testable import Reporting

@Suite("A stored comparison")
struct StoredOutcomeTests {
    @Test("is what was last reviewed")
    func golden() throws {
        let json = StoredOutcome(of: GateSamples.mixed).json
        #expect(try Golden.compare(json, with: "gate-comparison.json").complaint == nil)
    }

    @Test("is read back as it was written", arguments: [GateSamples.mixed, GateSamples.hostile, GateSamples.empty])
    func roundTrip(outcome: GateOutcome) throws {
        let stored = StoredOutcome(of: outcome)
        #expect(try StoredOutcome(json: Array(stored.json.utf8), path: "comparison.json") == stored)
        #expect(stored.metrics.count == outcome.metrics.count)
    }

    @Test("has effects and noise as ratios where the band is relative, and says what values are in")
    func units() throws {
        let stored = StoredOutcome(of: GateSamples.mixed)
        #expect(stored.metrics.map(\.unit) == ["ns", "ns", "1/s", "1"])
        #expect(stored.metrics.map(\.effectUnit) == ["ratio", "ns", "ratio", "1"])
        let control = try #require(stored.nullControl)
        #expect(control.map(\.effectUnit) == ["ratio", "ns", "ratio"])
        // ln(1.0118699…) is 0.0118.
        #expect(abs(try #require(control[0].noiseFloor) - 1.011869895) < 1e-9)
        #expect(control[1].noiseFloor == 127_000)
    }

    @Test("leaves out what is no number")
    func notFinite() throws {
        var outcome = GateSamples.mixed
        outcome.metrics[0].effect = .nan
        outcome.metrics[0].interval = Interval(lowerBound: -.infinity, upperBound: .infinity)
        outcome.nullControl?.entries[0].smallestDetectableEffect = .infinity
        let stored = StoredOutcome(of: outcome)
        #expect(stored.metrics[0].effect == nil && stored.metrics[0].interval == nil)
        #expect(stored.nullControl?[0].smallestDetectableEffect == nil)
        #expect(try StoredOutcome(json: Array(stored.json.utf8), path: "comparison.json") == stored)
    }

    @Test("of a newer release, or damaged, is refused with what to do")
    func refused() {
        for (version, remedy) in [
            (3, "use an assay of the same release or newer"), (1, "make it anew with `assay compare`"),
        ] {
            let other = #expect(throws: StoredOutcomeError.self) {
                try StoredOutcome(json: Array("{\"version\": \(version)}".utf8), path: "c.json")
            }
            #expect(other?.description == "c.json: expected version 2, found \(version); \(remedy)")
        }
        let damaged = #expect(throws: StoredOutcomeError.self) {
            try StoredOutcome(json: Array("{\"version\": 1".utf8), path: "c.json")
        }
        #expect(
            damaged?.description
                == "c.json: is no stored comparison; make it anew with `assay compare`, or restore the file")
    }

    @Test("is one of the files of a comparison")
    func files() throws {
        let files = ComparisonReport(of: GateSamples.mixed).files
        #expect(
            files.map(\.path) == [
                "report.md", "comparison.json", "junit.xml", "bencher.json", "smaller-is-better.json",
                "bigger-is-better.json", "plots/effects.svg",
            ])
        #expect(String(decoding: files[0].bytes, as: UTF8.self).contains("](plots/effects.svg)"))
    }
}
