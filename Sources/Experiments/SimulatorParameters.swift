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
        ("workers", .count(1...256)),
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
            let number = value.hasSuffix(perClient) ? String(value.dropLast(perClient.count)) : value
            return complaint(aboutCount: number, value, of: name, range: range, also: ", or that many 'per client'")
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
        }
    }

    /// What is wrong with the parameters of a cell together, as a sentence; nil if nothing is. The program would refuse
    /// them, trial by trial.
    static func complaint(aboutTogether parameters: [Parameter]) -> String? {
        func value(_ name: String) -> String? { parameters.first { $0.name == name }?.value }
        let runtime = value("runtime") ?? "tasks"
        if value("workers") != nil, runtime != "tasks" {
            return "'workers' does nothing with the runtime '\(runtime)', which a cell has; leave it out (tasks have 8)"
        }
        let clientCount = value("clients").flatMap(Int.init) ?? 1
        if let permits = value("permits"), permits.hasSuffix(perClient),
            let count = Int(permits.dropLast(perClient.count)), count * clientCount > 1_000_000
        {
            return "\(permits.quoted) for \(clientCount) clients are over 1000000 permits, the most allowed"
        }
        if runtime == "threads", clientCount > 10_000 {
            return "the runtime 'threads' takes at most 10000 clients, found \(clientCount)"
        }
        return nil
    }

    private static let perClient = " per client"

    /// The text that is the same for values that mean the same: `0.05s` and `50ms` are one delay.
    static func canonical(_ value: String, of name: String) -> String {
        guard case .delay = all.first(where: { $0.name == name })?.kind else { return value }
        do {
            return try Delay(text: value).text
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
