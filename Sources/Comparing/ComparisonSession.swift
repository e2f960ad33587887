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

    /// How many blocks may pass without a single pair in some cell, before the comparison is given up.
    static let pairlessBlockMaximum = 3

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
    /// - Throws: ``RunningError``, ``ArchiveError``, or ``ComparisonError`` where no pair comes about.
    public func run() async throws -> Result {
        var gate = GateSession(design: design)
        var wanted = design.minimumPairs
        var found: Result?
        func look(_ blocks: Int) throws {
            let reading = try reader.read(archive.firstBlocks(blocks))
            try requirePairs(reading, blocks)
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
            } else if blocks == Self.pairlessBlockMaximum {
                try requirePairs(try reader.read(archive.firstBlocks(blocks)), blocks)
            }
            if found != nil { return nil }
            return blocks < Self.pairlessBlockMaximum ? min(wanted, Self.pairlessBlockMaximum) : wanted
        }
        // The last look that was planned comes when no block is left to ask before.
        if found == nil { try look(archive.plan.schedule.trials) }
        guard let found else {
            preconditionFailure("the gate asked for more than the \(design.pairLimit) pairs that it planned")
        }
        return found
    }

    private func requirePairs(_ reading: PairReader.Reading, _ blocks: Int) throws(ComparisonError) {
        guard blocks >= Self.pairlessBlockMaximum,
            let empty = reading.series.first(where: { $0.pairs.isEmpty && $0.invalidity == nil })
        else { return }
        let reason = reading.summary.missingTrials.first.map { " \($0.identifier): \($0.reason)" } ?? ""
        throw .asked(
            "\(empty.cell.isEmpty ? "the experiment" : empty.cell): no pair came about in \(blocks) blocks.\(reason)")
    }
}
