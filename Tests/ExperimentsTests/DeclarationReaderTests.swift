import Foundation
import Quantities
import Testing
import TraceModel

@testable import Experiments

@Suite("Declarations that are read")
struct DeclarationReaderTests {
    static func read(_ text: String, path: String = "folder/x.yaml") throws -> Declaration {
        try DeclarationReader.read(bytes: Array(text.utf8), path: path) { _ throws(FileFailure) in
            throw FileFailure(message: "is not there")
        }
    }

    @Test("each form that is easily refused by mistake is accepted", arguments: GoodDeclaration.allCases)
    func accepts(good: GoodDeclaration) throws {
        #expect(BadDeclarationTests.outcome(of: Array(good.text.utf8)) == "accepted")
    }

    @Test("every key arrives where it belongs")
    func fills() throws {
        let declaration = try Self.read(BadDeclaration.good)
        #expect(declaration.name == "x")
        #expect(declaration.question == "Does it work?")
        #expect(declaration.program == .systemSimulator)
        #expect(declaration.fixed == [Parameter(name: "workers", value: "8")])
        #expect(
            declaration.factors == [
                Factor(
                    name: "write-delay",
                    levels: [Level(value: "50ms", label: "fixed"), Level(value: "normal(60ms, 5ms)", label: "random")]),
                Factor(name: "clients", levels: [Level(value: "1"), Level(value: "15"), Level(value: "125")]),
            ])
        #expect(declaration.stages == [.request, .persist])
        #expect(declaration.pairings == [.request, .thread])
        #expect(
            declaration.hypotheses == [
                Hypothesis(
                    statement: "It is near.", metric: .stage(.persist, .all, .p50),
                    selection: ["write-delay": ["fixed"]], claim: .near(5e7, .absolute(1e6)))
            ])
        #expect(declaration.reference == nil)
    }

    @Test("one value of a factor may be two levels, which differ in what they are given")
    func sameValue() throws {
        let declaration = try Self.read(
            BadDeclaration.good.replacing(
                "clients: [1, 15, 125]", with: "clock: [wall, {label: spinning, value: wall, with: {spin: 60us}}]"))
        #expect(declaration.factors[1].levels.map(\.label) == ["wall", "spinning"])
        #expect(declaration.cells.map(\.parameters.count) == [3, 4, 3, 4])
    }

    @Test("responses are accepted of a program of which nothing is known, and where one cell is an open loop")
    func responses() throws {
        let declared = BadDeclaration.good.replacing("[request, persist]", with: "[response, persist]")
        let other = try Self.read(declared.replacing("program: system-simulator", with: "program: ./mine"))
        #expect(other.stages == [.response, .persist])
        let mixed = try Self.read(
            declared.replacing("clients: [1, 15, 125]", with: "arrivals: [closed, paced(100/s)]"))
        #expect(mixed.stages == [.response, .persist])
    }

    @Test("what is left out has its default, and a profile inherits what it does not override")
    func defaults() throws {
        let declaration = try Self.read(
            BadDeclaration.good.replacing("quick: {trials: 2}", with: "quick: {trials: 2, measure: 500ms, retries: 0}"))
        #expect(
            declaration.schedules == [
                "full": Schedule(
                    trials: 3, warmUpNanoseconds: 1_000_000_000, measureNanoseconds: 2_000_000_000,
                    timeLimitNanoseconds: 33_000_000_000, retries: 1),
                "quick": Schedule(
                    trials: 2, warmUpNanoseconds: 1_000_000_000, measureNanoseconds: 500_000_000,
                    timeLimitNanoseconds: 31_500_000_000, retries: 0),
            ])
        let smallest = try Self.read(GoodDeclaration.smallest.text)
        #expect(smallest.pairings == [.request])
        #expect(smallest.cells == [Cell(index: 0, choices: [], parameters: [])])
    }

    @Test("values are the text that was written, whatever YAML would make of them")
    func keepsText() throws {
        let declaration = try Self.read(GoodDeclaration.otherProgram.text)
        #expect(declaration.program == .path("./my/program"))
        #expect(declaration.fixed.map(\.value) == ["no", "0x10", "010", "1e3", "2021-01-01", "1.50", "a, b"])
        #expect(declaration.factors[0].levels.map(\.value) == ["yes", "off", "007", "null"])
        #expect(declaration.schedules["full"]?.timeLimitNanoseconds == 3_600_000_000_000)
    }

    @Test("every form of claim is read in its metric's dimension")
    func readsClaims() throws {
        let hypotheses = try Self.read(GoodDeclaration.everyClaim.text).hypotheses
        #expect(
            hypotheses.map(\.claim) == [
                .near(1e6, .relative(0.05)), .near(0.31, .absolute(0.05)), .below(133.24), .above(1_048_576),
                .near(60, .absolute(2)), .equivalent(along: .pairing, .absolute(10_000)),
                .varies(along: .factor("clients"), byMoreThan: 1.5), .rises(along: .factor("clients")),
                .falls(along: .factor("clients")),
            ])
        #expect(
            hypotheses.map(\.pairing).map(\.rawValue).joined(separator: " ")
                == "request request request request thread request thread request thread")
    }

    @Test("exclusions with lists leave out each of their combinations")
    func excludes() throws {
        let declaration = try Self.read(GoodDeclaration.everyClaim.text)
        let cells = declaration.cells.map { $0.choices.map(\.label).joined(separator: "/") }
        #expect(cells == ["1/8", "2/8", "3/8", "3/8 per client"])
        #expect(declaration.cells.map(\.index) == [0, 1, 2, 3])
        #expect(declaration.cells[3].matches(["permits": ["8 per client"]]))
        #expect(!declaration.cells[0].matches(["permits": ["8 per client"]]))
    }

    @Test("a file is read with its reference files, and nothing outside its folder is")
    func readsFiles() throws {
        let folder = URL(filePath: NSTemporaryDirectory()).appending(path: "assay-reader-\(UUID().uuidString)")
        let inner = folder.appending(path: "inner")
        try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
        defer { Repository.remove(folder) }
        let table = "metric,pairing,value,unit\nthroughput,,2,/s\n"
        try table.write(to: folder.appending(path: "outside.csv"), atomically: true, encoding: .utf8)
        try table.write(to: inner.appending(path: "inside.csv"), atomically: true, encoding: .utf8)
        try FileManager.default.createSymbolicLink(
            atPath: inner.appending(path: "link.csv").path(), withDestinationPath: "../outside.csv")
        func outcome(_ figures: String) throws -> String {
            let file = inner.appending(path: "x.yaml")
            try (BadDeclaration.good + "reference: {source: A book, figures: \(figures)}\n")
                .write(to: file, atomically: true, encoding: .utf8)
            do {
                return "\(try DeclarationReader.read(path: file.path()).reference?.figures.count ?? 0) figures"
            } catch {
                return "\(error)".replacing(file.path(), with: "x.yaml")
            }
        }
        #expect(try outcome("inside.csv") == "1 figures")
        #expect(
            try outcome("link.csv")
                == "x.yaml:23:38: 'figures': 'link.csv' is a link that leads out of the declaration's folder")
        #expect(
            try outcome("absent.csv")
                == "x.yaml:23:38: 'figures': 'absent.csv' cannot be opened: No such file or directory")
        #expect(try outcome("./") == "x.yaml:23:38: 'figures': './' is a folder; name a file")
    }

    @Test(
        "what is no regular file is refused, and not waited for",
        arguments: [
            ("/absent/x.yaml", "/absent/x.yaml:1:1: the file cannot be opened: No such file or directory"),
            ("/tmp", "/tmp:1:1: the file is a folder; name a file"),
            ("/dev/zero", "/dev/zero:1:1: the file is not a regular file"),
            ("a\0.yaml", "a\0.yaml:1:1: the file cannot be opened: its name holds a NUL"),
        ])
    func refusesFiles(path: String, errors: String) {
        let error = #expect(throws: DeclarationErrors.self) { try DeclarationReader.read(path: path) }
        #expect(error?.description == errors)
    }
}
