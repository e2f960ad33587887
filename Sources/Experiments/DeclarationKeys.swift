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
            "profiles", "stages", "pairings", "hypotheses", "limits", "exclude-trials", "observers", "reference",
        ],
        required: ["question", "program", "trials", "warm-up", "measure", "stages"])
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
    static let observer = Mapping(title: "an observer", names: ["script", "pairing"], required: ["script"])
    static let reference = Mapping(
        title: "'reference'", names: ["source", "figures", "histogram"], required: ["source"])
}
