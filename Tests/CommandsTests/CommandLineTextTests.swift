import Testing

@testable import Commands

@Suite("The command line for a shell")
struct CommandLineTextTests {
    @Test("goes on with what it began, and is quoted where a shell would read it otherwise")
    func resuming() {
        #expect(
            CommandLineText.resuming([
                "/tmp/bin/assay", "gate", "my.yaml", "--baseline", "delay=normal(5ms, 1ms)", "it's", "",
            ])
                == "assay gate --resume my.yaml --baseline 'delay=normal(5ms, 1ms)' 'it'\\''s' ''")
        #expect(CommandLineText.resuming(["assay", "gate", "my.yaml", "--resume"]) == "assay gate my.yaml --resume")
        #expect(CommandLineText.same(["./assay", "gate", "my.yaml"]) == "assay gate my.yaml")
    }
}
