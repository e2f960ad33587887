import ArgumentParser
import Testing

@testable import Commands

@Suite("Help, and commands that are not there")
struct HelpTests {
    /// The command and all below it.
    private static func commands(from root: any ParsableCommand.Type) -> [any ParsableCommand.Type] {
        [root] + root.configuration.subcommands.flatMap { commands(from: $0) }
    }

    @Test("every example and every exit status in the help fits into 80 columns")
    func widths() {
        let commands = Self.commands(from: AssayCommand.self)
        #expect(commands.count > 7)
        var exampleCount = 0
        for command in commands {
            // Paragraphs are wrapped by the argument parser; indented lines are to stay as they are.
            for line in command.configuration.discussion.split(separator: "\n") where line.hasPrefix("  ") {
                exampleCount += 1
                #expect(line.count <= 80, "\(line)")
            }
        }
        #expect(exampleCount > 10)
    }

    @Test(
        "a command that is nearly one is told which, and every one is told what there is",
        arguments: [
            (["adit"], "there is no command 'adit'; did you mean 'audit'? The commands are: doctor, plan, run, "),
            (["fly", "--help"], "there is no command 'fly'. The commands are: doctor, plan, run, "),
            (
                ["trace", "sumary", "x"],
                "there is no command 'sumary'; did you mean 'summary'? The commands are: summary"
            ),
        ])
    func unknown(arguments: [String], start: String) throws {
        let complaint = try #require(UnknownCommand.complaint(about: arguments))
        #expect(complaint.hasPrefix(start), "\(complaint)")
    }

    @Test(
        "what is a command, an option or a command's own argument is left to the argument parser",
        arguments: [
            [], ["audit", "adit"], ["--version"], ["help", "adit"], ["trace"], ["trace", "summary", "t"],
            ["trace", "--help"],
            ["run", "plan"],
        ])
    func known(arguments: [String]) {
        #expect(UnknownCommand.complaint(about: arguments) == nil)
    }
}
