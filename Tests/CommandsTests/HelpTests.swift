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
                // The parser breaks a line that is as wide as the terminal.
                #expect(line.count < 80, "\(line)")
            }
        }
        #expect(exampleCount > 10)
    }

    @Test("no help says a default twice, or lists values of which it says nothing")
    func defaults() {
        for command in Self.commands(from: AssayCommand.self) {
            for line in AssayCommand.helpMessage(for: command, columns: 500).split(separator: "\n") {
                #expect(line.ranges(of: "default: ").count < 2, "\(line)")
                #expect(!line.contains(#/ - *$/#), "\(line)")
            }
        }
    }

    @Test("every option that the help names is one of the command that it names it with")
    func options() {
        var optionCount = 0
        for command in Self.commands(from: AssayCommand.self) {
            let help = AssayCommand.helpMessage(for: command, columns: 500)
            for line in help.matches(of: #/assay ([^`'\n]+)/#) {
                let words = line.output.1.split(separator: " ")
                let named = AssayCommand.helpMessage(for: Self.command(named: words), columns: 500)
                for word in words where word.hasPrefix("--") {
                    let option = word.prefix { $0.isLetter || $0 == "-" }
                    optionCount += 1
                    #expect(named.contains("\(option) ") || named.contains("\(option)]"), "\(line.output.0)")
                }
            }
        }
        #expect(optionCount > 15)
    }

    /// The command that the words begin with.
    private static func command(named words: [Substring]) -> any ParsableCommand.Type {
        var command: any ParsableCommand.Type = AssayCommand.self
        for word in words {
            let next = command.configuration.subcommands.first { $0.configuration.commandName == String(word) }
            guard let next else { break }
            command = next
        }
        return command
    }

    @Test("the help offers what is taken: a stage that no single request has is not offered")
    func stages() {
        for command in [TraceFollowCommand.self, TraceFilterCommand.self] as [any ParsableCommand.Type] {
            let help = AssayCommand.helpMessage(for: command, columns: 500)
            #expect(help.contains("return-network") && !help.contains("think"))
            #expect(help.contains("default: request"))
        }
    }

    @Test("options that contradict each other, or do nothing together, are refused")
    func contradictions() {
        #expect(throws: (any Error).self) {
            try CompareCommand.parse(["--baseline", "main", "--control", "--no-control", "my.yaml"])
        }
        #expect(throws: (any Error).self) {
            try TraceFollowCommand.parse(["t", "--slowest", "1", "--at-most", "3"])
        }
        #expect(throws: Never.self) { try TraceFollowCommand.parse(["t", "--above", "p99", "--at-most", "3"]) }
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
