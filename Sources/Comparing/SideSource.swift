import Experiments
import Gating
import Glibc

/// What one side of a comparison was given as.
public enum SideSource: Sendable, Equatable {
    /// The path of a program.
    case program(String)
    /// The name of a commit of the repository, to be built.
    case revision(String)
    /// The declaration's program with other parameters.
    case parameters([Parameter])
    /// The declaration's program as it is.
    case declared

    /// Reads what the user wrote for a side: one program or revision, or any number of NAME=VALUE; nothing for the declaration's
    /// program as it is.
    ///
    /// A word with a '=' in it is a parameter; one that names a file is a program; any other is a revision.
    public init(words: [String], side: Side) throws(ComparisonError) {
        guard let first = words.first else {
            self = .declared
            return
        }
        if words.contains(where: { $0.contains("=") }) {
            var parameters: [Parameter] = []
            for word in words {
                let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
                    throw .side(
                        side,
                        "is given as \(words.joined(separator: " and ")): a side is one program, one revision, or parameters, each "
                            + "as in permits=16")
                }
                let parameter = Parameter(name: String(parts[0]), value: String(parts[1]))
                guard !parameters.contains(where: { $0.name == parameter.name }) else {
                    throw .side(side, "sets \(parameter.name) twice; keep one")
                }
                parameters.append(parameter)
            }
            self = .parameters(parameters)
            return
        }
        guard !first.isEmpty else { throw .side(side, "is an empty word; name a program, a revision or NAME=VALUE") }
        guard words.count == 1 else {
            throw .side(
                side, "is given \(words.count) times (\(words.joined(separator: ", "))); name one program or revision")
        }
        var status = stat()
        let isFile = first.contains("/") && stat(first, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        self = isFile ? .program(first) : .revision(first)
    }

    /// As reports call it.
    public var label: String {
        switch self {
        case .program(let path): path
        case .revision(let name): name
        case .parameters(let parameters): parameters.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
        case .declared: "as declared"
        }
    }
}

/// Why two sides cannot be compared.
public enum ComparisonError: Error, Equatable, CustomStringConvertible {
    /// A side is not what it must be; the end of a sentence that begins with it.
    case side(Side, String)
    /// A whole sentence about the comparison as it is asked for.
    case asked(String)
    /// A side gave no figures at all.
    case broken(BrokenSide)

    public var description: String {
        switch self {
        case .side(let side, let complaint): "the \(side.rawValue) \(complaint)"
        case .asked(let sentence): sentence
        case .broken(let side): side.description
        }
    }
}
