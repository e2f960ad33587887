import Experiments
import Testing

@testable import Comparing

@Suite("SideSource")
struct SideSourceTests {
    @Test("a word with an equals sign is a parameter, one that names a file a program, any other a revision")
    func kinds() throws {
        #expect(try SideSource(words: [], side: .candidate) == .declared)
        #expect(
            try SideSource(words: ["write-delay=normal(5ms, 1ms)", "queue=lifo"], side: .baseline)
                == .parameters([
                    Parameter(name: "write-delay", value: "normal(5ms, 1ms)"), Parameter(name: "queue", value: "lifo"),
                ]))
        #expect(try SideSource(words: ["/bin/sh"], side: .baseline) == .program("/bin/sh"))
        #expect(try SideSource(words: ["origin/main"], side: .baseline) == .revision("origin/main"))
        #expect(try SideSource(words: ["HEAD~1"], side: .baseline) == .revision("HEAD~1"))
    }

    @Test(
        "what is no side is refused",
        arguments: [
            (["main", "other"], "the baseline is given 2 times (main, other); name one program or revision"),
            ([""], "the baseline is an empty word; name a program, a revision or NAME=VALUE"),
            (
                ["permits=8", "main"],
                "the baseline is given as permits=8 and main: a side is one program, one revision, or parameters, each as in "
                    + "permits=16"
            ),
            (
                ["permits="],
                "the baseline is given as permits=: a side is one program, one revision, or parameters, each as in permits=16"
            ), (["permits=8", "permits=9"], "the baseline sets permits twice; keep one"),
        ])
    func refusals(_ words: [String], _ sentence: String) {
        do throws(ComparisonError) {
            let source = try SideSource(words: words, side: .baseline)
            Issue.record("\(source)")
        } catch {
            #expect(error.description == sentence)
        }
    }
}
