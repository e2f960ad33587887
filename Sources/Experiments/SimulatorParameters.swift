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
        case duration(ClosedRange<Duration>)
        /// `closed`, or a schedule and its rate, as in `paced(100/s)`.
        case arrivals
        /// A part of each period, as in `1s/10s`.
        case periodicSpan
    }

    static let all: [(name: String, kind: Kind)] = [
        ("clients", .count(1...1_000_000)),
        ("permits", .countOrPerClient(1...1_000_000)),
        ("queue", .choice(["fifo", "lifo"])),
        ("writes", .choice(["asynchronous", "synchronous"])),
        ("write-delay", .delay),
        ("network-delay", .delay),
        ("arrivals", .arrivals),
        ("think-time", .delay),
        ("start", .choice(["herd", "staggered"])),
        ("stall", .periodicSpan),
        ("clock", .choice(["wall", "virtual"])),
        ("runtime", .choice(["tasks", "dispatch", "threads"])),
        ("workers", .count(1...256)),
        ("spin", .duration(.zero ... .milliseconds(1))),
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
            guard value.hasSuffix(perClient) else {
                return complaint(aboutCount: value, value, of: name, range: range, also: alsoPerClient)
            }
            let number = String(value.dropLast(perClient.count))
            return complaint(aboutCount: number, value, of: name, range: 1...1000, also: " '\(perClient.dropFirst())'")
        case .choice(let choices):
            guard !choices.contains(value) else { return nil }
            return "unknown value \(value.quoted) of '\(name)'" + NearestName.advice(for: value, among: choices)
        case .delay:
            do {
                let delay = try Delay(text: value)
                return delay.mean <= .seconds(3600) ? nil : "'\(name)': \(value.quoted) is longer than 1h in the mean"
            } catch {
                return "'\(name)': \(value.quoted) \(error.complaint)"
            }
        case .duration(let range):
            do {
                guard range.contains(try Duration(text: value)) else {
                    return "'\(name)' is \(range.lowerBound.text) to \(range.upperBound.text), found \(value.quoted)"
                }
                return nil
            } catch {
                return "'\(name)': \(value.quoted) \(error.complaint)"
            }
        case .arrivals:
            return complaint(about: value, of: name) { text throws(QuantityError) in _ = try Arrivals(text: text) }
        case .periodicSpan:
            return complaint(about: value, of: name) { text throws(QuantityError) in _ = try PeriodicSpan(text: text) }
        }
    }

    private static func complaint(
        about value: String, of name: String, reading: (String) throws(QuantityError) -> Void
    ) -> String? {
        do {
            try reading(value)
            return nil
        } catch {
            // The complaint may be of a part of the value, which is then worth naming.
            let part = error.text == value ? "" : " \(error.text.quoted)"
            return "'\(name)': \(value.quoted)\(part.isEmpty ? "" : ":")\(part) \(error.complaint)"
        }
    }

    static let perClient = " per client"

    private static let alsoPerClient = ", or up to 1000 'per client'"

    /// The text that is the same for values that mean the same: `0.05s` and `50ms` are one delay.
    static func canonical(_ value: String, of name: String) -> String {
        do {
            switch all.first(where: { $0.name == name })?.kind {
            case .delay: return try Delay(text: value).text
            case .duration: return try Duration(text: value).text
            case .arrivals: return try Arrivals(text: value).text
            case .periodicSpan: return try PeriodicSpan(text: value).text
            case .count, .countOrPerClient, .choice, nil: return value
            }
        } catch {
            return value  // Refused where it is read; here it only has to differ from others.
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
