/// A command as the program under test: a template for its words, and where its figures come from.
public struct ProgramCommand: Sendable, Equatable, Codable {
    /// The words as declared, each one argument of the program, the first being the program itself: see ``WordTemplate``.
    public var words: [String]
    public var source: FigureSource
    /// The figures that the program prints, in the order declared; empty unless they come from JSON lines.
    public var reported: [ReportedMetric]

    public init(words: [String], source: FigureSource = .process, reported: [ReportedMetric] = []) {
        self.words = words
        self.source = source
        self.reported = reported
    }

    /// What a template may name besides the parameters of the experiment.
    public enum Placeholder: String, Sendable, CaseIterable {
        /// The file that the program writes its events to, seen from its working directory.
        case trace
        /// The trial's seed, a whole number below 2^53.
        case seed
        /// The warm-up of the schedule, as in `1500ms`.
        case warmUp = "warm-up"
        /// The measured window of the schedule, as in `10s`.
        case measure
        /// The absolute path of the folder in which the harness was started: programs work in a folder of their own.
        case directory
    }

    /// The words in brackets, as a YAML list would hold them; no name and no path reads like this.
    public var text: String {
        let quoted = words.map { word in
            let isPlain = !word.isEmpty && word.allSatisfy { $0.isLetter || $0.isNumber || "-_./+=@".contains($0) }
            return isPlain ? word : "\"\(word)\""
        }
        return "[\(quoted.joined(separator: ", "))]"
    }

    /// The program itself, as a path or a name.
    ///
    /// The reader lets no placeholder stand in it, since one experiment measures one program.
    public var program: String { words.first.map { Self.filled($0) { _ in nil } } ?? "" }

    /// Whether some word names the placeholder.
    public func takes(_ placeholder: Placeholder) -> Bool { placeholders.contains(placeholder.rawValue) }

    /// All names that the words' placeholders have.
    var placeholders: Set<String> {
        Set(words.flatMap { Self.template($0).names })
    }

    /// The arguments of one trial, without the program itself.
    ///
    /// - Parameter value: What stands for a placeholder; nil for one that was refused when the declaration was read.
    func arguments(_ value: (String) -> String?) -> [String] {
        words.dropFirst().map { Self.filled($0, value) }
    }

    private static func filled(_ word: String, _ value: (String) -> String?) -> String {
        template(word).pieces.map { piece in
            switch piece {
            case .text(let text): text
            case .placeholder(let name): value(name) ?? ""
            }
        }.joined()
    }

    /// A word that is no template is taken as text: the reader has refused it.
    private static func template(_ word: String) -> WordTemplate {
        do {
            return try WordTemplate(word)
        } catch {
            return WordTemplate(pieces: [.text(word)])
        }
    }
}
