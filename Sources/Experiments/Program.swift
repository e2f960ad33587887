/// The program under test. It takes `--NAME VALUE` for each parameter, besides `--warm-up`, `--measure`, `--seed`
/// and `--trace FILE`, and writes the trace format.
public enum Program: Sendable, Equatable {
    /// The bundled simulator, whose parameters are known and checked.
    case systemSimulator
    /// Any other program, by its path; its parameters are passed on unchecked.
    case path(String)

    /// As it is written in a declaration.
    public var text: String {
        switch self {
        case .systemSimulator: "system-simulator"
        case .path(let path): path
        }
    }
}
