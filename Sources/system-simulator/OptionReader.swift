import Quantities
import Randomness

/// What is wrong with an option and what is allowed, as a whole sentence.
struct OptionError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// Reads the value of one option; every complaint begins with its name.
struct OptionReader {
    /// As it is written, with its dashes.
    let option: String
    let text: String

    init(_ option: String, _ text: String) {
        self.option = option
        self.text = text
    }

    func integer<Value: FixedWidthInteger>(_ range: ClosedRange<Value>) throws(OptionError) -> Value {
        let isNumber = !text.isEmpty && text.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
        guard isNumber, let value = Value(text), range.contains(value) else {
            throw complaint("is not a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    func choice<Value: RawRepresentable & CaseIterable>() throws(OptionError) -> Value where Value.RawValue == String {
        if let value = Value(rawValue: text) { return value }
        let names = Value.allCases.map(\.rawValue)
        let suggestion = nearestName(to: text, among: names).map { ": did you mean \($0)?" } ?? ""
        throw complaint("is none of \(names.joined(separator: ", "))\(suggestion)")
    }

    func duration(_ range: ClosedRange<Duration>) throws(OptionError) -> Duration {
        let duration: Duration
        do {
            duration = try Duration(text: text)
        } catch {
            throw complaint(error.complaint)
        }
        guard range.contains(duration) else {
            throw complaint("is not from \(Self.text(range.lowerBound)) to \(Self.text(range.upperBound))")
        }
        return duration
    }

    /// In hours where these are whole, as the help says it.
    private static func text(_ duration: Duration) -> String {
        let hours = Int64(duration.inSeconds / 3600)
        return hours > 0 && duration == .seconds(3600 * hours) ? "\(hours)h" : duration.text
    }

    func delay(meanMaximum: Duration) throws(OptionError) -> Delay {
        let delay: Delay
        do {
            delay = try Delay(text: text)
        } catch {
            throw OptionError("\(option): \(error)")
        }
        guard delay.mean <= meanMaximum else {
            throw complaint("has a mean of \(Self.text(delay.mean)), and \(Self.text(meanMaximum)) is the most allowed")
        }
        return delay
    }

    func arrivals() throws(OptionError) -> Arrivals {
        do {
            return try Arrivals(text: text)
        } catch {
            throw complaint(error.complaint)
        }
    }

    func periodicSpan() throws(OptionError) -> PeriodicSpan {
        do {
            return try PeriodicSpan(text: text)
        } catch {
            throw OptionError("\(option): \(error)")
        }
    }

    func complaint(_ complaint: String) -> OptionError {
        let shown = text.count <= 60 ? text : text.prefix(60) + "…"
        return OptionError("\(option): '\(shown)' \(complaint)")
    }
}
