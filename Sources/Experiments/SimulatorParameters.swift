import Quantities
import Randomness

// What the bundled simulator can be told. The schedule gives the rest (`--warm-up`, `--measure`, `--seed`, `--trace`),
// to every program, so no declaration may set those.

/// The parameters of `system-simulator`, each with the values that it takes.
enum SimulatorParameters {
    enum Kind {
        case count(ClosedRange<Int>)
        /// `8`, or `8 per client`.
        case countOrPerClient(ClosedRange<Int>)
        case choice([String])
        case delay
    }

    static let all: [(name: String, kind: Kind)] = [
        ("clients", .count(1...100_000)),
        ("permits", .countOrPerClient(1...1_000_000)),
        ("writes", .choice(["asynchronous", "synchronous"])),
        ("write-delay", .delay),
        ("network-delay", .delay),
        ("think-time", .delay),
        ("start", .choice(["herd", "staggered"])),
        ("runtime", .choice(["tasks", "dispatch", "threads"])),
        ("workers", .count(1...1024)),
    ]

    static let names = all.map(\.name)

    /// Parameters that the harness gives itself, to every program.
    static let reserved = ["warm-up", "measure", "seed", "trace", "json"]

    /// What is wrong with the value of a parameter, as a sentence; nil if nothing is.
    static func complaint(about value: String, of name: String) -> String? {
        guard let kind = all.first(where: { $0.name == name })?.kind else { return nil }
        switch kind {
        case .count(let range):
            return complaint(aboutCount: value, value, of: name, range: range, also: "")
        case .countOrPerClient(let range):
            let suffix = " per client"
            let number = value.hasSuffix(suffix) ? String(value.dropLast(suffix.count)) : value
            return complaint(aboutCount: number, value, of: name, range: range, also: ", or that many 'per client'")
        case .choice(let choices):
            guard !choices.contains(value) else { return nil }
            return "unknown value \(value.quoted) of '\(name)'" + NearestName.advice(for: value, among: choices)
        case .delay:
            do {
                _ = try Delay(text: value)
                return nil
            } catch {
                return "'\(name)': \(value.quoted) \(error.complaint)"
            }
        }
    }

    private static func complaint(
        aboutCount number: String, _ value: String, of name: String, range: ClosedRange<Int>, also: String
    ) -> String? {
        guard let count = NodeReader.plainInteger(number), range.contains(count) else {
            return "'\(name)' is a whole number in plain digits, \(range.lowerBound) to \(range.upperBound)\(also), "
                + "found \(value.quoted)"
        }
        return nil
    }
}
