import Glibc
import Running
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
        guard let root = Self.repository() else {
            throw BenchmarkFailure(
                sentence: "no folder above this program holds scripts/simpy-model.py; run it where it was built")
        }
        let interpreter = root.appending(".build-python/bin/python3")
        guard access(interpreter.string, X_OK) == 0 else {
            throw BenchmarkFailure(
                sentence: "SimPy is not to be had: .build-python is missing; run `scripts/setup benchmark`, "
                    + "which needs python3-venv and PyPI")
        }
        let question = "import simpy, platform; print(f'SimPy {simpy.__version__}, Python {platform.python_version()}')"
        name = try await MeasuredProgram(path: interpreter).run(["-I", "-c", question]).lastLine
        program = MeasuredProgram(
            path: interpreter, firstArguments: ["-I", root.appending("scripts/simpy-model.py").string])
    }

    /// The wall time of the whole process beside its figures.
    func run(_ arguments: [String]) async throws(BenchmarkFailure) -> (seconds: Double, figures: Figures) {
        let outcome = try await program.run(arguments)
        return (outcome.seconds, try outcome.figures(Figures.self))
    }

    /// The folder of the repository that this program was built in; nil if it was carried elsewhere.
    private static func repository() -> FilePath? {
        guard let executable = realpath("/proc/self/exe", nil) else { return nil }
        defer { free(executable) }
        var folder = FilePath(String(cString: executable)).removingLastComponent()
        while access(folder.appending("scripts/simpy-model.py").string, R_OK) != 0 {
            guard folder.removeLastComponent() else { return nil }
        }
        return folder
    }
}
