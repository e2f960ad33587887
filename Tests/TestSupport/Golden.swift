// Golden files hold what a report said when somebody last read it. A test compares byte for byte; a mismatch leaves the
// new text beside the old as `NAME.got`, and one command takes it over, to be reviewed as code:
//
//     ASSAY_UPDATE_GOLDEN=1 swift test --filter ReportingTests
//
// Each golden file lies in a folder `Golden` beside the test that names it.

import Foundation

/// What came of comparing a text with its golden file.
public enum GoldenOutcome: Equatable, Sendable {
    case same
    /// The file did not exist or differed, and was written because an update was asked for.
    case updated
    /// The texts differ or the file is missing; the sentence says where and what to do.
    case differs(String)

    /// What went wrong, or nil.
    public var complaint: String? {
        if case .differs(let sentence) = self { sentence } else { nil }
    }
}

/// Comparison with golden files.
public enum Golden {
    /// The environment variable that makes mismatches overwrite the golden files instead of failing.
    public static let updateVariable = "ASSAY_UPDATE_GOLDEN"

    /// Compares a text with the golden file of that name beside the calling test.
    ///
    /// - Parameters:
    ///   - text: What the code under test produced.
    ///   - name: The file's name, as in `report.md`.
    ///   - testFile: The calling test's path; leave the default.
    /// - Throws: What the file system says when a file cannot be read or written.
    public static func compare(_ text: String, with name: String, testFile: String = #filePath) throws -> GoldenOutcome
    {
        let folder = URL(fileURLWithPath: testFile).deletingLastPathComponent().appendingPathComponent("Golden")
        return try compare(
            text, with: name, in: folder, updates: ProcessInfo.processInfo.environment[updateVariable] == "1")
    }

    /// The same with the folder and the decision to update given.
    public static func compare(_ text: String, with name: String, in folder: URL, updates: Bool) throws -> GoldenOutcome
    {
        let golden = folder.appendingPathComponent(name)
        let got = folder.appendingPathComponent(name + ".got")
        let bytes = Data(text.utf8)
        let known = FileManager.default.fileExists(atPath: golden.path) ? try Data(contentsOf: golden) : nil
        let same = known == bytes
        if same || updates, FileManager.default.fileExists(atPath: got.path) {
            try FileManager.default.removeItem(at: got)
        }
        if same { return .same }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        if updates {
            try bytes.write(to: golden)
            return .updated
        }
        try bytes.write(to: got)
        let place = known.map { firstDifference($0, bytes) } ?? "there is no such golden file yet"
        return .differs(
            "\(name): \(place). Compare \(got.path) with \(golden.path); "
                + "if the new text is right, run the tests once with \(updateVariable)=1 and review the change.")
    }

    /// Where two texts part, as a sentence without its end.
    static func firstDifference(_ golden: Data, _ got: Data) -> String {
        let (old, new) = (lines(of: golden), lines(of: got))
        let index = zip(old, new).prefix { $0 == $1 }.count
        let (expected, found) = (index < old.count ? old[index] : nil, index < new.count ? new[index] : nil)
        switch (expected, found) {
        case (let expected?, let found?): return "line \(index + 1) was «\(expected)» and is «\(found)»"
        case (let expected?, nil): return "line \(index + 1), «\(expected)», and what follows it is gone"
        case (nil, let found?): return "line \(index + 1), «\(found)», is new"
        case (nil, nil): return "the lines are equal but the bytes are not"
        }
    }

    private static func lines(of data: Data) -> [String] {
        // String(decoding:) mends what is no UTF-8; this text is for a message only.
        String(decoding: data, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
}
