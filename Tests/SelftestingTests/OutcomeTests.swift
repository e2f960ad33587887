import Auditing
import Testing

@testable import Selftesting

@Suite("What a self-test makes of verdicts")
struct OutcomeTests {
    private let column = AuditColumn(audit: "conservation")

    private func verdicts(_ severities: [Finding.Severity?], _ audit: String = "conservation") -> [AuditVerdicts] {
        severities.map { severity in
            AuditVerdicts(
                severity.map { [Finding(audit: audit, severity: $0, sentence: "It is off.", remedy: "None.")] } ?? [])
        }
    }

    private func outcome(_ severities: [Finding.Severity?], _ audit: String = "conservation") -> FaultOutcome {
        FaultOutcome(fault: LostEvents(), verdicts: verdicts(severities, audit))
    }

    @Test("a size counts only where all larger ones are caught, too")
    func reach() {
        let found = outcome([.doubtful, nil, .note, .doubtful, .invalid])
        #expect(found.reach(column, .doubtful) == .from(3))
        #expect(found.scattered(column, .doubtful) == [0])
        #expect(found.reach(column, .invalid) == .from(4))
        #expect(found.catchers == [column])
        #expect(found.isCaught)
    }

    @Test("what is not caught at its largest size is not caught")
    func missed() {
        let found = outcome([nil, .invalid, .doubtful, .doubtful, .note])
        #expect(found.reach(column, .doubtful) == .some([1, 2, 3]))
        #expect(found.reach(AuditColumn(audit: "drops"), .doubtful) == .never)
        #expect(found.catchers.isEmpty)
        #expect(!found.isCaught)
    }

    @Test("a size is missed where no audit objects to what the fault spoils, whichever it is")
    func missedSizes() {
        func finding(_ audit: String, _ severity: Finding.Severity, subject: String? = nil) -> AuditVerdicts {
            AuditVerdicts([
                Finding(audit: audit, severity: severity, subject: subject, sentence: "It is off.", remedy: "None.")
            ])
        }
        let found = FaultOutcome(
            fault: LostEvents(),
            verdicts: [
                AuditVerdicts([]), finding("steady-state", .doubtful), finding("drops", .note),
                finding("pairing", .invalid, subject: "by thread"), finding("little", .invalid),
            ])
        #expect(found.missedPlaces == [0, 2, 3])
        #expect(found.smallestSeenPlace == 1)
        #expect(outcome([nil, nil, nil, nil, nil]).smallestSeenPlace == nil)
        #expect(outcome([nil, nil, nil, nil, nil]).missedPlaces == [0, 1, 2, 3, 4])
    }

    @Test("another audit than the expected ones does not count")
    func unexpected() {
        #expect(!outcome([nil, nil, nil, nil, .invalid], "steady-state").isCaught)
    }

    @Test("of two specimens the milder verdict counts")
    func milder() {
        let both = verdicts([.invalid])[0].milder(verdicts([.doubtful])[0])
        #expect(both[column] == .doubtful)
        #expect(verdicts([.invalid])[0].milder(verdicts([nil])[0])[column] == nil)
    }

    @Test("false alarms: none may be invalid, and 2 % doubtful")
    func falseAlarms() {
        var alarms = FalseAlarms()
        for _ in 0..<196 { alarms.add(AuditVerdicts([])) }
        for _ in 0..<4 { alarms.add(verdicts([.doubtful])[0]) }
        #expect(alarms.areWithinLimits)
        #expect(alarms.count(.doubtful, by: column) == 4)
        #expect(alarms.count(.doubtful, by: nil) == 4)
        alarms.add(verdicts([.doubtful])[0])
        #expect(!alarms.areWithinLimits)

        var invalid = FalseAlarms()
        for _ in 0..<200 { invalid.add(AuditVerdicts([])) }
        #expect(invalid.areWithinLimits)
        invalid.add(verdicts([.invalid])[0])
        #expect(!invalid.areWithinLimits)
        #expect(invalid.count(.doubtful, by: column) == 1, "invalid is doubtful, too")
    }

    @Test("faults are put into three runs of each kind, which do not depend on how many there are")
    func specimens() {
        for count in [Selftest.smallestCleanRunCount, 200] {
            let selftest = Selftest(seed: 1, cleanRunCount: count)
            let runs = (0..<count).filter(selftest.isSpecimen)
            #expect(runs == [2, 3, 6, 7, 10, 11])
            #expect(runs.count { selftest.system(ofRun: $0) == .openLoop } == Selftest.specimenCount)
        }
    }

    @Test(
        "sizes are shown with their units",
        arguments: [
            (FaultUnit.share, 0.0001, "0.01 %"), (.share, 0.2, "20 %"), (.duration, 50.0, "50 ns"),
            (.duration, 20e6, "20 ms"),
            (.duration, 4.8e9, "4.8 s"), (.count, 12, "12"), (.factor, 1.0001, "÷ 1.0001"), (.factor, 1000, "÷ 1000"),
            (.rate, 2000, "2000/s"),
        ])
    func texts(unit: FaultUnit, size: Double, expected: String) {
        #expect(unit.text(of: size) == expected)
    }
}
