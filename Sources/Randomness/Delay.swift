import Quantities

// The one grammar of delays, on the command line and in declarations:
//
//     delay = term { "+" term }                      at most 8 terms
//     term  = duration                               50ms
//           | "uniform" "(" duration "," duration ")"  lower and upper bound, whole microseconds, both possible
//           | "normal" "(" duration "," duration ")"   mean and standard deviation
//           | "exponential" "(" duration ")"           mean
//
// Random terms are drawn in whole microseconds, as the program that the default model comes from did; constants are
// exact to the nanosecond. A term that draws below zero counts as zero and the draw says so: the caller counts such
// draws, because they shift the mean of what is really slept. So `50ms + normal(10ms, 5ms)` is never under 50 ms, and
// its mean is not 60 ms but 50 + 10 Φ(2) + 5 φ(2) = 60.042 ms.

/// How long something takes, as a sum of constant and random terms.
public struct Delay: Sendable, Equatable, Hashable, CustomStringConvertible {
    /// One term of the sum.
    public enum Term: Sendable, Equatable, Hashable {
        case constant(ConstantDistribution)
        case uniform(UniformDistribution)
        case normal(NormalDistribution)
        case exponential(ExponentialDistribution)
    }

    /// In the order written; 1…8 of them.
    public let terms: [Term]

    static let termCountMaximum = 8

    /// - Parameter terms: 1…8 of them.
    public init(terms: [Term]) {
        precondition((1...Self.termCountMaximum).contains(terms.count), "a delay of \(terms.count) terms")
        self.terms = terms
    }

    /// Always the given duration.
    public init(_ duration: Duration) { self.init(terms: [.constant(ConstantDistribution(duration))]) }

    /// Reads a delay such as `50ms + normal(10ms, 5ms)`; see the grammar above.
    ///
    /// - Parameter text: At most 200 characters. Spaces between the parts are ignored.
    /// - Throws: ``QuantityError`` that says at which character what was found, what is allowed, and the nearest name.
    public init(text: String) throws(QuantityError) {
        var parser = DelayParser(text: text)
        self.init(terms: try parser.parse())
    }

    /// The canonical form, which ``init(text:)`` reads back to an equal delay.
    public var text: String { terms.map(\.text).joined(separator: " + ") }

    public var description: String { text }

    /// The sum of the terms' means as written: what is drawn is longer on average where a term can fall below zero.
    public var mean: Duration { terms.reduce(.zero) { $0 + $1.mean } }

    /// The mean of the durations drawn, with draws below zero counted as zero; at least ``mean``.
    ///
    /// It is computed with the C library and is for comparison only: no draw depends on it.
    public var meanDrawn: Duration { terms.reduce(.zero) { $0 + $1.meanDrawn } }

    /// Whether draws are above zero often enough for time to pass: a random term is rounded to whole microseconds, and one
    /// that rounds to zero but once in a million draws would not do.
    public var canLast: Bool { terms.contains { $0.canLast } }

    /// The next duration: the sum of a draw of each term, in the order written, where a draw below zero counts as zero.
    public func draw(from stream: inout RandomStream) -> DelayDraw {
        var nanoseconds: Int64 = 0
        var isBelowZero = false
        for term in terms {
            let drawn = term.drawNanoseconds(from: &stream)
            nanoseconds += max(0, drawn)
            if drawn < 0 { isBelowZero = true }
        }
        return DelayDraw(duration: Duration(wholeNanoseconds: nanoseconds), isBelowZero: isBelowZero)
    }
}

/// What a delay drew.
public struct DelayDraw: Sendable, Equatable {
    /// Zero or more.
    public let duration: Duration
    /// Whether a term drew below zero and counted as zero.
    public let isBelowZero: Bool

    public init(duration: Duration, isBelowZero: Bool) {
        self.duration = duration
        self.isBelowZero = isBelowZero
    }
}

extension Delay.Term {
    /// The name of each random distribution as the grammar writes it, in the order that messages list them.
    static let names = ["uniform", "normal", "exponential"]

    var text: String {
        switch self {
        case .constant(let constant):
            constant.duration.text
        case .uniform(let uniform):
            "uniform(\(Duration.microseconds(uniform.lowerBoundMicroseconds).text), "
                + "\(Duration.microseconds(uniform.upperBoundMicroseconds).text))"
        case .normal(let normal):
            "normal(\(normal.mean.text), \(normal.standardDeviation.text))"
        case .exponential(let exponential):
            "exponential(\(exponential.mean.text))"
        }
    }

    /// P(X ≥ 0.5 µs) is at least 10⁻⁶: e^(−0.5 µs/mean) for the exponential, Φ((mean − 0.5 µs)/σ) for the normal.
    fileprivate var canLast: Bool {
        switch self {
        case .constant(let constant): constant.duration > .zero
        case .uniform(let uniform): uniform.upperBoundMicroseconds > 0
        case .normal(let normal): normal.mean + normal.standardDeviation * 4.75 >= .nanoseconds(500)
        case .exponential(let exponential): exponential.mean >= .nanoseconds(37)
        }
    }

    var mean: Duration {
        switch self {
        case .constant(let constant): constant.duration
        case .uniform(let uniform): uniform.mean
        case .normal(let normal): normal.mean
        case .exponential(let exponential): exponential.mean
        }
    }

    var meanDrawn: Duration {
        if case .normal(let normal) = self { normal.meanAboveZero } else { mean }
    }

    func drawNanoseconds(from stream: inout RandomStream) -> Int64 {
        switch self {
        case .constant(let constant): constant.duration.inNanoseconds
        case .uniform(let uniform): 1000 * uniform.drawMicroseconds(from: &stream)
        case .normal(let normal): 1000 * normal.drawMicroseconds(from: &stream)
        case .exponential(let exponential): 1000 * exponential.drawMicroseconds(from: &stream)
        }
    }
}
