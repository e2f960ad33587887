import Archiving
import Dispatch
import SystemPackage
import Testing

@Suite("Where a report lies")
struct ReportFolderTests {
    @Test("a new report leaves nothing of the old one, and what is not of a report stays")
    func replaces() throws {
        try withTemporaryFolder { results in
            let folder = try ReportFolder(experiment: "sample", in: results)
            try folder.publish([
                ("report.md", Array("old".utf8)), ("verdict.json", []), ("summary.csv", []), ("histograms.csv", []),
                ("comparison.json", []), ("junit.xml", []), ("bencher.json", []), ("smaller-is-better.json", []),
                ("bigger-is-better.json", []), ("slowest.md", []), ("plots/a.svg", []),
            ])
            try FileSystem().write([], to: folder.path.appending("notes.txt"))
            try folder.publish([("report.md", Array("not run".utf8))])
            #expect(try FileSystem.names(in: folder.path) == ["notes.txt", "plots", "report.md"])
            #expect(try FileSystem.names(in: folder.path.appending("plots")).isEmpty)
            #expect(try FileSystem.read(folder.path.appending("report.md")) == Array("not run".utf8))
        }
    }

    @Test("many that publish at once leave the files of one of them, and none fails")
    func together() throws {
        try withTemporaryFolder { results in
            let folder = try ReportFolder(experiment: "sample", in: results)
            DispatchQueue.concurrentPerform(iterations: 8) { writer in
                let text = Array("\(writer)".utf8)
                do {
                    try folder.publish([("report.md", text), ("verdict.json", text), ("plots/\(writer).svg", text)])
                } catch {
                    Issue.record(error)
                }
            }
            let report = try FileSystem.read(folder.path.appending("report.md"))
            #expect(try FileSystem.read(folder.path.appending("verdict.json")) == report)
            #expect(
                try FileSystem.names(in: folder.path.appending("plots"))
                    == [String(decoding: report, as: UTF8.self) + ".svg"])
        }
    }
}
