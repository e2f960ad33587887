import Foundation
import Gating
import TestSupport
import Testing

@testable import Reporting

@Suite("A comparison as annotations of a workflow")
struct WorkflowAnnotationsTests {
    @Test("is what was last reviewed")
    func golden() throws {
        let text = WorkflowAnnotations(of: GateSamples.mixed).text
        #expect(try Golden.compare(text, with: "gate-annotations.txt").complaint == nil)
    }

    @Test("is one notice where all passes, and one warning where nothing was decided")
    func quiet() {
        let exact = WorkflowAnnotations(of: GateSamples.exact).text.split(separator: "\n")
        #expect(exact.count == 1 && exact[0].hasPrefix("::notice title=assay gate%3A client-counts%3A pass::"))
        let empty = WorkflowAnnotations(of: GateSamples.empty).text.split(separator: "\n")
        #expect(empty.count == 1 && empty[0].hasPrefix("::warning "))
    }

    @Test("is at most ten of a kind, which is what GitHub shows, and the tenth says how many are left")
    func bounded() {
        let lines = WorkflowAnnotations(of: GateSamples.many(100)).text.split(separator: "\n")
        #expect(lines.count { $0.hasPrefix("::error ") } == 10)
        #expect(lines.count { $0.hasPrefix("::warning ") } == 10)
        // 25 metrics fail, and the comparison itself: nine are shown.
        #expect(lines[9].hasPrefix("::error title=assay gate%3A and 17 more::"))
        // 50 are inconclusive.
        #expect(lines[19].hasPrefix("::warning title=assay gate%3A and 41 more::"))
    }

    @Test("keeps hostile names inside one command")
    func hostile() {
        let lines = WorkflowAnnotations(of: GateSamples.hostile).text.split(
            separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.last == "")
        #expect(lines.dropLast().allSatisfy { $0.hasPrefix("::error title=") || $0.hasPrefix("::warning title=") })
        #expect(lines.count == 5)
    }

    @Test(
        "is byte for byte what github-action-utils writes of the same titles and messages",
        .enabled(if: Python.has("github_action_utils"), "github-action-utils is not installed"),
        arguments: [GateSamples.mixed, GateSamples.exact, GateSamples.hostile])
    func others(outcome: GateOutcome) throws {
        let text = WorkflowAnnotations(of: outcome).text
        // The lines are taken apart in the order of the runner's own parser: command, properties, message.
        let script = """
            import re, sys, github_action_utils as utils
            sys.stdout.reconfigure(encoding='utf-8', newline='')
            def plain(text, names):
                for name in names: text = text.replace(name, chr(int(name[1:], 16)))
                return text
            for line in sys.stdin.buffer.read().decode('utf-8').split('\\n')[:-1]:
                kind, title, message = re.fullmatch('::(error|warning|notice) title=((?:(?!::).)*)::(.*)', line).groups()
                write = {'error': utils.error, 'warning': utils.warning, 'notice': utils.notice}[kind]
                write(plain(message, ['%0D', '%0A', '%25']), title=plain(title, ['%0D', '%0A', '%3A', '%2C', '%25']))
            """
        #expect(try Python.run(script, input: Array(text.utf8)) == text)
    }
}
