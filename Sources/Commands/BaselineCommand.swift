import Archiving
import ArgumentParser
import Comparing
import Experiments
import Reporting
import SystemPackage

/// `assay baseline`: keeps figures that later changes are held against.
struct BaselineCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "baseline",
        abstract: "Keeps figures that `assay gate --against` holds later changes against.",
        discussion: """
            A baseline is one file, Baselines/NAME.json, with the values of every process. In virtual time it is exact on every \
            machine, and made to be committed. On the wall clock it speaks of one machine, and needs three sessions or more, \
            since runs at different times differ by more than their trials show: save it as often.

              assay baseline save Experiments/simulator-gate.yaml
              assay baseline list
            """,
        subcommands: [Save.self, List.self, Show.self, Remove.self])

    /// Where baselines lie.
    struct Folder: ParsableArguments {
        @Option(help: "The folder of baselines.", completion: .directory)
        var baselines = BaselineStore.usualFolder.string

        var store: BaselineStore { BaselineStore(folder: FilePath(baselines)) }
    }

    /// `assay baseline save`: runs an experiment and keeps its figures.
    struct Save: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "save", abstract: "Runs an experiment and keeps the figures that its gate names.")

        @Argument(
            help: "The experiment: a YAML file with a section 'gate'.", completion: .file(extensions: ["yaml"]))
        var experiment: String

        @Option(help: "What the baseline is called. (default: the experiment's name)")
        var name: String?

        @Option(help: "How long each trial is: 'full', or a profile that the declaration names. (default: full)")
        var profile: String?

        @Option(help: "What the order and the trials' seeds are drawn from. (default: 1)")
        var seed: UInt64?

        @Option(help: "The folder of results.", completion: .directory)
        var results = "Results"

        @Flag(help: "Put the session in place of those that are stored, instead of adding it to them.")
        var replace = false

        @OptionGroup var folder: Folder

        func run() async throws {
            try await reportingFailures {
                let experiment = try await DeclaredExperiment.read([experiment])[0]
                let gate = try experiment.requireGate()
                let name = name ?? experiment.declaration.name
                let store = folder.store
                // A name that will not do is refused before anything runs.
                let path = try store.path(of: name)
                if !replace, try store.names().contains(name), try store.read(name).isVirtual {
                    throw BaselineError.oneSession(path: path)
                }
                let session = try ExperimentSession(
                    profile: profile, seed: seed, results: results,
                    continuation: "`\(CommandLineText.same(CommandLine.arguments))` begins anew")
                let baseline = try await Interruption.cancelling {
                    let run = try await session.run(experiment)
                    guard !run.hasFailures else {
                        throw Failure(
                            .doubtful,
                            "a trial failed, so nothing was saved; its report says which: \(run.archive.path)")
                    }
                    return try StoredBaseline(of: run.archive, experiment.declaration, gate: gate)
                }
                guard baseline.sessions[0].trust != .invalid else {
                    throw Failure(
                        .invalid,
                        "the run is invalid, so nothing was saved; `assay audit \(results)/\(baseline.experiment)` says why"
                    )
                }
                let whole = try store.save(baseline, as: name, isReplacing: replace)
                StandardStream.output.write(
                    "\(path): \(whole.sessions.count) \(whole.sessions.count == 1 ? "session" : "sessions")\n")
            }
        }
    }

    /// `assay baseline list`: what is kept.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "list", abstract: "Lists the baselines.")

        @OptionGroup var folder: Folder

        func run() async throws {
            try await reportingFailures {
                let path = folder.store.folder
                guard path == BaselineStore.usualFolder || FileSystem.exists(path) else {
                    throw Failure(.noInput, "\(path): there is no such folder; name the one that baselines lie in")
                }
                StandardStream.output.write(BaselineReport.list(try folder.store.entries(), folder: folder.baselines))
            }
        }
    }

    /// `assay baseline show`: one baseline's sessions and figures.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Shows a baseline: its sessions and their figures.")

        @Argument(help: "The baseline's name.") var name: String

        @OptionGroup var folder: Folder

        func run() async throws {
            try await reportingFailures {
                StandardStream.output.write(BaselineReport.show(try folder.store.read(name), name: name))
            }
        }
    }

    /// `assay baseline remove`: forgets one.
    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "remove", abstract: "Removes a baseline for good.")

        @Argument(help: "The baseline's name.") var name: String

        @OptionGroup var folder: Folder

        func run() async throws {
            try await reportingFailures {
                let store = folder.store
                try store.remove(name)
                StandardStream.error.write("removed \(try store.path(of: name))\n")
            }
        }
    }
}
