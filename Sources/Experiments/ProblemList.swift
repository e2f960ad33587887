/// Collects what is wrong while a file is read, so that one reading reports as much as it can.
///
/// A class, because every part of the reader adds to the same list; it never leaves the reading that made it.
final class ProblemList {
    private let file: String
    private var errors: Set<DeclarationError> = []

    init(file: String) { self.file = file }

    var isEmpty: Bool { errors.isEmpty }

    func add(_ message: String, at position: SourcePosition) {
        add(DeclarationError(file: file, position: position, message: message))
    }

    /// Keeps the error unless the same one is there already.
    func add(_ error: DeclarationError) { errors.insert(error) }

    /// All of them, the declaration's own before those of other files; nil if there are none.
    func collected() -> DeclarationErrors? {
        guard !errors.isEmpty else { return nil }
        let sorted = errors.sorted { left, right in
            if left.file != right.file { return left.file == file || (right.file != file && left.file < right.file) }
            return (left.position, left.message) < (right.position, right.message)
        }
        let kept = Array(sorted.prefix(DeclarationErrors.limit))
        return DeclarationErrors(errors: kept, omittedCount: sorted.count - kept.count)
    }
}
