import Archiving
import Experiments

extension RunArchive {
    /// Makes sure that going on with this run is what is asked for.
    ///
    /// - Parameter requested: The plan that a new run would have. Its trials are not compared: what was planned when
    ///   the run was begun is what runs.
    /// - Throws: ``RunningError/otherRun(path:what:stored:requested:)`` naming the first thing that differs.
    public func requireSame(as requested: Plan) throws(RunningError) {
        let pairs = [
            ("the experiment", plan.experiment, requested.experiment),
            ("the profile", plan.profile, requested.profile),
            ("the seed", "\(plan.seed)", "\(requested.seed)"),
            ("the program", plan.program, requested.program),
            ("metrics", plan.source.rawValue, requested.source.rawValue),
            // The first digits tell two digests apart as well as all of them do.
            (
                "the declaration", String(plan.declarationDigest.prefix(12)),
                String(requested.declarationDigest.prefix(12))
            ),
        ]
        for (what, stored, requested) in pairs where stored != requested {
            throw .otherRun(path: path, what: what, stored: stored, requested: requested)
        }
    }
}
