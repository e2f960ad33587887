import Randomness
import Testing

@testable import Experiments

@Suite("Declarations that are refused")
struct BadDeclarationTests {
    @Test("the errors are these, word for word", arguments: BadDeclaration.all)
    func refuses(bad: BadDeclaration) {
        #expect(Self.outcome(of: Array(bad.text.utf8)) == bad.errors)
    }

    @Test("there are at least fifty, all with names of their own, and the good one they are edits of is accepted")
    func counts() {
        #expect(BadDeclaration.all.count >= 50)
        #expect(Self.outcome(of: Array(BadDeclaration.good.utf8)) == "accepted")
    }

    @Test(
        "bytes that are no text have one error each",
        arguments: [
            ([0x71, 0x3a, 0x20, 0xff, 0xfe], "x.yaml:1:4: bytes that are not UTF-8; save the file as UTF-8 text"),
            (
                [0x71, 0x0a, 0x61, 0x00],
                "x.yaml:2:2: a NUL byte; a declaration is UTF-8 text without control characters"
            ),
            (
                [0x7f, 0x45, 0x4c, 0x46, 0x02, 0x01, 0x01, 0x00],
                "x.yaml:1:8: a NUL byte; a declaration is UTF-8 text without control characters"
            ),
            ([0xef, 0xbb, 0xbf], "x.yaml:1:1: the file is empty; a declaration begins with 'question:'"),
            ([0x61, 0x3a, 0x20, 0x01, 0x0a], "x.yaml:1:4: not YAML: control characters are not allowed"),
        ] as [([UInt8], String)])
    func refusesBytes(bytes: [UInt8], errors: String) {
        #expect(Self.outcome(of: bytes) == errors)
    }

    @Test("more than 1 MiB is refused before it is parsed")
    func refusesLargeFile() {
        let bytes = [UInt8](repeating: UInt8(ascii: "#"), count: (1 << 20) + 1)
        #expect(Self.outcome(of: bytes) == "x.yaml:1:1: the file is larger than 1048576 bytes, the most that is read")
    }

    @Test(
        "a file name that can be no experiment's is refused",
        arguments: [
            (
                "My Experiment.yaml",
                "My Experiment.yaml:1:1: the file's name is the experiment's: small letters and digits in words joined "
                    + "by '-', at most 80 characters, found 'My Experiment'"
            ),
            ("folder/x.yml", "folder/x.yml:1:1: the file's name does not end in '.yaml'; rename it"),
            (
                ".yaml",
                ".yaml:1:1: the file's name is the experiment's: small letters and digits in words joined by '-', "
                    + "at most 80 characters, found ''"
            ),
        ])
    func refusesName(path: String, errors: String) {
        #expect(Self.outcome(of: Array(BadDeclaration.good.utf8), path: path) == errors)
    }

    /// Texts made to exhaust the parser.
    enum Exhaustion: CaseIterable {
        case openLists, openMappings, nestedDashes, nestedKeys, manyKeys, longText, laughingKey

        var text: String {
            switch self {
            case .openLists: String(repeating: "[", count: 1 << 19)
            case .openMappings: String(repeating: "{a: ", count: 1 << 17)
            case .nestedDashes: String(repeating: "- ", count: 1 << 18)
            case .nestedKeys: String(repeating: "? ", count: 1 << 18)
            case .manyKeys: (0..<60_000).map { "key\($0): 1\n" }.joined()
            case .longText: "question: " + String(repeating: "x", count: 1 << 19)
            case .laughingKey:
                "b0: &b0 [x]\n" + (1...40).map { "b\($0): &b\($0) [*b\($0 - 1), *b\($0 - 1)]\n" }.joined()
                    + "? *b40\n: 1\n"
            }
        }
    }

    @Test("texts made to exhaust the parser are refused", arguments: Exhaustion.allCases)
    func refusesExhaustion(exhaustion: Exhaustion) {
        let outcome = Self.outcome(of: Array(exhaustion.text.utf8))
        #expect(outcome.hasPrefix("x.yaml:"), "\(outcome.prefix(200))")
        #expect(outcome.utf8.count < 10_000)
    }

    @Test("no damage to a good file brings the reader down", arguments: UInt64(1)...8)
    func survivesDamage(seed: UInt64) {
        var stream = RandomStream(seed: seed, name: "damage")
        let good = Array(BadDeclaration.good.utf8)
        let indicators = Array("&*!{}[],:?-|>'\"#%@`\t\n ".utf8)
        for _ in 0..<150 {
            var bytes = good
            for _ in 0...Int(stream.next(below: 6)) {
                let place = Int(stream.next(below: UInt64(bytes.count)))
                switch stream.next(below: 4) {
                case 0: bytes[place] = UInt8(stream.next(below: 256))
                case 1: bytes.remove(at: place)
                case 2: bytes.insert(indicators[Int(stream.next(below: UInt64(indicators.count)))], at: place)
                default: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 20)], at: place)
                }
            }
            let outcome = Self.outcome(of: bytes)
            #expect(outcome == "accepted" || outcome.hasPrefix("x.yaml:"), "seed \(seed): \(outcome)")
        }
    }

    /// The errors as printed, or `accepted`. There are no reference files.
    static func outcome(of bytes: [UInt8], path: String = "x.yaml") -> String {
        do {
            _ = try DeclarationReader.read(bytes: bytes, path: path) { _ throws(FileFailure) in
                throw FileFailure(message: "cannot be opened: No such file or directory")
            }
            return "accepted"
        } catch {
            return error.description
        }
    }
}
