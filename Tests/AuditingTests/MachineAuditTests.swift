import Auditing
import Experiments
import Monitoring
import Statistics
import Testing
import TraceModel

@Suite("Audits of the machine, the clock and the recorder")
struct MachineAuditTests {
    @Test("a quiet machine passes, and each disturbance beyond its limit is doubtful with its worst trial")
    func environment() {
        #expect(EnvironmentAudit().findings(in: SteadySystem.cell()) == [])
        let cell = SteadySystem.cell { trial, index in
            trial.machine.environment?.stealShare = index == 0 ? 0.03 : 0.05
            trial.machine.environment?.otherLoadShare = index == 0 ? 0.25 : 0
            trial.machine.environment?.swappedPages = 12
            trial.machine.environment?.groupThrottlings = index == 0 ? 0 : 2
            trial.machine.involuntarySwitchesPerSecond = 2500
        }
        #expect(
            sentences(EnvironmentAudit(), cell) == [
                "doubtful, all: The hypervisor gave 5.0 % of the CPU time to somebody else in block-01-cell-000, the worst of 2 of "
                    + "2 trials beyond the limit of 1.0 %.",
                "doubtful, all: Other processes used 25 % of the CPU time in block-00-cell-000, the worst of 1 of 2 trials beyond "
                    + "the limit of 5.0 %.",
                "doubtful, all: 12 pages were swapped in block-00-cell-000, the worst of 2 of 2 trials beyond the limit of 0.",
                "doubtful, all: The program's CPUs were throttled 2 times in block-01-cell-000, the worst of 1 of 2 trials beyond "
                    + "the limit of 0.",
                "doubtful, all: The kernel took a CPU away from the program 2500 times a second in block-00-cell-000, the worst of "
                    + "2 of 2 trials beyond the limit of 1000.",
            ])
    }

    @Test("what is waited for has a limit for each kind, and a declared limit counts")
    func pressure() {
        var cell = SteadySystem.cell { trial, _ in
            trial.machine.environment?.cpuPressureShare = 0.3
            trial.machine.environment?.memoryPressureShare = 0.3
            trial.machine.environment?.ioPressureShare = 0.3
        }
        #expect(EnvironmentAudit().findings(in: cell).count == 3)
        cell.limits = Limits([.cpuPressure: 0.3, .memoryPressure: 0.4, .ioPressure: 0.5])
        #expect(EnvironmentAudit().findings(in: cell) == [])
    }

    @Test("what no trial can tell is said to be unknown, and virtual time has no machine")
    func unknown() {
        var cell = SteadySystem.cell { trial, _ in
            trial.machine.environment = EnvironmentFigures()
            trial.machine.environment?.stealShare = 0
        }
        #expect(
            sentences(EnvironmentAudit(), cell) == [
                "note, all: Unknown of the machine while it measured: other-load, cpu-pressure, memory-pressure, io-pressure, "
                    + "swapped-pages, throttlings."
            ])
        for index in cell.trials.indices { cell.trials[index].trace.clock = .virtual }
        #expect(EnvironmentAudit().findings(in: cell) == [])
    }

    @Test("a clock that runs unevenly, or in steps as long as what it times, is doubtful")
    func clock() {
        #expect(ClockAudit().findings(in: SteadySystem.cell()) == [])
        let uneven = SteadySystem.cell { trial, _ in trial.machine.clock?.largestResidualNanoseconds = 50_000 }
        #expect(
            sentences(ClockAudit(), uneven) == [
                "doubtful, all: The clock ran unevenly: a calibration lies 50.00 µs off the line through its neighbours (worst "
                    + "trial); the limit is 10.00 µs."
            ])
        var coarse = SteadySystem.cell { trial, _ in trial.machine.clock?.resolutionNanoseconds = 1_000_000 }
        coarse.shownStages = [.request, .persist, .think]
        #expect(
            sentences(ClockAudit(), coarse) == [
                "doubtful, all: The clock's step is 1.00 ms, 10 % of the mean of the requests, 10.00 ms: they are counted "
                    + "in steps, not timed.",
                "doubtful, all: The clock's step is 1.00 ms, 5.0 % of the mean of the writes, 20.10 ms: they are counted "
                    + "in steps, not timed.",
                "doubtful, all: The clock's step is 1.00 ms, 1.1 % of the mean of the think times, 90.00 ms: they are "
                    + "counted in steps, not timed.",
            ])
        for index in coarse.trials.indices { coarse.trials[index].trace.clock = .virtual }
        #expect(ClockAudit().findings(in: coarse) == [])
    }

    @Test("spans of no length are doubtful by the wall clock, and usual in virtual time")
    func floor() {
        var cell = SteadySystem.cell { trial, _ in trial.stages[.outboundNetwork]?.minimum = 0 }
        #expect(
            sentences(FloorAudit(), cell) == [
                "doubtful, by request: In 2 of 2 trials the shortest of the outbound traverses took no time at all: the clock's "
                    + "step is 1.00 ns."
            ])
        for index in cell.trials.indices { cell.trials[index].trace.clock = .virtual }
        #expect(FloorAudit().findings(in: cell) == [])
    }

    @Test("recording that takes a share of a stage is doubtful for that stage; unknown costs are a note")
    func observer() {
        #expect(ObserverAudit().findings(in: SteadySystem.cell()) == [])
        var dear = SteadySystem.cell { trial, _ in trial.machine.recordingNanoseconds = 300_000 }
        dear.shownStages = [.request, .persist]
        #expect(
            sentences(ObserverAudit(), dear) == [
                "doubtful, all: Recording takes 12 % of the requests: 4 × 300.00 µs of 10.00 ms on average; the limit is 5.0 %."
            ])
        var short = SteadySystem.cell { trial, _ in
            trial.stages[.queueWait] = StageEvidence(count: 9, mean: 962, minimum: 203)
            trial.machine.recordingNanoseconds = 5340
        }
        short.shownStages = [.queueWait]
        #expect(
            sentences(ObserverAudit(), short) == [
                "note, all: In 2 of 2 trials the cost of recording an event is not credible, in the worst 5.34 µs: the shortest "
                    + "of the waits for a permit took at most 204.00 ns, and an event can have cost no more.",
                "doubtful, all: Recording takes up to 21 % of the waits for a permit: at most 204.00 ns of 962.00 ns on "
                    + "average; the limit is 5.0 %.",
            ], "a part is never larger than its whole")
        for index in short.trials.indices { short.trials[index].machine.recordingNanoseconds = 100 }
        #expect(
            sentences(ObserverAudit(), short) == [
                "doubtful, all: Recording takes 10 % of the waits for a permit: 1 × 100.00 ns of 962.00 ns on average; the "
                    + "limit is 5.0 %."
            ], "what the shortest span can hold is believed")
        let unknown = SteadySystem.cell { trial, _ in trial.machine.recordingNanoseconds = nil }
        #expect(
            sentences(ObserverAudit(), unknown) == [
                "note, all: What recording an event costs is unknown: no program reported it."
            ])
    }
}
