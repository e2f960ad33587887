import Analysis
import Following
import Pairing
import TraceModel

/// A trace that a command reads: opened, and known to hold events.
struct OpenedTrace {
    let reader: TraceReader
    let outline: TraceOutline

    /// - Throws: ``TraceError``, or ``Failure`` where there is no event to read.
    init(path: String) throws {
        try StoredTraces.refuseFolder(path)
        reader = try TraceReader(path: path)
        guard let outline = reader.outline else {
            // What is damaged says so; what is empty says that.
            if let problem = reader.problems.first { throw Failure(.badData, problem.description) }
            throw Failure(FollowingError.noEvents, path: path)
        }
        self.outline = outline
    }

    var path: String { reader.path }

    /// Whether the requests of the trace wait for their writes.
    var writes: Writes { TraceSummarizer.writes(of: reader) }

    /// Whether the bundled simulator wrote it, as its header tells.
    var isSimulated: Bool { TraceParameters(description: reader.header.description).isOfSimulator }

    /// Whether events are missing: it is damaged, or some were dropped.
    var isIncomplete: Bool { !reader.problems.isEmpty || reader.header.eventsDropped > 0 }

    /// The measured window.
    var window: TraceWindow { TraceWindow(of: outline) }

    /// Runs the body, and gives what it cannot find the words of this trace.
    func explaining<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as FollowingError {
            throw Failure(error, path: path)
        }
    }

    /// After the whole of it was read: damage is said, whatever could be read before it.
    func requireWhole() throws(Failure) {
        if let problem = reader.problems.first { throw Failure(.badData, problem.description) }
    }
}
