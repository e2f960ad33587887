/// The keys that a declaration may hold, mapping by mapping, in the order that errors list them.
///
/// The published schema (`Experiments/experiment.schema.json`) names the same ones, which a test compares.
enum DeclarationKeys {
    struct Mapping: Equatable {
        /// What the mapping is called in errors.
        var title: String
        var names: [String]
        var required: [String]
    }

    static let schedule = ["trials", "warm-up", "measure", "time-limit", "retries"]

    static let declaration = Mapping(
        title: "the declaration",
        names: ["question", "program", "fixed", "factors", "exclude"] + schedule + [
            "profiles", "stages", "pairings", "hypotheses", "limits", "exclude-trials", "gate", "observers",
            "reference",
        ],
        required: ["question", "program", "trials"])
    /// The same for a program that takes its schedule by options and writes a trace.
    static let declarationOfTrace = Mapping(
        title: declaration.title, names: declaration.names,
        required: declaration.required + ["warm-up", "measure", "stages"])
    /// The same for a command that writes a trace; what it takes of the schedule is seen from its words.
    static let declarationOfTracingCommand = Mapping(
        title: declaration.title, names: declaration.names, required: declaration.required + ["stages"])
    static let program = Mapping(title: "'program'", names: ["command", "metrics", "report"], required: ["command"])
    static let reported = Mapping(
        title: "a figure under 'report'", names: ["unit", "worse"], required: ["unit", "worse"])
    static let profile = Mapping(title: "a profile", names: schedule, required: [])
    static let level = Mapping(
        title: "a level", names: ["label", "value", "with"], required: ["label", "value"])
    static let claims = ["near", "below", "above", "equivalent", "varies", "rises", "falls"]
    static let hypothesis = Mapping(
        title: "a hypothesis",
        names: ["says", "metric", "pairing", "where", "near", "within"] + claims.dropFirst(),
        required: ["says", "metric"])
    static let equivalent = Mapping(
        title: "'equivalent'", names: ["along", "within"], required: ["along", "within"])
    static let varies = Mapping(
        title: "'varies'", names: ["along", "by-more-than"], required: ["along", "by-more-than"])
    static let trend = Mapping(title: "a trend", names: ["along"], required: ["along"])
    static let gate = Mapping(title: "'gate'", names: ["metrics", "pairs", "build"], required: ["metrics"])
    static let observer = Mapping(title: "an observer", names: ["script", "pairing"], required: ["script"])
    static let reference = Mapping(
        title: "'reference'", names: ["source", "figures", "histogram"], required: ["source"])
}
