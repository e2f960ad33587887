/// The files in which a kernel tells of its machine, as far as they can be read.
public struct MachineFiles: Sendable {
    /// The text of a file; nil where there is none or it cannot be read.
    public let content: @Sendable (_ path: String) -> String?
    /// The names in a folder; none where it cannot be read.
    public let list: @Sendable (_ folder: String) -> [String]

    public init(
        content: @escaping @Sendable (_ path: String) -> String?,
        list: @escaping @Sendable (_ folder: String) -> [String]
    ) {
        self.content = content
        self.list = list
    }

    /// The text of a file, without blanks at its ends; nil where it tells nothing.
    func text(_ path: String) -> String? {
        guard let text = content(path) else { return nil }
        var rest = text[...]
        while rest.last?.isWhitespace == true { rest.removeLast() }
        rest = rest.drop(while: \.isWhitespace)
        return rest.isEmpty ? nil : String(rest)
    }

    /// The number that is the file's first word.
    func number(_ path: String) -> Int? {
        text(path)?.split(whereSeparator: \.isWhitespace).first.flatMap { Int($0) }
    }

    /// The words behind a key that begins a line, as in `MemTotal: 16 kB`.
    func words(behind key: String, in path: String) -> [Substring]? {
        for line in text(path)?.split(separator: "\n") ?? [] {
            guard line.hasPrefix(key) else { continue }
            let rest = line.dropFirst(key.count).drop { $0.isWhitespace || $0 == ":" }
            return rest.split(whereSeparator: \.isWhitespace)
        }
        return nil
    }

    /// Folders of the CPUs, as in `/sys/devices/system/cpu/cpu0`, by number.
    var cpuFolders: [String] {
        let root = "/sys/devices/system/cpu"
        let numbers = list(root).compactMap { $0.hasPrefix("cpu") ? Int($0.dropFirst(3)) : nil }
        return numbers.sorted().map { "\(root)/cpu\($0)" }
    }
}
