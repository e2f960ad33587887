// One comparison, from the first pair to the verdict:
//
//     plan the most pairs → run a block of pairs → read all pairs so far → ask the gate → next block, or the verdict
//
// The pairs are trials of an ordinary run with one factor more, so what has run is stored, a killed session is resumed, and
// every look at the data goes the same way as a report: traces, audits, one value a process.

import Analysis
import Archiving
import Auditing
import Experiments
import Gating
import Running

/// Runs the pairs of a comparison for as long as the gate needs them.
public struct ComparisonSession {
    private let runner: ExperimentRunner
    private let archive: RunArchive
    private let reader: PairReader
    private let design: SequentialDesign
    private let report: (String) -> Void

    /// After so many blocks the comparison is given up where a side has not given a single figure.
    static let brokenBlockCount = 3

    /// - Parameters:
    ///   - runner: Of the archive.
    ///   - archive: A run of a comparison's plan.
    ///   - declaration: The experiment's, as it was when the run was begun.
    ///   - design: For as many pairs as the plan has blocks.
    ///   - report: Told in a sentence what each look at the data has shown.
    public init(
        runner: ExperimentRunner, archive: RunArchive, declaration: Declaration, gate: GateDeclaration,
        design: SequentialDesign, report: @escaping (String) -> Void
    ) {
        self.runner = runner
        self.archive = archive
        self.design = design
        self.report = report
        reader = PairReader(declaration: declaration.asRun(by: archive.plan), sides: archive.plan.sides, gate: gate)
    }

    /// What a comparison came to.
    public struct Result {
        public var decision: GateDecision
        /// What became of the trials of each side.
        public var trials: [SideTrials]
        /// Of all that was run, both sides and the control.
        public var summary: ExperimentSummary
        public var pairCount: Int
    }

    /// Runs pairs until the gate has decided, or all that were planned have run.
    ///
    /// - Throws: ``RunningError``, ``ArchiveError``, or ``ComparisonError/broken(_:)`` where a side gives no figures.
    public func run() async throws -> Result {
        var gate = GateSession(design: design)
        var wanted = design.minimumPairs
        var found: Result?
        func look(_ blocks: Int) throws {
            let reading = try read(blocks)
            switch gate.next(after: reading.series, blocks: blocks) {
            case .run(let pairs, let phase):
                precondition(pairs > blocks, "the gate asks for \(pairs) pairs after \(blocks)")
                wanted = pairs
                let news =
                    switch phase {
                    case .exploring: "undecided"
                    case .confirming: "a suspicion, to be confirmed on fresh pairs"
                    }
                report("after \(blocks) pairs: \(news); going on to \(pairs)")
            case .finished(let decision):
                found = Result(
                    decision: decision.heldAgainst(reading.trials), trials: reading.trials, summary: reading.summary,
                    pairCount: blocks)
            }
        }
        _ = try await runner.run { blocks in
            if blocks >= wanted {
                try look(blocks)
            } else if blocks == Self.brokenBlockCount {
                _ = try read(blocks)
            }
            if found != nil { return nil }
            return blocks < Self.brokenBlockCount ? min(wanted, Self.brokenBlockCount) : wanted
        }
        // The last look that was planned comes when no block is left to ask before.
        if found == nil { try look(archive.plan.schedule.trials) }
        guard let found else {
            preconditionFailure("the gate asked for more than the \(design.pairLimit) pairs that it planned")
        }
        return found
    }

    /// What so many blocks have given, where every side has given something.
    private func read(_ blocks: Int) throws -> PairReader.Reading {
        let run = archive.firstBlocks(blocks)
        let reading = try reader.read(run)
        if let broken = try BrokenSide.first(in: run, missing: reading.summary.missingTrials) {
            throw ComparisonError.broken(broken)
        }
        return reading
    }
}
