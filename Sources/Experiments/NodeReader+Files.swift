extension NodeReader {
    /// A text file that a declaration names.
    struct NamedFile {
        /// Relative to the declaration's folder, as written.
        var path: String
        /// The same with the folder, as errors name it.
        var file: String
        var text: String
    }

    /// The text of a file inside the declaration's folder; what is wrong with its name or its bytes is added to the problems.
    ///
    /// - Parameters:
    ///   - key: The key that names it.
    ///   - folder: The declaration's folder as a prefix for names in errors.
    ///   - load: The bytes of a file, by its path relative to the declaration's folder.
    func file(
        _ node: SourceNode, key: String, folder: String, load: (String) throws(FileFailure) -> [UInt8]
    ) -> NamedFile? {
        guard let path = line(node, what: "'\(key)'") else { return nil }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard !path.hasPrefix("/"), !parts.contains("..") else {
            problems.add(
                "'\(key)': \(path.quoted) leads out of the declaration's folder; name a file inside it",
                at: node.position)
            return nil
        }
        do {
            let file = folder + path
            return NamedFile(path: path, file: file, text: try SourceFile.text(of: load(path), file: file))
        } catch let failure as FileFailure {
            problems.add("'\(key)': \(path.quoted) \(failure.message)", at: node.position)
        } catch let error as DeclarationError {
            problems.add(error)
        } catch {
            problems.add("'\(key)': \(path.quoted) cannot be read: \(error)", at: node.position)
        }
        return nil
    }
}
