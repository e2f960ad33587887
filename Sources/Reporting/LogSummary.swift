import Analysis
import Experiments
import Quantities
import Statistics
import TraceModel

/// The summary that the log's scripts printed — total, average, maximum, minimum in nanoseconds and two histograms —
/// for one stage of one cell, under each pairing side by side.
struct LogSummary {
    /// Stages that the log summarised, and the response, which its closed loop did not have; histograms of the other
    /// stages are in `histograms.csv` only.
    static let stages: [Stage] = [.request, .response, .persist, .persistAsync]

    private let summaries: [StageSummary]

    /// - Parameter summaries: Of one stage and subset, one for each pairing.
    init(_ summaries: [StageSummary]) { self.summaries = summaries }

    var lines: [String] {
        guard let first = summaries.first else { return [] }
        let heading = "\(first.stage.rawValue), nanoseconds"
        return [heading] + table.lines() + [powersOfTwo, linear].filter { !$0.isEmpty }.flatMap { [""] + $0 }
    }

    private var table: TextTable {
        let noun =
            switch first?.stage {
            case .persist, .persistAsync: "write"
            case .request: "request"
            case .response: "response"
            default: "span"
            }
        var table = TextTable(header: [""] + summaries.map(\.pairing.title), textColumnCount: 1)
        let pooled = summaries.map(\.pooled)
        table.append(["total \(noun)s"] + pooled.map { String($0?.count ?? 0) })
        table.append(["average \(noun)"] + pooled.map { $0.map { $0.mean.fixed(0) } ?? FigureColumn.absent })
        table.append(["max \(noun)"] + pooled.map { $0.map { String($0.maximum) } ?? FigureColumn.absent })
        table.append(["min \(noun)"] + pooled.map { $0.map { String($0.minimum) } ?? FigureColumn.absent })
        return table
    }

    private var first: StageSummary? { summaries.first }

    private var powersOfTwo: [String] {
        var columns = summaries.map { summary in
            (summary.pairing.title, summary.powerOfTwo.map { (Self.floor($0.lowerBoundNanoseconds), $0.count) })
        }
        for summary in summaries where !summary.referenceHistogram.isEmpty {
            let buckets = summary.referenceHistogram.map { (Self.floor($0.lowerBoundNanoseconds), $0.count) }
            columns.append(("\(summary.pairing.title), the original", buckets))
        }
        let bounds = columns.flatMap(\.1).filter { $0.1 > 0 }.map(\.0)
        guard let lowest = bounds.min(), let highest = bounds.max() else { return [] }
        return Distribution.powersOfTwo(
            columns.map { ($0.0, Dictionary($0.1, uniquingKeysWith: +)) }, over: lowest...highest)
    }

    /// The power of two at or below the bound, 0 below 1: a reference's file may hold any bound.
    private static func floor(_ bound: Int64) -> Int64 {
        bound < 1 ? 0 : 1 << Int64(Int64.bitWidth - 1 - bound.leadingZeroBitCount)
    }

    private var linear: [String] {
        let columns = summaries.map { ($0.pairing.title, Distribution(linear: $0.linear).lines) }
        return summaries.allSatisfy(\.linear.isEmpty) ? [] : Distribution.sideBySide(columns)
    }
}
