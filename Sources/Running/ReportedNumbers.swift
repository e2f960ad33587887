import Foundation

/// What a program reports of itself on the last line of its standard output.
enum ReportedNumbers: Equatable {
    /// The numbers of a JSON object, by name; other values in it are no numbers and are left out.
    case numbers([String: Double])
    /// The line is none, or does not begin as an object does.
    case absent
    /// The line begins as an object does, and is none.
    case malformed

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
        do {
            let values = try JSONDecoder().decode([String: Value].self, from: Data(line.utf8))
            return .numbers(values.compactMapValues(\.number))
        } catch {
            return .malformed
        }
    }

    /// Any JSON value, of which only a number is kept. `true` is no number.
    private struct Value: Decodable {
        var number: Double?

        init(from decoder: any Decoder) throws {
            do {
                number = try decoder.singleValueContainer().decode(Double.self)
            } catch DecodingError.typeMismatch, DecodingError.valueNotFound {
                number = nil
            }
        }
    }
}
