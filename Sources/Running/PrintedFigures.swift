// One value a trial: a figure that is printed twice would have to be averaged, or one of the two chosen, and how is not
// the harness's to say. Nothing is overlooked either: a number that is not declared may be a misspelt one that is.

import Experiments
import Foundation

/// The figures that a program prints as JSON objects, each on a line of its own.
struct PrintedFigures: Equatable {
    /// The printed numbers by name, in the units declared.
    private(set) var values: [String: Double] = [:]
    /// What is wrong, as a whole sentence; nil where each declared figure is there once and nothing else is.
    private(set) var complaint: String?

    /// Reads all lines that begin as an object does; other lines are for people.
    ///
    /// - Parameters:
    ///   - output: What the program wrote to its standard output.
    ///   - declared: The figures that it must print; fields that are no numbers are not looked at.
    init(output: String, declared: [ReportedMetric]) {
        var lines: [String: Int] = [:]
        for (index, line) in output.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
        where complaint == nil {
            let number = index + 1
            switch ReportedNumbers.read(String(line)) {
            case .absent: continue
            case .malformed: complaint = "Line \(number) of its output begins with '{' and is no JSON object."
            case .repeated(let name):
                complaint = "Line \(number) of its output has '\(name)' twice: a trial has one value of each."
            case .numbers(let numbers):
                for (name, value) in numbers.sorted(by: { $0.key < $1.key }) where complaint == nil {
                    complaint = Self.complaint(name, value, number, declared, before: lines[name])
                    lines[name] = number
                    values[name] = value
                }
            }
        }
        if complaint == nil, let absent = declared.first(where: { values[$0.name] == nil }) {
            complaint = "It did not print the figure '\(absent.name)', which 'report' declares."
        }
    }

    private static func complaint(
        _ name: String, _ value: Double, _ line: Int, _ declared: [ReportedMetric], before: Int?
    ) -> String? {
        guard let metric = declared.first(where: { $0.name == name }) else {
            return "Line \(line) of its output has the figure '\(name)', which 'report' does not declare."
        }
        if let before {
            return
                "Lines \(before) and \(line) of its output both have the figure '\(name)': a trial has one value of each."
        }
        guard (value * metric.unit.factor).isFinite,
            ReportedNumbers.canBe(name: name, value: value * metric.unit.factor)
        else { return "Line \(line) of its output has '\(name)' as \(value), which cannot be." }
        return nil
    }
}
