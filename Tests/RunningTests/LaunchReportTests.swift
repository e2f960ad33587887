import Archiving
import SystemPackage
import Testing

@testable import Running

@Suite("The launcher's report")
struct LaunchReportTests {
    private func line(
        end: String = "exited", code: Int = 0, cause: String = "none", environmentErrno: Int = 0
    ) -> String {
        """
        {"end":"\(end)","code":\(code),"step":"exec","cause":"\(cause)","outputErrno":28,"environmentErrno":\(environmentErrno),\
        "elapsedNanoseconds":1,\
        "userNanoseconds":2,"systemNanoseconds":3,"peakResidentBytes":4,"voluntarySwitches":5,\
        "involuntarySwitches":6,"minorFaults":7,"majorFaults":8,"outputBytes":9,"errorBytes":10,"leftBehind":11,\
        "survivors":12}
        """
    }

    @Test(
        "is read as the way the program ended",
        arguments: [
            ("exited", 3, "none", TrialExecution.End.exited(status: 3)),
            ("signaled", 9, "none", .killed(signal: 9)), ("signaled", 15, "time-limit", .overTimeLimit),
            ("exited", 0, "time-limit", .overTimeLimit),
            ("signaled", 15, "output-limit", .outputTooLong(limitBytes: 100)),
        ])
    func ends(end: String, code: Int, cause: String, expected: TrialExecution.End) throws {
        let execution = try LaunchReport(line: line(end: end, code: code, cause: cause))
            .execution(outputLimitBytes: 100)
        #expect(execution.end == expected)
        #expect(execution.elapsedNanoseconds == 1)
        #expect(execution.resources?.userNanoseconds == 2)
        #expect(execution.resources?.systemNanoseconds == 3)
        #expect(execution.resources?.peakResidentBytes == 4)
        #expect(execution.resources?.voluntarySwitches == 5)
        #expect(execution.resources?.involuntarySwitches == 6)
        #expect(execution.resources?.minorFaults == 7)
        #expect(execution.resources?.majorFaults == 8)
        #expect(execution.leftBehind == 11)
        #expect(execution.survivors == 12)
    }

    @Test(
        "is read as the reason why there is nothing to judge",
        arguments: [
            ("not-started", 2, "none", ExecutionError.cannotStart(step: "exec", error: .noSuchFileOrDirectory)),
            ("exited", 0, "output-failed", .outputNotStored(.noSpace)), ("signaled", 15, "signal", .cancelled),
            ("signaled", 15, "lifeline", .cancelled),
        ])
    func errors(end: String, code: Int, cause: String, expected: ExecutionError) throws {
        let report = try LaunchReport(line: line(end: end, code: code, cause: cause))
        #expect(throws: expected) { try report.execution(outputLimitBytes: 100) }
    }

    @Test("is read as a failure to store where the environment could not be written, however the program ended")
    func environment() throws {
        let report = try LaunchReport(line: line(code: 3, environmentErrno: 28))
        #expect(throws: ExecutionError.outputNotStored(.noSpace)) { try report.execution(outputLimitBytes: 100) }
    }

    @Test("is refused where it is none", arguments: ["", "{}", "text"])
    func refuses(line: String) {
        #expect(
            throws: ExecutionError.launcher(
                complaint: "assay-launcher reported '\(line)', which is no report: build all of it anew")
        ) { try LaunchReport(line: line) }
    }
}
