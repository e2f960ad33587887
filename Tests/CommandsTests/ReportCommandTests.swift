import Testing

@testable import Commands

@Suite("What a report says of a declaration that is not the run's any more")
struct ReportCommandTests {
    @Test("that the old one is used, and how to run the new one; nothing where they are the same")
    func notice() {
        let stored = Array("question: Why?\n".utf8)
        #expect(ReportCommand.notice("x.yaml", stored: stored, now: stored) == nil)
        #expect(
            ReportCommand.notice("x.yaml", stored: stored, now: stored + [0x0a])
                == "x.yaml has changed since the run began: the report uses the declaration as it was then; "
                + "`assay run x.yaml` runs it as it is now")
    }
}
