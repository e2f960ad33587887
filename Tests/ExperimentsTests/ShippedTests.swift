import Foundation
import Testing

@testable import Experiments

@Suite("The experiments that are shipped")
struct ShippedTests {
    private static func read(_ shipped: Shipped) throws -> Declaration {
        try DeclarationReader.read(path: Repository.url("Experiments/\(shipped.rawValue).yaml").path())
    }

    @Test("each is read without an error, has hypotheses and a quick profile", arguments: Shipped.allCases)
    func isWhole(shipped: Shipped) throws {
        let declaration = try Self.read(shipped)
        #expect(declaration.name == shipped.rawValue)
        #expect(!declaration.hypotheses.isEmpty)
        #expect(try #require(declaration.schedules["quick"]).trials >= 2)
        #expect(try #require(declaration.schedules["full"]).trials >= 3)
    }

    @Test("each file has the profile that `make experiments` runs")
    func haveQuickProfile() throws {
        let folder = Repository.url("Experiments")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path()).filter { $0.hasSuffix(".yaml") }
        #expect(files.count > Shipped.allCases.count)
        for file in files {
            let declaration = try DeclarationReader.read(path: folder.appending(path: file).path())
            #expect(declaration.schedules["quick"] != nil, "\(file)")
        }
    }

    @Test(
        "those of the log name the 8 workers that the original had",
        arguments: [Shipped.fixedVersusRandomSleep, .sleepRange, .clientCounts, .permits])
    func haveWorkers(shipped: Shipped) throws {
        #expect(try Self.read(shipped).fixed.contains(Parameter(name: "workers", value: "8")))
    }

    @Test("virtual-client-counts is client-counts in virtual time and nothing else")
    func isTheSameSystem() throws {
        let (wall, virtual) = (try Self.read(.clientCounts), try Self.read(.virtualClientCounts))
        #expect(virtual.factors == wall.factors)
        #expect(
            virtual.fixed.filter { $0.name != "clock" }
                == wall.fixed.filter { !["runtime", "workers"].contains($0.name) })
    }

    @Test("they have the original's levels")
    func haveLevels() throws {
        let counts = ["1", "15", "125", "135", "1000"]
        func values(_ shipped: Shipped, _ factor: String) throws -> [String] {
            try Self.read(shipped).factors.first { $0.name == factor }?.levels.map(\.value) ?? []
        }
        for shipped in [Shipped.fixedVersusRandomSleep, .clientCounts, .permits, .virtualClientCounts] {
            #expect(try values(shipped, "clients") == counts)
        }
        #expect(try values(.fixedVersusRandomSleep, "write-delay") == ["50ms", "50ms + normal(10ms, 5ms)"])
        #expect(try values(.permits, "permits") == ["8", "8 per client"])
        #expect(try values(.permits, "writes") == ["asynchronous", "synchronous"])
        #expect(try values(.concurrencyRuntime, "runtime") == ["tasks", "dispatch", "threads"])
        #expect(
            try values(.sleepRange, "write-delay") == [
                "50ms", "uniform(49ms, 51ms)", "uniform(45ms, 55ms)", "uniform(40ms, 60ms)", "uniform(30ms, 70ms)",
            ])
    }

    @Test("the quick profiles take under 8 minutes in all, the full ones about 80")
    func takeTheirTime() throws {
        func total(_ profile: String) throws -> Duration {
            try Shipped.allCases.reduce(.zero) { sum, shipped in
                try sum + Planner.plan(Self.read(shipped), profile: profile, seed: 1, digest: "").durationEstimate()
            }
        }
        #expect(try total("quick") < .seconds(480))
        #expect(try total("full") > .seconds(72 * 60))
        #expect(try total("full") < .seconds(88 * 60))
    }

    @Test("every figure of the reference belongs to a cell of one of them")
    func matchReference() throws {
        let declarations = try Shipped.allCases.map(Self.read)
        let figures = try #require(declarations[0].reference?.figures)
        #expect(figures.count == 114)
        for figure in figures {
            let isUsed = declarations.contains { declaration in
                declaration.reference != nil
                    && declaration.cells.contains { cell in
                        figure.parameters.allSatisfy { name, value in
                            cell.parameters.contains(Parameter(name: name, value: value))
                        }
                    }
            }
            #expect(isUsed, "\(figure)")
        }
        // The log's own puzzle: 1976 writes, of which 1878 read as 33 to 67 ms.
        let histogram = try #require(declarations[0].reference?.histograms.first?.buckets)
        #expect(histogram.reduce(0) { $0 + $1.count } == 1976)
        #expect(histogram.first { $0.lowerBoundNanoseconds == 33_554_432 }?.count == 1878)
    }
}
