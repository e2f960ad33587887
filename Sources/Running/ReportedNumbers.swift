import Importing

/// What a program reports of itself on the last line of its standard output.
enum ReportedNumbers: Equatable {
    /// The numbers of a JSON object, by name; other values in it are no numbers and are left out.
    case numbers([String: Double])
    /// The line is none, or does not begin as an object does.
    case absent
    /// The line begins as an object does, and is none.
    case malformed
    /// An object with two members of that name: which of them is meant is not the harness's to say.
    case repeated(String)

    var numbers: [String: Double]? {
        if case .numbers(let numbers) = self { numbers } else { nil }
    }

    /// Whether a figure can be true: no count, size or time of a trial comes near 10^18, and sums of such figures stay
    /// within all number types; and what counts what was used is not negative.
    static func canBe(name: String, value: Double) -> Bool {
        let isUsage = ["allocatedBytes", "allocations", "cpuSeconds", "peakResidentBytes"].contains(name)
        return value.isFinite && abs(value) <= 1e18 && !(isUsage && value < 0)
    }

    static func read(_ line: String?) -> ReportedNumbers {
        guard let line, line.first(where: { !$0.isWhitespace }) == "{" else { return .absent }
        let value: JSONValue
        do {
            value = try JSONParser.value(of: Array(line.utf8)[...])
        } catch {
            return .malformed
        }
        guard case .object(let members) = value else { return .malformed }
        if let name = value.repeatedMember { return .repeated(name) }
        var numbers: [String: Double] = [:]
        for (name, member) in members {
            guard case .number(let text) = member else { continue }
            // One that is too large for any number is none.
            guard let number = Double(text), number.isFinite else { return .malformed }
            numbers[name] = number
        }
        return .numbers(numbers)
    }
}
