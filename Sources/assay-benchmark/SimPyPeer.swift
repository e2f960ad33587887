import SystemPackage

/// The simulator's model in SimPy, a discrete-event simulation library for Python (https://simpy.readthedocs.io).
struct SimPyPeer {
    private let program: MeasuredProgram
    /// SimPy and Python with their versions.
    let name: String

    struct Figures: Decodable {
        var requestsDone: Int
        var writesDone: Int
    }

    /// - Throws: The reason, where it is not to be had.
    init() async throws(BenchmarkFailure) {
        let python = try PythonPeer(script: "simpy-model.py")
        let question = "import simpy, platform; print(f'SimPy {simpy.__version__}, Python {platform.python_version()}')"
        name = try await MeasuredProgram(path: python.interpreter).run(["-I", "-c", question]).lastLine
        program = MeasuredProgram(path: python.interpreter, firstArguments: ["-I", python.script.string])
    }

    /// The wall time of the whole process beside its figures.
    func run(_ arguments: [String]) async throws(BenchmarkFailure) -> (seconds: Double, figures: Figures) {
        let outcome = try await program.run(arguments)
        return (outcome.seconds, try outcome.figures(Figures.self))
    }
}
