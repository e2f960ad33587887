import Glibc
import Synchronization
import SystemPackage
import Testing
import TraceModel

@testable import Archiving

@Suite("Stored baselines")
struct BaselineStoreTests {
    @Test("are read back as they were saved, one file each, in the order of their names")
    func roundTrip() throws {
        try withTemporaryFolder { folder in
            let store = BaselineStore(folder: folder.appending("Baselines"))
            #expect(try store.names() == [])
            let virtual = BaselineSamples.baseline(isVirtual: true)
            try store.save(virtual, as: "virtual-1.0")
            try store.save(BaselineSamples.baseline(), as: "main_2")

            #expect(try store.names() == ["main_2", "virtual-1.0"])
            #expect(try store.read("virtual-1.0") == virtual)
            #expect(try FileSystem.names(in: store.folder) == ["main_2.json", "virtual-1.0.json"])
            try store.remove("main_2")
            #expect(try store.names() == ["virtual-1.0"])
        }
    }

    @Test("have a key a line and a whole array of values a line, so that a diff shows what changed")
    func layout() throws {
        try withTemporaryFolder { folder in
            let store = BaselineStore(folder: folder)
            try store.save(BaselineSamples.baseline(), as: "main")
            let text = String(decoding: try FileSystem.read(folder.appending("main.json")), as: UTF8.self)
            #expect(
                text == """
                    {
                      "declarationDigest": "\(String(repeating: "ab", count: 32))",
                      "experiment": "client-counts",
                      "isVirtual": false,
                      "machine": {
                        "host": "runner-7",
                        "kernel": "Linux 6.18 x86_64",
                        "processorCount": 2,
                        "processorModel": "EPYC",
                        "toolchain": "Swift version 6.3.1"
                      },
                      "profile": "full",
                      "program": "system-simulator",
                      "sessions": [
                        {
                          "binaryDigest": "\(String(repeating: "0a", count: 32))",
                          "revision": "0123abc",
                          "seed": 18446744073709551615,
                          "series": [
                            {
                              "cell": "clients 15",
                              "metric": "persist.p50",
                              "pairing": "request",
                              "values": [60042000, null, 60051300.5]
                            },
                            {
                              "cell": "clients 15",
                              "metric": "throughput",
                              "values": [14.9, 15, 15.1]
                            }
                          ],
                          "startedAt": "2026-11-30T04:05:01Z",
                          "trust": "trusted"
                        }
                      ],
                      "version": 1
                    }

                    """)
        }
    }

    @Test(
        "lay out strings with brackets, quotes and escapes without touching them",
        arguments: [
            ("{}", "{}"), ("[]", "[]"), (#"{"a":[]}"#, "{\n  \"a\": []\n}"),
            (#"["]\"[,{",1,-2.5e3,null]"#, #"["]\"[,{", 1, -2.5e3, null]"#),
            (
                #"{"a:,\\":{"b":[[1,2],[3]]}}"#,
                "{\n  \"a:,\\\\\": {\n    \"b\": [\n      [1, 2],\n      [3]\n    ]\n  }\n}"
            ),
        ])
    func rows(compact: String, expected: String) {
        #expect(String(decoding: RowJSON.laidOut(Array(compact.utf8)), as: UTF8.self) == expected)
    }

    @Test("take further sessions after those that they have, and the same one only once")
    func append() throws {
        try withTemporaryFolder { folder in
            let store = BaselineStore(folder: folder)
            try store.save(BaselineSamples.baseline(), as: "main")
            let second = BaselineSamples.baseline(sessions: [BaselineSamples.session(2)])
            let whole = try store.save(second, as: "main")

            #expect(whole.sessions.map(\.startedAt) == ["2026-11-30T04:05:01Z", "2026-11-30T04:05:02Z"])
            #expect(try store.read("main") == whole)
            let error = #expect(throws: BaselineError.self) { try store.save(second, as: "main") }
            #expect(
                error?.description
                    == "\(folder)/main.json: the session of 2026-11-30T04:05:02Z is stored already; nothing was changed"
            )
            #expect(try store.save(second, as: "main", isReplacing: true).sessions.count == 1)
        }
    }

    @Test("take no session of another machine or declaration, but say in what it differs")
    func unlike() throws {
        try withTemporaryFolder { folder in
            let store = BaselineStore(folder: folder)
            try store.save(BaselineSamples.baseline(), as: "main")
            var other = BaselineSamples.baseline(sessions: [BaselineSamples.session(2)])
            other.profile = "quick"
            other.machine.kernel = "Linux 6.1 x86_64"

            let error = #expect(throws: BaselineError.self) { try store.save(other, as: "main") }

            #expect(
                error?.description
                    == "\(folder)/main.json: the new session differs from the stored ones in profile (full, now quick), "
                    + "kernel (Linux 6.18 x86_64, now Linux 6.1 x86_64); save it under another name, or with --replace in "
                    + "place of them")
            #expect(try store.read("main").sessions.count == 1)
            try store.save(other, as: "main", isReplacing: true)
            #expect(try store.read("main") == other)
        }
    }

    @Test("of virtual time are the same on every machine, and one session: another takes its place or is refused")
    func virtual() throws {
        try withTemporaryFolder { folder in
            let store = BaselineStore(folder: folder)
            try store.save(BaselineSamples.baseline(isVirtual: true), as: "main")
            var other = BaselineSamples.machine
            other.host = "laptop"
            let second = BaselineSamples.baseline(
                isVirtual: true, machine: other, sessions: [BaselineSamples.session(2)])
            #expect(throws: BaselineError.oneSession(path: folder.appending("main.json"))) {
                try store.save(second, as: "main")
            }
            #expect(try store.save(second, as: "main", isReplacing: true).sessions == second.sessions)
        }
    }

    @Test("have a hundred sessions at most")
    func bounded() throws {
        try withTemporaryFolder { folder in
            let store = BaselineStore(folder: folder)
            let sessions = (0..<BaselineStore.mostSessions).map { number in
                var session = BaselineSamples.session()
                session.seed = UInt64(number)
                return session
            }
            try store.save(BaselineSamples.baseline(sessions: sessions), as: "main")
            let error = #expect(throws: BaselineError.self) {
                try store.save(BaselineSamples.baseline(), as: "main")
            }
            #expect(error == .tooManySessions(path: folder.appending("main.json"), most: 100))
        }
    }

    @Test(
        "refuse names that lead elsewhere, hide or are no file's",
        arguments: [
            "", ".", "..", "../main", "/etc/passwd", "a/b", ".hidden", "-rf", "a\0b", "a\nb", "a b", "ä", "a<b>",
            "\u{1B}[31m", String(repeating: "x", count: 101),
        ])
    func unfitNames(name: String) throws {
        try withTemporaryFolder { folder in
            let store = BaselineStore(folder: folder)
            #expect(throws: BaselineError.unfitName(name)) { try store.save(BaselineSamples.baseline(), as: name) }
            #expect(throws: BaselineError.unfitName(name)) { try store.read(name) }
            #expect(throws: BaselineError.unfitName(name)) { try store.remove(name) }
            let names = try FileSystem.names(in: folder)
            #expect(names == [])
            #expect(!BaselineError.unfitName(name).description.contains("\u{1B}"))
        }
    }

    @Test("that are not there are an error with the nearest name")
    func missing() throws {
        try withTemporaryFolder { folder in
            let store = BaselineStore(folder: folder)
            let none = #expect(throws: BaselineError.self) { try store.read("main") }
            #expect(
                none?.description
                    == "\(folder)/main.json: there is no baseline 'main' here, nor any other; "
                    + "save one with `assay baseline save`")
            try store.save(BaselineSamples.baseline(), as: "main")
            try store.save(BaselineSamples.baseline(), as: "nightly")
            let near = #expect(throws: BaselineError.self) { try store.remove("mian") }
            #expect(
                near?.description
                    == "\(folder)/mian.json: there is no baseline 'mian' here; did you mean 'main'? stored: main, nightly"
            )
        }
    }

    @Test("that are no files are called so, and neither is a file a folder of them")
    func notFiles() throws {
        try withTemporaryFolder { folder in
            let store = BaselineStore(folder: folder)
            try FileSystem().createFolder(folder.appending("dir.json"))
            #expect(symlink("nowhere", folder.appending("link.json").string) == 0)
            for name in ["dir", "link"] {
                let error = BaselineError.notAFile(path: folder.appending("\(name).json"))
                #expect(throws: error) { try store.read(name) }
                #expect(throws: error) { try store.remove(name) }
            }
            let file = folder.appending("file")
            try FileSystem().write([], to: file)
            #expect(throws: BaselineError.notAFolder(path: file)) { try BaselineStore(folder: file).names() }
        }
    }

    @Test("of an invalid session are not compared with")
    func invalidSession() throws {
        try withTemporaryFolder { folder in
            let store = BaselineStore(folder: folder)
            try store.save(BaselineSamples.baseline(), as: "main")
            let path = folder.appending("main.json")
            let text = String(decoding: try FileSystem.read(path), as: UTF8.self)
            try FileSystem().write(Array(text.replacing("\"trusted\"", with: "\"invalid\"").utf8), to: path)
            let error = #expect(throws: BaselineError.self) { try store.read("main") }
            #expect(error?.description.contains("it holds a session that the audits call invalid") == true)
        }
    }

    static let damages: [(String, String)] = [
        ("{\"version\": 0}", "is no stored StoredBaseline: it has version 0, and the first was 1"),
        ("", "is no stored StoredBaseline: it is no JSON"),
        ("[1]", "is no stored StoredBaseline: the value has the wrong type"),
        ("{\"version\": 1}", "is no stored StoredBaseline: the key 'experiment' is missing"),
        (
            "{\"version\": 1, \"experiment\": \"a\", \"profile\": \"b\", \"declarationDigest\": \"c\", \"program\": \"d\", "
                + "\"isVirtual\": true, \"machine\": {}, \"sessions\": []}",
            "is no baseline that can be compared with: it holds no session"
        ),
    ]

    @Test("that are damaged say so, hide no other and can be replaced and removed", arguments: damages)
    func damaged(text: String, complaint: String) throws {
        try withTemporaryFolder { folder in
            let store = BaselineStore(folder: folder)
            let path = folder.appending("bad.json")
            try FileSystem().write(Array(text.utf8), to: path)
            try store.save(BaselineSamples.baseline(), as: "good")

            let error = #expect(throws: BaselineError.self) { try store.read("bad") }

            #expect(
                error?.description
                    == "\(path): \(complaint); restore it, as with `git checkout`, or remove it with `assay baseline remove`"
            )
            let entries = try store.entries()
            #expect(entries.map(\.name) == ["bad", "good"])
            let areRead = entries.map { entry in
                if case .success = entry.content { true } else { false }
            }
            #expect(areRead == [false, true])
            #expect(throws: BaselineError.self) { try store.save(BaselineSamples.baseline(), as: "bad") }
            try store.save(BaselineSamples.baseline(), as: "bad", isReplacing: true)
            #expect(try store.read("bad") == BaselineSamples.baseline())
        }
    }

    @Test("of a newer release are refused with what to do")
    func newer() throws {
        try withTemporaryFolder { folder in
            let path = folder.appending("main.json")
            try FileSystem().write(Array("{\"version\": 2, \"anything\": true}".utf8), to: path)
            let error = #expect(throws: BaselineError.self) { try BaselineStore(folder: folder).read("main") }
            #expect(
                error?.description
                    == "\(path): expected version 1 or older, found 2; use a release of the same age or newer")
        }
    }
}
