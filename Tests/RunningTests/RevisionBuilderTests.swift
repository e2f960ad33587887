import Archiving
import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import Running

/// The tests lie in a repository of their own making, so that the working directory's is left alone.
@Suite("RevisionBuilder", .serialized)
struct RevisionBuilderTests {
    /// A repository with two commits of a program, one of which does not build.
    private func repository(_ body: (FilePath) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            let shell = """
                set -e
                cd '\(folder)'
                git init -q -b main .
                git config user.name tests && git config user.email tests@invalid
                printf '#!/bin/sh\\necho one\\n' > program.in && git add . && git commit -qm one && git tag one
                printf '#!/bin/sh\\necho two\\n' > program.in && git commit -qam two
                """
            #expect(await Tool.answer("sh", ["-c", shell]) != nil)
            try await body(folder)
        }
    }

    private static let command = "cp program.in program && chmod +x program && echo built >> builds"

    @Test("a revision is built once, in a worktree of its own, and found by its hash afterwards")
    func building() async throws {
        try await repository { folder in
            let builder = RevisionBuilder(repository: folder)
            let hash = try await builder.hash(of: "one")
            #expect(hash.count == 40)
            var told: [String] = []
            for _ in 0..<2 {
                let path = try await builder.program(
                    "./program", of: hash, named: "one", builtBy: Self.command, report: { told.append($0) })
                #expect(path.string.hasSuffix("/.assay/revisions/\(hash)/program"))
                #expect(await Tool.answer("sh", ["-c", path.string]) == "one")
            }
            #expect(told.count == 1)
            let status = await Tool.answer("git", ["-C", folder.string, "status", "--porcelain"])
            #expect(status == "", "the user's own tree is untouched, and the cache is not shown")
            // Another command is another build.
            _ = try await builder.program(
                "./program", of: hash, named: "one", builtBy: Self.command + "; true", report: { told.append($0) })
            #expect(told.count == 2)
        }
    }

    @Test("a build that fails says how, and is tried again the next time")
    func failing() async throws {
        try await repository { folder in
            let builder = RevisionBuilder(repository: folder)
            let hash = try await builder.hash(of: "main")
            for _ in 0..<2 {
                do {
                    _ = try await builder.program(
                        "./program", of: hash, named: "main", builtBy: "echo no such compiler; exit 3", report: { _ in }
                    )
                    Issue.record("it was built")
                } catch {
                    let text = "\(error)"
                    #expect(
                        text.hasPrefix(
                            "main: its build, `echo no such compiler; exit 3` in \(folder)/.assay/revisions/\(hash), ended "
                                + "with status 3; what it printed is in \(folder)/.assay/revisions/\(hash).log"),
                        "\(text)")
                    #expect(text.hasSuffix(".log, which ends: no such compiler"), "\(text)")
                }
            }
            await #expect(throws: RunningError.self) {
                try await builder.program(
                    "./other", of: hash, named: "main", builtBy: Self.command, report: { _ in })
            }
        }
    }

    @Test("a program that lies in the tree as it is takes no build; one that does not is asked how it is built")
    func withoutBuild() async throws {
        try await repository { folder in
            let shell = "cd '\(folder)' && chmod +x program.in && git commit -qam three && git tag three"
            #expect(await Tool.answer("sh", ["-c", shell]) != nil)
            let builder = RevisionBuilder(repository: folder)
            let hash = try await builder.hash(of: "three")
            let path = try await builder.program(
                "./program.in", of: hash, named: "three", builtBy: nil, report: { Issue.record("\($0)") })
            #expect(await Tool.answer("sh", ["-c", path.string]) == "two")
            do {
                _ = try await builder.program("./program", of: hash, named: "three", builtBy: nil, report: { _ in })
                Issue.record("there is no such program")
            } catch {
                #expect(
                    "\(error)"
                        == "three: ./program is no program in the revision's tree as it is; say under `gate` how it is built "
                        + "there, as in `build: make server`")
            }
        }
    }

    @Test("what is no commit is said so", arguments: ["none", "--all", "one:program.in", ""])
    func unknown(_ name: String) async throws {
        try await repository { folder in
            let builder = RevisionBuilder(repository: folder)
            do {
                _ = try await builder.hash(of: name)
                Issue.record("\(name) was found")
            } catch {
                #expect("\(error)".hasPrefix("\(name): is no commit, branch or tag of the repository at \(folder)"))
            }
        }
    }
}
