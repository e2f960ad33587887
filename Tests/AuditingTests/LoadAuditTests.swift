import Auditing
import Experiments
import Statistics
import Testing
import TraceModel

@Suite("Audits of the load, the oracle and the order of trials")
struct LoadAuditTests {
    @Test("clients that made no request are doubtful in a closed loop")
    func missingClients() {
        #expect(LoadDeliveredAudit().findings(in: SteadySystem.cell()) == [])
        let cell = SteadySystem.cell { trial, index in trial.machine.clientsSeen = index == 0 ? 17 : 20 }
        #expect(
            sentences(LoadDeliveredAudit(), cell) == [
                "doubtful, all: Of 20 clients 3 made no request before the window closed (worst of 1 such trials): the load was "
                    + "less than declared."
            ])
    }

    @Test("an open loop that sends late is doubtful unless the responses are shown")
    func late() {
        var trial = SteadySystem.trial(SteadySystem.openLoopEvents())
        trial.stages[.response] = SteadySystem.stage(12)
        var cell = CellEvidence(trials: [trial], shownStages: [.request])
        #expect(
            sentences(LoadDeliveredAudit(), cell) == [
                "doubtful, all: Requests were sent 2.00 ms after they were due on average, and take 10.00 ms from then on: "
                    + "'request' leaves that wait out (coordinated omission), and 'response', which counts it in, is not shown."
            ])
        cell.shownStages.append(.response)
        #expect(LoadDeliveredAudit().findings(in: cell).map(\.severity) == [.note])
        cell.trials[0].stages[.response] = SteadySystem.stage(10.05)
        #expect(LoadDeliveredAudit().findings(in: cell) == [])
    }

    @Test("what the machine added beyond the limit is doubtful, with its interval; within it nothing is said")
    func oracle() {
        let cell = SteadySystem.cell(trials: 3) { trial, index in
            let added = [1.9, 2.0, 2.1][index]
            trial.oracle = .found([.request: SteadySystem.stage(10 - added), .persist: SteadySystem.stage(20)])
        }
        let found = sentences(OracleAudit(), cell)
        #expect(
            found == [
                "doubtful, by request: The machine added 2.00 ms to the mean of the requests (95 % interval 1.75 ms to 2.25 ms), "
                    + "which is 8.00 ms in virtual time; the limit is 1.00 ms."
            ])
        #expect(OracleAudit().findings(in: cell)[0].figures.map(\.name).first == "added-mean")
        let close = SteadySystem.cell(trials: 3) { trial, _ in trial.oracle = .found(SteadySystem.stages) }
        #expect(OracleAudit().findings(in: close) == [])
    }

    @Test("a trial without a twin is a note with the reason, and one process has no interval to judge by")
    func oracleMissing() {
        let cell = SteadySystem.cell { trial, index in
            if index == 0 { trial.oracle = .missing(reason: "It has not been run.") }
        }
        #expect(
            sentences(OracleAudit(), cell) == [
                "note, all: What the machine added is not known of 1 of 2 trials: block-00-cell-000: It has not been run."
            ])
        let single = SteadySystem.cell(trials: 1) { trial, _ in trial.oracle = .found([.request: SteadySystem.stage(1)])
        }
        #expect(OracleAudit().findings(in: single) == [])
    }

    @Test("trials that resemble the ones before them are doubtful; the same values in another order are not")
    func independence() {
        func cell(_ factors: [Double]) -> CellEvidence {
            SteadySystem.cell(trials: factors.count) { trial, index in
                trial.stages[.request] = SteadySystem.stage(10 * factors[index])
            }
        }
        let drifting = (0..<20).map { 1 + 0.01 * Double($0) }
        let findings = IndependenceAudit().findings(in: cell(drifting))
        #expect(findings.map(\.severity) == [.doubtful])
        #expect(
            findings.first?.sentence.hasPrefix(
                "Trials resemble those that ran before them: the lag-1 correlation of the mean of the requests over 20 blocks is"
            )
                ?? false)
        let mixed = [7, 0, 19, 4, 12, 1, 16, 9, 3, 18, 6, 14, 2, 11, 5, 17, 8, 13, 10, 15].map { drifting[$0] }
        #expect(IndependenceAudit().findings(in: cell(mixed)) == [])
        #expect(IndependenceAudit().findings(in: cell(Array(drifting.prefix(9)))) == [], "too few to say anything")
        #expect(IndependenceAudit().findings(in: cell(Array(repeating: 1, count: 20))) == [], "nothing varies")
    }

    /// Two cells in twelve blocks whose seed makes both slow or both fast: neighbours are alike, and blocks are not.
    @Test("trials of one block that are alike because they share their seed are no drift")
    func commonRandomNumbers() {
        let factors = [7, 1, 11, 4, 0, 9, 3, 10, 2, 8, 5, 6].map { 1 + 0.01 * Double($0) }
        var evidence = SteadySystem.cell(trials: 24) { trial, index in
            trial.cellIndex = index % 2
            trial.block = index / 2
            trial.stages[.request] = SteadySystem.stage(10 * factors[index / 2])
        }
        #expect(IndependenceAudit().findings(in: evidence) == [])
        let drift = factors.sorted()
        for index in evidence.trials.indices {
            evidence.trials[index].stages[.request] = SteadySystem.stage(10 * drift[index / 2])
        }
        #expect(IndependenceAudit().findings(in: evidence).map(\.severity) == [.doubtful])
    }
}
