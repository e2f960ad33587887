import Calibrating
import Foundation
import Gating
import Glibc
import Reporting

// Not a benchmark of speed: what the gate says of sessions of which the truth is known.

/// `assay-benchmark calibrate [--sessions N] [--plot FILE]`: prints the tables in Markdown and draws the detection curve.
struct Calibrate {
    var sessions = 1000
    var plot: String?

    /// Nil, with a sentence on standard error, where the options are not understood.
    init?(_ arguments: [String]) {
        var rest = arguments[...]
        while let option = rest.popFirst() {
            guard let value = rest.popFirst() else {
                complain("calibrate: \(option) needs a value; the options are --sessions N and --plot FILE")
                return nil
            }
            switch option {
            case "--sessions":
                guard let count = Int(value), (1...1_000_000).contains(count) else {
                    complain("calibrate: --sessions takes a number from 1 to 1000000, not '\(value)'")
                    return nil
                }
                sessions = count
            case "--plot": plot = value
            default:
                complain("calibrate: there is no option '\(option)'; the options are --sessions N and --plot FILE")
                return nil
            }
        }
    }

    /// - Returns: The exit status: 1 where a claim is missed, 73 where the plot cannot be written.
    func run() async -> Int32 {
        let tasks = max(1, ProcessInfo.processInfo.activeProcessorCount)
        let report = await CalibrationReport(
            Calibration(), design: SequentialDesign(), sessions: sessions, tasks: tasks)
        print(report.markdown)
        if let plot {
            do {
                try Data(curve(report).svg.utf8).write(to: URL(fileURLWithPath: plot))
            } catch {
                complain("calibrate: \(plot) cannot be written: \(error.localizedDescription); choose another place")
                return 73
            }
        }
        return report.claims.allSatisfy(\.isMet) ? 0 : 1
    }

    private func curve(_ report: CalibrationReport) -> DetectionPlot {
        func series(_ title: String, _ count: (Tally) -> Int) -> DetectionPlot.Series {
            .init(
                title: title,
                points: report.curve.map { effect, tally in
                    .init(
                        effect: effect, share: Double(count(tally)) / Double(tally.sessions),
                        interval: Tally.interval(count(tally), of: tally.sessions))
                })
        }
        return DetectionPlot(
            title: "How often a slow-down is found, by its size", band: 0.01,
            series: [
                series("the gate: fail") { $0.count(.fail) }, series("Welch on runs") { $0.welchOnRuns.slower },
                series("Mann–Whitney on runs") { $0.mannWhitneyOnRuns.slower },
            ])
    }
}
