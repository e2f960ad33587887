import Archiving
import Experiments
import Pairing
import SystemPackage
import TraceModel

/// Reads the twins in virtual time of a run's trials.
struct OracleReader {
    private let archive: RunArchive
    private let records: [String: TrialRecord]

    init(archive: RunArchive) throws(ArchiveError) {
        self.archive = archive
        records = Dictionary(try archive.oracleTrials().map { ($0.identifier, $0) }) { first, _ in first }
    }

    /// The twin of a trial; what keeps it from being read is a reason, not an error: the trial has its numbers without it.
    func twin(of record: TrialRecord, _ cell: Cell, program: String, writes: Writes?) -> OracleTwin {
        guard cell.oracle(of: program) != nil else { return .notApplicable }
        guard let twin = records[record.identifier] else {
            return .missing(reason: "It has not been run in virtual time.")
        }
        if case .failed(let reason) = twin.outcome { return .missing(reason: reason) }
        let path = archive.folder(ofOracle: record.identifier).trace.string
        do {
            guard try archive.oracleTraceIsAsRecorded(twin) ?? true else {
                return .missing(reason: "\(path): this is not the trace that the run in virtual time left.")
            }
            let reader = try TraceReader(path: path)
            guard let trace = TraceMeasurement(of: reader, writes: writes) else {
                return .missing(reason: "\(path): the trace has no events.")
            }
            return .found(trace)
        } catch {
            return .missing(reason: "\(error)")
        }
    }
}
