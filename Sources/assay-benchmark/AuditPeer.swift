import Glibc
import SystemPackage

/// The same pairings by a library for tables: Polars (https://pola.rs) or DuckDB (https://duckdb.org), on one thread.
struct AuditPeer {
    /// The libraries, by their names for `scripts/audit-peer.py`.
    static let libraries = ["polars", "duckdb"]

    private let program: MeasuredProgram

    struct Figures: Decodable {
        /// The library with its version.
        var name: String
        var cpuSeconds: Double
        var stages: [String: AuditFigures.Stage]
    }

    /// - Throws: The reason, where they are not to be had.
    init() async throws(BenchmarkFailure) {
        let python = try PythonPeer(script: "audit-peer.py")
        program = MeasuredProgram(path: python.interpreter, firstArguments: ["-I", python.script.string])
        do throws(BenchmarkFailure) {
            _ = try await MeasuredProgram(path: python.interpreter).run(["-I", "-c", "import duckdb, numpy, polars"])
        } catch {
            throw BenchmarkFailure(
                sentence: "Polars and DuckDB are not to be had in .build-python; run `scripts/setup benchmark`")
        }
    }

    /// Decodes the trace and puts its events in order, in the file format that the libraries read best.
    func convert(_ trace: String, to table: String) async throws(BenchmarkFailure) {
        _ = try await program.run(["convert", trace, table])
    }

    func pair(with library: String, _ table: String) async throws(BenchmarkFailure) -> Figures {
        try await program.run([library, table]).figures(Figures.self)
    }
}
